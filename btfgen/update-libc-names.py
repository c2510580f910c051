#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Writes libc_names.def: the names that wasi-libc's headers use. Run it by hand after an update of
wasi-libc, with no arguments."""
import json
import os
import re
import subprocess
import sys

CLANG = ["clang-19", "--target=wasm32-wasi", "-D_GNU_SOURCE", "-D_WASI_EMULATED_SIGNAL",
         "-D_WASI_EMULATED_MMAN", "-D_WASI_EMULATED_GETPID", "-D_WASI_EMULATED_PROCESS_CLOCKS",
         "-Wno-#warnings", "-x", "c"]

# Those that the user half of a BPF program includes. Not every header that there is: each name
# here is one that a type of a BPF object cannot keep.
HEADERS = """alloca arpa/inet assert byteswap ctype dirent endian err errno fcntl float fnmatch ftw
getopt glob inttypes libgen limits locale malloc math netinet/in poll regex
sched semaphore signal stdarg stdatomic stdbool stddef stdint stdio stdlib string strings
sys/file sys/ioctl sys/mman sys/param sys/random sys/resource sys/select sys/socket sys/stat
sys/time sys/timeb sys/times sys/types sys/uio sys/un sys/utsname
sysexits time unistd utime wchar wctype"""


def clang(source, *options):
    run = subprocess.run(CLANG + list(options) + ["-"], input=source, text=True,
                         capture_output=True)
    return run.stdout if run.returncode == 0 else None


def headers():
    for name in HEADERS.split():
        line = f"#include <{name}.h>\n"
        if clang(line, "-fsyntax-only") is None:
            sys.exit(f"{name}.h does not compile")
        yield line


def macros(source):
    return set(re.findall(r"^#define (\w+)(?!\()\b(?!\()", clang(source, "-E", "-dM"), re.M))


def declared(source):
    tags, ordinary = set(), set()
    for node in json.loads(clang(source, "-fsyntax-only", "-Xclang", "-ast-dump=json"))["inner"]:
        kind, name = node.get("kind"), node.get("name")
        if kind in ("RecordDecl", "EnumDecl"):
            tags.add(name)
        elif kind in ("TypedefDecl", "FunctionDecl", "VarDecl"):
            ordinary.add(name)
        for inner in node.get("inner", []):
            if inner.get("kind") == "EnumConstantDecl":
                ordinary.add(inner["name"])
    return tags - {None}, ordinary - {None}


def write_list(out, macro, names):
    out.write(f"\n{macro}(\n")
    line = "\t"
    for name in sorted(names):
        if len(line) + len(name) + 3 > 90:
            out.write(line.rstrip() + "\n")
            line = "\t"
        line += f'"{name}", '
    out.write(line.rstrip() .rstrip(",") + ")\n")


def main():
    source = "".join(headers())
    tags, ordinary = declared(source)
    defined = macros(source) - macros("")
    with open(os.path.join(os.path.dirname(__file__), "libc_names.def"), "w") as out:
        out.write("/* SPDX-License-Identifier: BSD-2-Clause */\n"
                  "/* The names that wasi-libc's headers use; made by update-libc-names.py. Sorted. */\n"
                  "/* clang-format off */\n")
        write_list(out, "LIBC_TAGS", tags)
        write_list(out, "LIBC_ORDINARY", ordinary)
        write_list(out, "LIBC_MACROS", defined)


main()
