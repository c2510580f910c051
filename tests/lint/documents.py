#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What the documents say must be there.

    documents.py TOP BUILD     every folder that is built has a README; the files, commands and options that
                               README.md and HACKING.md name exist
    documents.py --self-test   shows that it finds what it is there to find
"""
import re
import subprocess
import sys
from pathlib import Path

from tree import files_of

DOCUMENTS = ["README.md", "HACKING.md"]


def code_of(text):
    """The commands and names in a document: indented and fenced blocks, and `code`."""
    blocks = re.findall(r"^(?: {4}|\t)(.+)$", text, re.M)
    for fence in re.findall(r"^```\w*\n(.*?)^```", text, re.M | re.S):
        blocks += fence.split("\n")
    return blocks + re.findall(r"`([^`\n]+)`", text)


def paths_in(code):
    """Files of this tree that are named: tools/..., tests/..., and so on."""
    tops = "tools|btfgen|skelgen|witgen|bindgen|layoutgen|templates|runtime-min|examples|tests|\\.ci"
    return {m.group(0).rstrip("/.,:") for line in code
            for m in re.finditer(rf"(?<![\w./-])(?:{tops})/[\w./-]*(?![\w*{{(<])", line)}


def options_in(code, program):
    """Long options that are shown with a program."""
    return {o for line in code for c in re.findall(rf"\b{program}\b[^|;&]*", line)
            for o in re.findall(r"(?<=\s)--[a-z][a-z-]*", c.split(".wasm")[0])}


def rooms_without_readme(paths):
    """Folders of at most two levels that hold a CMakeLists.txt, and the folders around them."""
    rooms = set()
    for path in paths:
        parts = path.split("/")[:-1]
        if path.endswith("/CMakeLists.txt") and len(parts) <= 2:
            rooms |= {"/".join(parts), parts[0]}
    rooms.discard("runtime-min")  # nothing but its three rooms
    return sorted(room for room in rooms if room + "/README.md" not in paths)


def check(top, build):
    complaints = [f"{room}: no README.md" for room in rooms_without_readme(set(files_of(top)))]
    for name in DOCUMENTS:
        code = code_of(Path(top, name).read_text())
        for path in sorted(paths_in(code)):
            if not Path(top, path).exists() and not re.search(r"NAME|XXX", path):
                complaints.append(f"{name}: names {path}, which is not there")
        for program in ("wbpf-gen", "wbpf-run"):
            binary = Path(build, "bin", program)
            if not binary.exists():
                continue
            help_text = subprocess.run([binary, "--help"], stdout=subprocess.PIPE, text=True).stdout
            commands = re.search(r"^Commands:\n((?: .*\n)+)", help_text, re.M)
            for command in re.findall(r"^  (\w+) ", commands.group(1) if commands else "", re.M):
                help_text += subprocess.run([binary, command, "--help"], stdout=subprocess.PIPE,
                                            text=True).stdout
            for option in sorted(options_in(code, program)):
                if option not in help_text:
                    complaints.append(f"{name}: {program} has no option {option}")
    for complaint in complaints:
        print(complaint)
    print(f"{len(DOCUMENTS)} documents, {len(complaints)} complaints")
    return 1 if complaints else 0


def self_test():
    text = "Say `tools/x.sh` or\n\n    wbpf-gen header a.bpf.o --nonsense -o x\n    wbpf-run a.wasm --own\n"
    code = code_of(text)
    if paths_in(code) != {"tools/x.sh"} or options_in(code, "wbpf-gen") != {"--nonsense"} or \
            options_in(code, "wbpf-run"):
        print("self-test: not found:", paths_in(code), options_in(code, "wbpf-gen"))
        return 1
    rooms = rooms_without_readme({"a/CMakeLists.txt", "a/README.md", "b/c/CMakeLists.txt", "b/c/d/CMakeLists.txt"})
    if rooms != ["b", "b/c"]:
        print("self-test: folders without README:", rooms)
        return 1
    print("self-test: 4 cases")
    return 0


if __name__ == "__main__":
    if sys.argv[1:] == ["--self-test"]:
        sys.exit(self_test())
    if len(sys.argv) != 3:
        sys.exit("usage: documents.py TOP BUILD | --self-test")
    sys.exit(check(*sys.argv[1:]))
