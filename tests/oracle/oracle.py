#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""An independent judge of the C header: two compilers' own debug information.

    oracle.py FOLDER golden CASE.bpf.c   one of the golden cases
    oracle.py FOLDER header CASE.h       one of the golden cases of C headers as input

Compiles the original C for BPF and the header that wbpf-gen makes from the object for wasm32, and
compares sizes, offsets, widths and signs of all structs, unions and fields, and the values of enums.
Then it judges the original C itself, compiled for wasm32, and fails unless that is found to be
wrong: a judge that finds nothing wrong with it would not be one. (A golden case without a long or a
pointer is the same under wasm32, so of these only "longs" has to be wrong.)

CLANG, DWARFDUMP and WBPF_GEN name the programs.
"""
import os
import re
import subprocess
import sys
from pathlib import Path

from dwarf import Unit

DEBUG = ["-gdwarf-5", "-fno-eliminate-unused-debug-types", "-w"]


def run(*command, stdout=None):
    subprocess.run([str(word) for word in command], check=True, stdout=stdout)


def tool(name):
    return os.environ[name]


def compile_bpf(source, output, target, *options):
    run(tool("CLANG"), "-target", target, "-mcpu=v3", "-O2", *DEBUG, *options, "-c", source, "-o",
        output)


def compile_header(header, output, *options):
    unit = output.with_suffix(".c")
    unit.write_text(f'#include "{header}"\n')
    run(tool("CLANG"), "--target=wasm32-wasi", *DEBUG, *options, "-c", unit, "-o", output)


def compare(original, made, file, report):
    """The number of differences between the original's layouts and those that a header made."""
    wrong = types = fields = 0
    theirs, ours = original.layouts(), made.layouts(file)
    for name, layouts in sorted(ours.items()):
        for layout in layouts:
            types += 1
            fields += len(layout[1])
            if layout in theirs.get(name, []):
                continue
            wrong += 1
            if report and wrong <= 5:
                print(f"{name}: not as the BPF compiler has it")
                explain(theirs.get(name, []), layout)
    values = original.enums()
    for name, value in made.enums(file).items():
        if name.endswith("___range") or value <= values.get(name, set()):
            continue
        wrong += 1
        if report:
            print(f"enumerator {name}: {value}, not {values.get(name)}")
    return wrong, types, fields


def explain(theirs, layout):
    if not theirs:
        print("    the BPF compiler has no such type")
        return
    size, fields = theirs[0]
    if size != layout[0]:
        print(f"    size {layout[0]}, not {size}")
    for field in sorted(set(fields) ^ set(layout[1]), key=lambda f: (f[1], f[0]))[:6]:
        print(f"    {'in the original' if field in fields else 'in the header'}: "
              f"{field[0]} at bit {field[1]}, {field[2]} bits, {field[3]}")


def judge(work, original, btf, options, big_endian=False):
    header = work / "ours.h"
    run(tool("WBPF_GEN"), "header", btf, "-o", header, *options)
    compile_header(header, work / "ours.wasm.o")
    made = Unit(tool("DWARFDUMP"), work / "ours.wasm.o", big_endian)
    wrong, types, fields = compare(original, made, "ours.h", True)
    print(f"header: {types} types with {fields} fields, {wrong} wrong")
    if wrong or not types:
        print("expected types, and none wrong")
        return 1
    return 0


def judge_naive(work, original, header, must_fail):
    """The same C for wasm32, as if nothing had to be done."""
    compile_header(header, work / "naive.wasm.o")
    wrong, types, _ = compare(original, Unit(tool("DWARFDUMP"), work / "naive.wasm.o"), header.name,
                              False)
    print(f"the original's own C: {types} types, {wrong} wrong")
    if must_fail and not wrong:
        print("this judge finds nothing wrong where there is")
        return 1
    return 0


def judge_source(work, source, target, options, naive_must_fail):
    compile_bpf(source, work / "case.bpf.o", target)
    original = Unit(tool("DWARFDUMP"), work / "case.bpf.o")
    return judge(work, original, work / "case.bpf.o", options,
                 big_endian=target == "bpfeb") or \
        judge_naive(work, original, source, naive_must_fail)


def words_beside(source, suffix):
    file = Path(re.sub(r"\.bpf\.c$|\.h$", suffix, str(source)))
    return [word for word in file.read_text().splitlines() if not word.startswith("#")] \
        if file.exists() else []


def golden(work, source):
    source = Path(source).resolve()
    target, = words_beside(source, ".target") or ["bpf"]
    return judge_source(work, source, target, words_beside(source, ".options"),
                        source.name == "longs.bpf.c")


def shared(work, source):
    """A C header that both halves share: compiled for BPF here, by wbpf-gen there. Freestanding, as
    the C library has no headers for BPF. All that it declares has to be in what is made of it."""
    source = Path(source).resolve()
    unit = work / "case.bpf.c"
    unit.write_text(f'#include "{source}"\n')
    compile_bpf(unit, work / "case.bpf.o", "bpf", "-ffreestanding", "-idirafter",
                f"/usr/include/{os.uname().machine}-linux-gnu")
    original = Unit(tool("DWARFDUMP"), work / "case.bpf.o")
    if judge(work, original, source, words_beside(source, ".options")):
        return 1
    made = Unit(tool("DWARFDUMP"), work / "ours.wasm.o")
    missing = set(original.layouts(source.name)) - set(made.layouts("ours.h"))
    if missing:
        print(f"not in the header: {', '.join(sorted(missing))}")
        return 1
    return judge_naive(work, original, source, True) if source.name == "longs.h" else 0


def main():
    work = Path(sys.argv[1]).resolve()
    work.mkdir(parents=True, exist_ok=True)
    return (golden if sys.argv[2] == "golden" else shared)(work, sys.argv[3])


if __name__ == "__main__":
    sys.exit(main())
