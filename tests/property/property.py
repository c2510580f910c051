#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The layouts of C declarations made by chance: as clang has them for BPF, and as it has the header
that wbpf-gen makes of them for wasm32.

    property.py FOLDER READER SEED TYPES    btf, all, raw, dwarf, narrow, big, big-dwarf: see
                                            readers.py
    property.py FOLDER values SEED TYPES    what fields hold, not only where they are: see values.py;
                                            big-values the same of a big-endian object
    property.py FOLDER rust SEED TYPES      the same of Rust's and Go's types: see bindings.py; go,
                                            big-rust, big-go
    property.py FOLDER judge SEED TYPES     does the judge see what is wrong? See judge.py

SEED is that of the first source file; each next one has the next seed, until there were TYPES types.
So a file is made again by its own seed, and TYPES 1. What fails is made as small as it still fails.

CLANG, CC, OBJCOPY, RUSTC, RUSTC_WASM, GO, WBPF_GEN and WBPF_RUN name the programs. Exit status 77: skipped.
"""
import os
import subprocess
import sys
from pathlib import Path

import bindings
import judge
import layouts
import values
from chance import Maker
from declarations import write
from readers import READERS, Big, Reader, Wrong, check
from shrink import shrink

PER_FILE = 500
MOST_FAILURES = 5
VALUES = ["values", "big-values"]
BINDINGS = ["rust", "go", "big-rust", "big-go"]


class Layouts:
    """One of the readers."""

    per_file = PER_FILE

    def __init__(self, work, name):
        self.reader = READERS[name](work)

    def make(self, seed):
        return Maker(seed, narrow=self.reader.narrow).make(self.per_file)

    def check(self, declarations, seed):
        return check(self.reader, declarations)


class Values:
    per_file = 100

    def __init__(self, work, name):
        self.reader = (Big if name == "big-values" else Reader)(work)

    def make(self, seed):
        return Maker(seed, plain=True).make(self.per_file)

    def check(self, declarations, seed):
        return values.check(self.reader, declarations, seed)


class Bindings:
    per_file = 200

    def __init__(self, work, name):
        self.reader = (Big if name.startswith("big-") else Reader)(work)
        self.language = bindings.LANGUAGES[name.removeprefix("big-")](work)

    def make(self, seed):
        return Maker(seed, plain=True).make(self.per_file)

    def check(self, declarations, seed):
        return bindings.check(self.reader, self.language, declarations, seed)


def report(kind, seed, declarations, wrong):
    print(f"seed {seed}: {wrong}")

    def fails(fewer):
        try:
            kind.check(fewer, seed)
        except Wrong as now:
            return now.kind() == wrong.kind()
        return False

    least = shrink(declarations, [name for name, _, _ in wrong.types], fails)
    print(f"the least that fails:\n\n{write(least)}")
    try:
        kind.check(least, seed)
    except Wrong as now:
        print(now)
        for name, original, found in now.types:
            print(f"{name}, as the compiler has it:\n{layouts.show(original)}")
            for layout in found:
                print(f"{name}, in the header:\n{layouts.show(layout)}")
    sys.stdout.flush()


def many(kind, seed, types):
    """Files until there were so many types; the number of those that are wrong."""
    done = files = failures = 0
    print(f"seed {seed}", flush=True)
    while done < types and failures < MOST_FAILURES:
        declarations = kind.make(seed + files)
        try:
            done += kind.check(declarations, seed + files)
        except Wrong as wrong:
            failures += 1
            done += len(declarations)
            report(kind, seed + files, declarations, wrong)
        files += 1
    print(f"seeds {seed} to {seed + files - 1}: {done} types, {failures} files with mistakes")
    return failures


def skip(what):
    """Why something cannot be run, or None."""
    if what in VALUES and not os.environ.get("WBPF_RUN"):
        return "values are read by modules, and there is no runtime (WBPF_RUN)"
    if what.endswith("rust") and not os.environ.get("RUSTC_WASM"):
        return "no rustc with a standard library for wasm32"
    if what.endswith("go") and not os.environ.get("GO"):
        return "no Go 1.24"
    if what == "narrow":
        made = subprocess.run([os.environ["CC"], "-m32", "-gbtf", "-S", "-x", "c", "-o", os.devnull,
                               os.devnull], capture_output=True)
        if made.returncode:
            return f"{os.environ['CC']} makes no BTF for a 32-bit machine (-m32 -gbtf)"
    return None


def main():
    if len(sys.argv) != 5 or sys.argv[2] not in [*READERS, *VALUES, *BINDINGS, "judge"]:
        print(__doc__)
        return 2
    work, what, seed, types = Path(sys.argv[1]).resolve(), sys.argv[2], *map(int, sys.argv[3:])
    reason = skip(what)
    if reason:
        print(reason)
        return 77
    work.mkdir(parents=True, exist_ok=True)
    if what == "judge":
        return judge.main(work, seed, types, bool(os.environ.get("WBPF_RUN")))
    kind = Values if what in VALUES else Bindings if what in BINDINGS else Layouts
    return 1 if many(kind(work, what), seed, types) else 0


if __name__ == "__main__":
    sys.exit(main())
