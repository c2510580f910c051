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

# Each name here is one that a type of a BPF object cannot keep. So not those that describe protocols
# under the kernel's names (netinet/tcp.h: struct tcphdr), and few that take everyday names and are
# hardly used: complex.h and tgmath.h (I), iso646.h (not, or), search.h (struct entry, leaf), stropts.h
# (struct strbuf), sys/dir.h (direct).
HEADERS = """alloca ar arpa/inet assert byteswap cpio crypt ctype dirent endian err errno fcntl
features fenv float fmtmsg fnmatch ftw getopt glob iconv ifaddrs inttypes langinfo libgen limits
locale malloc math memory monetary mqueue netinet/in netinet/in_systm netpacket/packet nl_types
poll regex sched semaphore signal stdalign stdarg stdatomic stdbool stdc-predef stddef stdint
stdio stdio_ext stdlib stdnoreturn string strings sys/errno sys/eventfd sys/fcntl sys/file
sys/ioctl sys/mman sys/param sys/poll sys/random sys/reg sys/resource sys/select sys/signal
sys/socket sys/stat sys/syscall sys/sysinfo sys/time sys/timeb sys/times sys/timex sys/ttydefaults
sys/types sys/uio sys/un sys/utsname syscall sysexits tar threads time uchar unistd utime values
wchar wctype"""


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
