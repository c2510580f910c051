#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What the guest library's headers put into a program's namespace, and the C library's do not.

  leaks.py CLANG GUEST_INCLUDE LIBBPF_INCLUDE OWN_INCLUDE

Each header is included natively and for a module: every macro, function, type, enumerator and tag
that a header of ours declares must be there natively too, or begin with an underscore.
"""
import json
import os
import re
import subprocess
import sys

clang, guest, libbpf, own = sys.argv[1:5]
NATIVE = ["-isystem", libbpf]
MODULE = ["--target=wasm32-wasi", "-isystem", guest]
# The guards of our headers, and what the standards reserve for the headers that define it.
ALLOWED = re.compile(r"_|WBPF_\w+_H$|(O|SOL|IPPROTO)_[A-Z]|sigset_t$")
# One of ours stands for both, which natively exclude each other.
TOGETHER = {
    "asm/errno.h": "errno.h",
    "asm/unistd.h": "sys/syscall.h",
    "linux/in.h": "netinet/in.h",
    "linux/in6.h": "netinet/in.h",
    "linux/unistd.h": "sys/syscall.h",
    "net/if.h": "linux/if.h",
    "netpacket/packet.h": "linux/if_packet.h",
}
# Of a newer release than the machine's.
NEWER = {"elf.h"}


def compiler(flags, text, *more):
    command = [clang, *flags, "-D_GNU_SOURCE", "-x", "c", "-std=gnu11", "-", *more]
    result = subprocess.run(command, input=text, capture_output=True, text=True)
    if result.returncode:
        sys.exit(f"{' '.join(command)}\n{text}{result.stderr}")
    return result.stdout


def macros(flags, text):
    """Of each macro the header that defines it."""
    found, where = {}, ""
    for line in compiler(flags, text, "-E", "-dD").splitlines():
        if m := re.match(r'# \d+ "([^"]*)"', line):
            where = m[1]
        elif m := re.match(r"#define (\w+)", line):
            found[m[1]] = where
        elif m := re.match(r"#undef (\w+)", line):
            found.pop(m[1], None)
    return found


def place(node, where):
    """The file of a node; clang leaves it out while it stays the same."""
    location = node.get("loc", {})
    for part in (location, location.get("spellingLoc", {}), location.get("expansionLoc", {})):
        where = part.get("file", where)
    return where


def declarations(flags, text):
    found, where = {}, ""
    tree = json.loads(compiler(flags, text, "-fsyntax-only", "-Xclang", "-ast-dump=json"))
    for node in tree["inner"]:
        where = place(node, where)
        names = [node] + [n for n in node.get("inner", []) if n["kind"] == "EnumConstantDecl"]
        for n in names:
            if "name" in n and not n.get("isImplicit"):
                found[n["name"]] = where
    return found


def leaks(header):
    text = f"#include <{header}>\n"
    if header in NEWER or not native_has(text):
        return None
    natively = {**macros(NATIVE, text), **declarations(NATIVE, text)}
    if header in TOGETHER:
        other = f"#include <{TOGETHER[header]}>\n"
        natively |= {**macros(NATIVE, other), **declarations(NATIVE, other)}
    in_module = {**macros(MODULE, text), **declarations(MODULE, text)}
    return sorted(name for name, file in in_module.items()
                  if file.startswith(guest + "/") and name not in natively
                  and not ALLOWED.match(name))


def native_has(text):
    return subprocess.run([clang, *NATIVE, "-D_GNU_SOURCE", "-x", "c", "-fsyntax-only", "-"],
                          input=text, capture_output=True, text=True).returncode == 0


def main():
    headers = [os.path.relpath(os.path.join(folder, name), own)
               for folder, _, names in os.walk(own) for name in names if not name.startswith("__")]
    headers += ["bpf/libbpf.h", "bpf/bpf.h", "bpf/btf.h"]
    failed = compared = 0
    for header in sorted(headers):
        names = leaks(header)
        if names is None:
            print(f"<{header}>: not compared")
            continue
        compared += 1
        if names:
            print(f"<{header}>: {' '.join(names)}")
            failed = 1
    print(f"{compared} headers compared")
    sys.exit(failed or compared < 20)


main()
