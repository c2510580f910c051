#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The page of libbpf's functions is true.

    functions.py PAGE MAP NM ARCHIVE   the page says of each function of the map file what the library has
    functions.py --self-test SCRIPT    functions.cmake (SCRIPT) refuses what does not fit together
"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path


def functions_of(text):
    """A map file's functions."""
    return set(re.findall(r"^\s+([a-z]\w*);", text, re.M))


def symbols_of(nm, archive):
    """What an archive defines."""
    text = subprocess.run([nm, "--defined-only", "--extern-only", archive], check=True,
                          capture_output=True, text=True).stdout
    return set(re.findall(r" [TDW] (\w+)$", text, re.M))


def problems_of(page, functions, symbols):
    """Where the page and the library differ."""
    rows = dict(re.findall(r"^\| `(\w+)` \| (yes|no) \|", page, re.M))
    reasons = dict(re.findall(r"^\| `(\w+)` \| no \| (.*) \|$", page, re.M))
    yield from (f"{f}: not on the page" for f in sorted(functions - set(rows)))
    yield from (f"{f}: no function of libbpf" for f in sorted(set(rows) - functions))
    for function, there in sorted(rows.items()):
        if (there == "yes") != (function in symbols):
            yield f"{function}: the page says {there}"
        if there == "no" and not reasons[function].strip():
            yield f"{function}: no reason"


def make(script, least, there, notes):
    """Whether functions.cmake makes a page of functions a and b for these symbols and notes."""
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        (top / "map").write_text("V1 {\n\tglobal:\n\t\ta;\n\t\tb;\n};\n")
        (top / "notes").write_text("".join(n + "\n" for n in notes))
        nm = top / "nm"
        nm.write_text("#!/bin/sh\n" + "".join(f"echo 00000001 T {s}\n" for s in there))
        nm.chmod(0o755)
        page = top / "page.md"
        done = subprocess.run(
            ["cmake", f"-DMAP={top / 'map'}", f"-DNM={nm}", f"-DARCHIVE={top / 'map'}",
             f"-DNOTES={top / 'notes'}", f"-DPAGE={page}", f"-DLEAST={least}", "-P", script],
            capture_output=True, text=True)
        return (done.returncode == 0 and page.exists(), done.stderr)


def self_test(script):
    reason = ["- b: it makes no sense"]
    assert make(script, 1, ["a"], reason)[0]
    assert make(script, 2, ["a", "b"], ["+ b: is special"])[0]
    assert make(script, 1, ["a"], ["~ b: sometimes"])[0]
    assert make(script, 1, ["a", "b"], ["~ b: sometimes"])[0]
    for least, there, notes, says in ((1, ["a"], [], "neither there"),
                                      (1, ["a"], ["+ b: is special"], "neither there"),
                                      (1, ["a", "b"], reason, "has a reason why not"),
                                      (2, ["a"], reason, "fewer than 2"),
                                      (1, ["a", "b"], ["- c: what"], "no function of libbpf"),
                                      (1, ["a", "b"], ["+ b"], "a note that is none")):
        made, text = make(script, least, there, notes)
        assert not made and says in text, (there, notes, text)
    page = "| `a` | yes |  |\n| `b` | no | because |\n"
    assert not list(problems_of(page, {"a", "b"}, {"a"}))
    assert list(problems_of(page, {"a", "b"}, {"a", "b"})) == ["b: the page says no"]
    assert list(problems_of(page, {"a", "b"}, set())) == ["a: the page says yes"]
    assert list(problems_of(page, {"a", "b", "c"}, {"a"})) == ["c: not on the page"]
    assert list(problems_of(page.replace("because", ""), {"a", "b"}, {"a"})) == ["b: no reason"]
    print("finds what it is there to find")


def main():
    if sys.argv[1] == "--self-test":
        return self_test(sys.argv[2])
    page, names, nm, archive = sys.argv[1:]
    functions, symbols = functions_of(Path(names).read_text()), symbols_of(nm, archive)
    problems = list(problems_of(Path(page).read_text(), functions, symbols))
    print(*problems, sep="\n")
    there = len(functions & symbols)
    print(f"{there} of {len(functions)} functions")
    if problems or there < 335:
        sys.exit(1)


if __name__ == "__main__":
    main()
