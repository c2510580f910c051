#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Who may include whom. The rooms and their rules are the table below; HACKING.md says why.

    includes.py TOP            checks every C file and every generator's build file
    includes.py --self-test    shows that it finds what it is there to find
"""
import re
import sys
from pathlib import Path

from tree import files_of

# Room: (folders whose headers it may include with quotes, single headers beside those, patterns of
# what it may include with angle brackets beside libc). The first room that a path starts with counts.
ROOMS = [
    ("tools/base/", ["base"], [], []),
    ("templates/", ["templates", "base"], [], []),
    ("btfgen/read", ["btfgen", "templates", "base"], [], [r"bpf/.*", r"libelf\.h", r"gelf\.h",
                                                          r"elfutils/.*", r"dwarf\.h"]),
    ("btfgen/", ["btfgen", "templates", "base"], [], []),
    ("skelgen/", ["skelgen", "btfgen", "templates", "base"], [], []),
    ("witgen/", ["witgen", "btfgen", "templates", "base"], [], []),
    ("bindgen/", ["bindgen", "btfgen", "templates", "base"], [], []),
    ("layoutgen/json", ["layoutgen", "btfgen", "templates", "base"], [], [r"cjson/.*"]),
    ("layoutgen/", ["layoutgen", "btfgen", "templates", "base"], [], []),
    ("tools/wbpf-gen/", ["btfgen", "skelgen", "witgen", "bindgen", "layoutgen", "templates",
                         "base"], [], []),
    ("runtime-min/abi/describe", ["abi", "base"], [], []),
    ("runtime-min/abi/", ["abi"], [], []),
    ("runtime-min/host/engine_", ["abi", "base", "host"], [], [r"bpf/.*", r"wasm.*", r"wasi\.h"]),
    ("runtime-min/host/object_rules", ["abi", "base", "host"], [], [r"bpf/.*", r"gelf\.h"]),
    ("runtime-min/host/btf_needs", ["abi", "base", "host"], [], [r"bpf/.*", r"gelf\.h"]),
    ("runtime-min/host/", ["abi", "base", "host"], [], [r"bpf/.*"]),
    ("runtime-min/guest/", ["abi", "guest"], [], [r"bpf/.*", r"wasi/.*", r"argp\.h",
                                              r"(?:lib|g)elf\.h"]),
    ("tools/wbpf-run/", ["host", "base"], [], [r"cjson/.*"]),
    ("examples/", [], [], [r"bpf/.*", r"argp\.h"]),
]
FOLDERS = ["base", "templates", "btfgen", "skelgen", "witgen", "bindgen", "layoutgen", "abi", "host",
           "guest"]
# What no room has from elsewhere unless its row says so.
FOREIGN = [r"bpf/.*", r"wasm.*", r"wasi\.h", r"wasi/.*", r"libelf\.h", r"gelf\.h", r"elfutils/.*",
           r"dwarf\.h", r"json.*", r"cjson/.*", r"argp\.h"]
# A generator's depends on no part of the runtime in its build file either.
GENERATORS = ["tools/base/", "templates/", "btfgen/", "skelgen/", "witgen/", "bindgen/", "layoutgen/",
              "tools/wbpf-gen/"]

INCLUDE = re.compile(r'^\s*#\s*include(?:_next)?\s*(?:"([^"]+)"|<([^>]+)>)', re.M)


def room_of(path):
    for prefix, folders, headers, angles in ROOMS:
        if path.startswith(prefix):
            return prefix, folders, headers, angles
    return None


def check_source(path, text):
    """Yields (line, message) for each include that the room may not have."""
    room = room_of(path)
    if room is None:
        return
    prefix, folders, headers, angles = room
    for match in INCLUDE.finditer(text):
        line = text.count("\n", 0, match.start(0) + len(match.group(0)) - len(match.group(0).lstrip())) + 1
        quoted, angled = match.groups()
        if quoted is not None:
            folder = quoted.split("/")[0] if "/" in quoted else None
            if folder in FOLDERS and folder not in folders and quoted not in headers:
                yield line, f'{prefix} may not include "{quoted}"'
            elif "wbpf-" in quoted.split("/")[0] or ".." in quoted.split("/"):
                yield line, f'"{quoted}": write it from the folder that holds the room; nothing ' \
                            f'depends on the commands'
        else:
            folder = angled.split("/")[0]
            if folder in FOLDERS and "/" in angled:
                yield line, f'<{angled}> is a header of this project: quotes'
            elif any(re.fullmatch(p, angled) for p in FOREIGN) and \
                    not any(re.fullmatch(p, angled) for p in angles):
                yield line, f'{prefix} may not include <{angled}>'


def check_build_file(path, text):
    if not any(path.startswith(p) for p in GENERATORS):
        return
    for match in re.finditer(r"^[^#\n]*target_link_libraries\s*\(([^)]*)\)", text, re.M):
        for name in match.group(1).split():
            if name in ("host", "guest", "wasmtime") or "wasmtime" in name:
                yield text.count("\n", 0, match.start()) + 1, f"a generator may not link '{name}'"


def check(top):
    bad = seen = 0
    for path in files_of(top):
        full = Path(top, path)
        if not full.is_file():
            continue
        if path.endswith((".c", ".h", ".tmpl", ".def", ".inc")):
            found = check_source(path, full.read_text(errors="replace"))
        elif path.endswith("CMakeLists.txt"):
            found = check_build_file(path, full.read_text())
        else:
            continue
        if path.endswith(".tmpl"):
            continue  # what is generated includes for its users, not for us
        seen += 1
        for line, message in found:
            print(f"{path}:{line}: {message}")
            bad += 1
    print(f"{seen} files, {bad} includes that the rules of this house do not allow")
    return 1 if bad or not seen else 0


def self_test():
    cases = [
        ("tools/base/x.c", '#include "btfgen/model.h"\n', 1),
        ("tools/base/x.c", '#include "base/diag.h"\n#include <errno.h>\n', 0),
        ("templates/x.c", '#include "btfgen/model.h"\n', 1),
        ("btfgen/layout.c", "#include <bpf/btf.h>\n", 1),
        ("btfgen/read_btf.c", "#include <bpf/btf.h>\n", 0),
        ("btfgen/model.c", '\n\n#include "skelgen/skeleton.h"\n', 1),
        ("skelgen/x.c", '#include "witgen/wit.h"\n', 1),
        ("witgen/x.c", '#include "skelgen/skeleton.h"\n', 1),
        ("witgen/x.c", '#include "btfgen/model.h"\n', 0),
        ("layoutgen/make.c", "#include <cjson/cJSON.h>\n", 1),
        ("layoutgen/json_read.c", "#include <cjson/cJSON.h>\n", 0),
        ("layoutgen/make.c", '#include "witgen/wit.h"\n', 1),
        ("btfgen/model.c", '#include "layoutgen/shape.h"\n', 1),
        ("skelgen/x.c", '#include "host/runtime.h"\n', 1),
        ("runtime-min/abi/wbpf_abi.h", '#include "base/strbuf.h"\n', 1),
        ("runtime-min/host/calls.c", "#include <wasmtime.h>\n", 1),
        ("runtime-min/host/engine_wasmtime.c", "#include <wasmtime.h>\n", 0),
        ("runtime-min/host/calls.c", '#include "btfgen/model.h"\n', 1),
        ("runtime-min/guest/map.c", '#include "base/strbuf.h"\n', 1),
        ("runtime-min/guest/map.c", "#  include <bpf/libbpf.h>\n", 0),
        ("examples/x/x.c", '#include "abi/wbpf_abi.h"\n', 1),
        ("tools/wbpf-gen/main.c", '#include "host/runtime.h"\n', 1),
        ("tools/wbpf-run/main.c", '#include "skelgen/skeleton.h"\n', 1),
        ("skelgen/x.c", '#include "../btfgen/model.h"\n', 1),
    ]
    for path, text, want in cases:
        got = len(list(check_source(path, text)))
        if got != want:
            print(f"self-test: {path}: {text!r}: {got} found, {want} expected")
            return 1
    if not list(check_build_file("skelgen/CMakeLists.txt", "target_link_libraries(skelgen PUBLIC host)\n")):
        print("self-test: a generator that links the host is not found")
        return 1
    print(f"self-test: {len(cases) + 1} cases")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: includes.py TOP | --self-test")
    sys.exit(self_test() if sys.argv[1] == "--self-test" else check(sys.argv[1]))
