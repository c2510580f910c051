#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""What every text in the tree must have, and must not.

    texts.py TOP           SPDX lines, shell syntax, absolute paths, size of lines
    texts.py --self-test   shows that it finds what it is there to find
"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tree import files_of

SPDX = "SPDX-License-Identifier: BSD-2-Clause"
SOURCES = (".c", ".h", ".cc", ".cpp", ".sh", ".py", ".cmake", ".mk", ".def", ".wat", ".in", ".tmpl",
           ".rs", ".go", "CMakeLists.txt", "Makefile", ".ci/run")
# Paths of the machine on which somebody works, and hosts: the tree must build anywhere.
NOT_HERE = [
    (re.compile(r"(?<![\w.$}/-])/(?:work|root|home/\w+|Users/\w+)(?:/|\b)"), "an absolute path of one machine"),
    (re.compile(r"https?://(?:[\w.-]*\.)?(?:pypi\.org|crates\.io|npmjs\.(?:org|com)|rubygems\.org)"),
     "the address of a package registry"),
    (re.compile(r"^(?:<{7}|>{7}) ", re.M), "a conflict mark"),
]
SPDX_WITHIN = 5
FINDINGS = "tests/fuzz/findings/"  # bytes, even where they happen to be text
# Golden files hold a part of what is generated; the whole of it carries the line.
PART = re.compile(r"^tests/golden/.*\.expected\.\w+$")


def check_text(path, text):
    """Yields (line, message)."""
    head = "\n".join(text.split("\n")[:SPDX_WITHIN])
    if path.endswith(SOURCES) and not PART.match(path) and SPDX not in head:
        yield 1, f"no '{SPDX}' in the first {SPDX_WITHIN} lines"
    for pattern, what in NOT_HERE:
        for match in pattern.finditer(text):
            yield text.count("\n", 0, match.start()) + 1, f"{what}: {match.group(0)}"
    if "\r" in text:
        yield text.count("\n", 0, text.index("\r")) + 1, "a carriage return"
    if text and not text.endswith("\n"):
        yield text.count("\n") + 1, "no newline at the end"


def is_shell(path, text):
    return path.endswith(".sh") or re.match(r"#!.*\b(?:ba)?sh\b", text) is not None


def check_shell(full):
    done = subprocess.run(["bash", "-n", full], stderr=subprocess.PIPE, text=True)
    if done.returncode:
        yield 1, done.stderr.strip()


def check(top):
    bad = seen = scripts = 0
    for path in files_of(top):
        full = Path(top, path)
        if not full.is_file() or full.is_symlink() or path.startswith(FINDINGS):
            continue
        try:
            text = full.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a binary input of a test
        seen += 1
        found = [] if path == "tests/lint/texts.py" else list(check_text(path, text))
        if is_shell(path, text):
            scripts += 1
            found += check_shell(full)
        for line, message in found:
            print(f"{path}:{line}: {message}")
            bad += 1
    print(f"{seen} texts, {scripts} of them shell scripts, {bad} complaints")
    return 1 if bad or not seen else 0


def self_test():
    ok = f"// {SPDX}\nint x;\n"
    cases = [
        ("a.c", ok, 0),
        ("a.c", "int x;\n", 1),
        ("a.c", "\n" * 9 + ok, 1),
        ("tests/golden/skeleton/x.expected.h", "int x;\n", 0),
        ("tests/golden/skeleton/x.h", "int x;\n", 1),
        ("a.c", ok + "/* see /work/main/x */\n", 1),
        ("a.c", ok + "/* see /root */\n", 1),
        ("a.c", ok + "/* in $work/main, a/work/b, and /network */\n", 0),
        ("a.md", "see https://crates.io/crates/x\n", 1),
        ("a.md", "see https://example.org/\n", 0),
        ("a.c", ok + "<<<<<<< HEAD\n", 1),
        ("a.md", "x\r\n", 1),
        ("a.md", "x", 1),
    ]
    for path, text, want in cases:
        got = len(list(check_text(path, text)))
        if got != want:
            print(f"self-test: {path}: {text!r}: {got} found, {want} expected")
            return 1
    with tempfile.NamedTemporaryFile("w", suffix=".sh") as f:
        f.write("if true; then\n")
        f.flush()
        if not list(check_shell(f.name)):
            print("self-test: a script that does not parse is not found")
            return 1
    print(f"self-test: {len(cases) + 1} cases")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: texts.py TOP | --self-test")
    sys.exit(self_test() if sys.argv[1] == "--self-test" else check(sys.argv[1]))
