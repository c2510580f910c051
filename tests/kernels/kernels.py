#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""wbpf-gen header --all, for whole kernels:

    kernels.py FOLDER vmlinux KERNEL            all types of a kernel, also as C++; "host" is this machine's
    kernels.py FOLDER modules KERNEL COUNT      of COUNT of its modules, or of "all"
    kernels.py FOLDER stock KERNEL              that the judge refuses bpftool's own C header
    kernels.py FOLDER broken KERNEL MODULE      ... and headers with one mistake each

KERNELS names the folder that fetch.py has filled; CLANG, BPFTOOL and WBPF_GEN the programs. Exit
status 77: skipped.
"""
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from btf import Btf
from judge import Library, judge, judge_as_cxx, tool

HOST = Path("/sys/kernel/btf/vmlinux")
SHOWN = 10


class Skipped(Exception):
    """This cannot be tested here; the sentence says why."""


def find(kernel):
    """A kernel's type information and its folder."""
    if kernel == "host":
        if not os.access(HOST, os.R_OK):
            raise Skipped(f"no {HOST}")
        return HOST, None
    cache = Path(tool("KERNELS"))
    folder, missing = cache / kernel, cache / f"{kernel}.missing"
    if not folder.is_dir():
        why = missing.read_text().strip() if missing.exists() else "tools/setup.sh fetches it"
        raise Skipped(f"{kernel} is not in {cache}: {why}")
    print("from", (folder / "packages").read_text().strip())
    return folder / "vmlinux.btf", folder


def pointer(kernel):
    return 4 if kernel.startswith("armhf") else 8


def generate(*words):
    done = subprocess.run([tool("WBPF_GEN"), "header", "--all", *words], capture_output=True,
                          text=True, check=False)
    return done.stderr.strip().splitlines()[:SHOWN] if done.returncode else []


def report(what, failures, verdict=""):
    for failure in failures[:SHOWN]:
        print(f"{what}: {failure}")
    if len(failures) > SHOWN:
        print(f"{what}: and {len(failures) - SHOWN} more")
    if verdict:
        print(f"{what}: {verdict}")
    return len(failures)


def vmlinux(work, kernel):
    file, _ = find(kernel)
    header = work / "vmlinux.h"
    failed = report(kernel, generate(file, "-o", header))
    if failed:
        return 1
    library = Library()
    print(f"with {library.count} headers of the C library before and behind it")
    btf = Btf(tool("BPFTOOL"), file, pointer=pointer(kernel))
    verdict = judge(btf, header, library, work)
    few = [] if verdict.counted["structs and unions"] > 5000 else ["a kernel has more types"]
    as_cxx = judge_as_cxx(header, library)
    return 1 if report(kernel, few + verdict.failures(), verdict) + report("as C++", as_cxx) else 0


def spread(modules, count):
    """So many of them, the same ones each time, evenly from the sorted list."""
    if count == "all" or int(count) >= len(modules):
        return modules
    return [modules[i * len(modules) // int(count)] for i in range(int(count))]


def own_types(file, base):
    """The types of a module; base is its kernel's."""
    return Btf(tool("BPFTOOL"), file, base, base.pointer)


def modules(work, kernel, count):
    base_file, folder = find(kernel)
    files = sorted((folder / "modules").glob("*.btf"))
    chosen = spread(files, count)
    base = Btf(tool("BPFTOOL"), base_file, pointer=pointer(kernel))
    library = Library()

    def one(number, file):
        room = work / str(number % os.cpu_count())
        room.mkdir(exist_ok=True)
        header = room / f"{file.stem}.h"
        failures = generate("--base", base_file, file, "-o", header)
        if failures:
            return file.stem, failures, {}
        verdict = judge(own_types(file, base), header, library, room)
        header.unlink()
        return file.stem, verdict.failures(), verdict.counted

    def lane(first):
        return [one(i, chosen[i]) for i in range(first, len(chosen), os.cpu_count())]

    wrong, counted = 0, {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for results in pool.map(lane, range(os.cpu_count())):
            for name, failures, numbers in results:
                wrong += bool(report(f"{kernel}, {name}", failures))
                for what, n in numbers.items():
                    counted[what] = counted.get(what, 0) + n
    figures = ", ".join(f"{n} {what}" for what, n in counted.items())
    print(f"{kernel}: {len(chosen)} of {len(files)} modules, {wrong} wrong; {figures}")
    return 1 if wrong or not chosen else 0


def stock(work, kernel):
    """bpftool's own header holds for 64-bit machines only; the judge has to say so."""
    file, _ = find(kernel)
    text = subprocess.run([tool("BPFTOOL"), "btf", "dump", "file", file, "format", "c"], check=True,
                          text=True, stdout=subprocess.PIPE).stdout
    header = work / "stock.h"
    # Its holes would not even compile: no long has 64 bits here.
    header.write_text(text.replace("\tlong: ", "\tlong long: "))
    verdict = judge(Btf(tool("BPFTOOL"), file), header, Library(), work)
    print(f"bpftool's header: {verdict}")
    return 0 if len(verdict.failed) > 10000 else 1


def once(pattern, new):
    """A change of the first place that a pattern matches."""
    def change(text):
        changed, count = re.subn(pattern, new, text, count=1, flags=re.M | re.S)
        assert count, pattern
        return changed
    return change


# One mistake each, and which of a verdict's lists has to name it.
MISTAKES = [
    ("a field moved", "failed", once(r"\n\tuint64_t (\w+);([^\n]*)\n\tuint64_t (\w+);",
                                     r"\n\tuint64_t \3;\2\n\tuint64_t \1;")),
    ("a hole that is too small", "failed", once(r"\n\tuint32_t : 32;\n\tuint64_t",
                                                r"\n\tuint8_t : 8;\n\tuint32_t")),
    ("a sign changed", "failed", once(r"\n\tint32_t (\w+);", r"\n\tuint32_t \1;")),
    ("another struct in a field", "failed", once(r"\n\tstruct list_head (\w+);",
                                                 r"\n\tstruct { uint64_t a, b; } \1;")),
    ("a bitfield moved", "moved", once(r"\n\t(u?int\d+_t) (\w+) : 1;([^\n]*)\n\t\1 (\w+) : 1;",
                                       r"\n\t\1 \4 : 1;\3\n\t\1 \2 : 1;")),
    ("a wider bitfield", "moved", once(r"\n\t(\w+ \w+) : 1;([^\n]*)\n\tuint8_t : 7, : 8;",
                                       r"\n\t\1 : 2;\n\tuint8_t : 6, : 8;")),
    ("an enumerator changed", "failed", once(r"\n\t(\w+) = 2,", r"\n\t\1 = 99,")),
    ("an enumerator left out", "missing", once(r"\n\t\w+ = 2,", "")),
    ("a type left out", "missing", once(r"\nstruct \w+ \{.*?\n\}[^\n]*;", "")),
    ("the second of a name left out", "missing", once(r"\nstruct (\w+)___2 \{", r"\nstruct \1___3x {")),
    ("a typedef left out", "missing", once(r"\ntypedef [^\n{]*;", "")),
    ("a wider typedef", "failed", once(r"\ntypedef [^\n]* __le16;", "\ntypedef uint32_t __le16;")),
]
BIG_ENDIAN_MISTAKES = [
    ("a field moved", "failed", once(r"\n\tWBPF_BE\(uint64_t\) (\w+);([^\n]*)\n\tWBPF_BE\(uint64_t\) "
                                     r"(\w+);", r"\n\tWBPF_BE(uint64_t) \3;\2\n\tWBPF_BE(uint64_t) \1;")),
    ("a sign changed", "failed", once(r"\n\tWBPF_BE\(int32_t\)", "\n\tWBPF_BE(uint32_t)")),
    ("a bitfield moved", "moved", once(r"WBPF_BE_BITS\((\w+), 0, 1\)", r"WBPF_BE_BITS(\1, 1, 1)")),
    ("a wider bitfield", "moved", once(r"WBPF_BE_BITS\((\w+), 0, 1\)", r"WBPF_BE_BITS(\1, 0, 2)")),
]


def broken(work, kernel, module):
    """The header's own assertions are taken out, so that only the judge can find the mistake."""
    base_file, folder = find(kernel)
    file = folder / "modules" / f"{module}.btf"
    header = work / "right.h"
    if report(module, generate("--base", base_file, file, "-o", header)):
        return 1
    text = re.sub(r"^WBPF_ASSERT_(?:SIZE|OFFSET)\([^#]*?\);\n", "", header.read_text(), flags=re.M)
    btf = own_types(file, Btf(tool("BPFTOOL"), base_file, pointer=pointer(kernel)))
    library = Library()
    unnoticed = report("without a mistake", judge(btf, header, library, work).failures())
    mistakes = BIG_ENDIAN_MISTAKES if btf.big else MISTAKES

    def one(number):
        what, where, change = mistakes[number]
        room = work / str(number)
        room.mkdir(exist_ok=True)
        wrong = room / "wrong.h"
        wrong.write_text(change(text))
        verdict = judge(btf, wrong, library, room)
        return what, getattr(verdict, where), verdict

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for what, named, verdict in pool.map(one, range(len(mistakes))):
            print(f"{what}: {named[0] if named else f'not noticed: {verdict}'}")
            unnoticed += not named
    return 1 if unnoticed else 0


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    work = Path(sys.argv[1]).resolve()
    work.mkdir(parents=True, exist_ok=True)
    modes = {"vmlinux": vmlinux, "modules": modules, "stock": stock, "broken": broken}
    try:
        return modes[sys.argv[2]](work, *sys.argv[3:])
    except Skipped as why:
        print(why)
        return 77


if __name__ == "__main__":
    sys.exit(main())
