#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The pages of what can be attached and of maps are true.

    coverage.py DOC LIBBPF_SOURCE LISTS BUILD   each section and map type has a row, and the tests that the
                                                lists in the folder LISTS name are run where they say
    coverage.py --self-test SCRIPT              coverage.cmake (SCRIPT) refuses what does not fit together
"""
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path


def sections_of(source):
    """libbpf's table, from its first row to its end."""
    table = source[source.index("struct bpf_sec_def section_defs[] = {"):]
    return set(re.findall(r'SEC_DEF\("([^"]+)"', table[:table.index("\n};")]))


def map_types_of(header):
    """The kernel's enum, without what only counts, and without second names."""
    enum = re.search(r"enum bpf_map_type \{(.*?)\n\};", header, re.S)[1]
    enum = re.sub(r"/\*.*?\*/", "", enum, flags=re.S)
    names = set(re.findall(r"^\s*BPF_MAP_TYPE_(\w+),", enum, re.M))
    return {re.sub("_DEPRECATED$", "", name) for name in names} - {"UNSPEC"}


def rows_of(page):
    return set(re.findall(r"^\| `([^`]+)` \|", page, re.M))


def shown_of(text):
    """(name, tests, kernels) of each row of a list."""
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            fields = [field.strip() for field in line.split("|")]
            tests, where = fields[-3:-1]
            yield fields[0], tests.split(), [] if where == "-" else where.split()


def problems_of(shown, tests):
    """What is not as the lists say; tests has each test's command."""
    for name, its, kernels in shown:
        for test in its:
            if test not in tests:
                yield f"{name}: there is no test {test}"
            for kernel in kernels:
                runner = f"kernels.run-{kernel.rpartition('-')[2]}"
                if kernel == "host" or test not in tests:
                    continue
                chosen = [word for word in tests.get(runner, []) if word.startswith("^(")]
                if not chosen or not re.search(chosen[0], test):
                    yield f"{name}: {runner} does not run {test}"


def make(script, source, rows):
    """Whether coverage.cmake makes a page of that source and these rows, and its words."""
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        (top / "source").write_text(source)
        (top / "list").write_text("# a comment\n\n" + "".join(row + "\n" for row in rows))
        page = top / "page.md"
        table = "maps" if "enum" in source else "attach"
        done = subprocess.run(["cmake", f"-DTABLE={table}", f"-DSOURCE={top / 'source'}",
                               f"-DLIST={top / 'list'}", f"-DPAGE={page}", "-P", script],
                              capture_output=True, text=True, check=False)
        return page.read_text() if page.exists() else "", done.stderr


def self_test(script):
    source = ("static const struct bpf_sec_def section_defs[] = {\n"
              '\tSEC_DEF("a+",\t\tKPROBE,\t0, SEC_NONE | SEC_USDT, attach_a),\n'
              '\tSEC_DEF("b/c", XDP, BPF_XDP, SEC_NONE), /* old */\n};\nSEC_DEF("d")\n')
    enum = ("enum bpf_map_type {\n\tBPF_MAP_TYPE_UNSPEC,\n\tBPF_MAP_TYPE_ONE,\n"
            "\tBPF_MAP_TYPE_TWO_DEPRECATED,\n\t/* BPF_MAP_TYPE_X, */\n"
            "\tBPF_MAP_TYPE_TWO = BPF_MAP_TYPE_TWO_DEPRECATED,\n\t__MAX_BPF_MAP_TYPE\n};\n")
    a, b = "a+ | 4.1 | kprobe | pin | runtime.x | host |", "b/c | 7.0 | xdp, f() | | | - | too new"
    page, _ = make(script, source, [a, b])
    assert "| `a+` | KPROBE | 4.1 | yes | `bpf_program__attach_kprobe()` | pin | `runtime.x` on 6.18 |" in page
    assert "| `b/c` | XDP | 7.0 |  | `bpf_program__attach_xdp()`, `f()` |  |  | too new |" in page
    for rows, says in (([a], "b/c: .* says nothing of it"), ([a, b, "e | 4.1 | f | | runtime.x | host |"],
                       "e: is not in"), ([a, a, b], r"a\+: there twice"), ([a, "b/c | 7.0"], "a row that is none"),
                       ([a, b.replace("7.0", "new")], "'new' is no kernel's version"),
                       ([a, b.replace("too new", "")], "no reason why"),
                       ([a.replace("runtime.x", ""), b], "no test shows it")):
        page, words = make(script, source, rows)
        assert not page and re.search(says, words), (rows, words)
    one, two = "ONE | 4.1 | update next | runtime.x | amd64-6.1 |", "TWO | 4.1 | | runtime.y | host |"
    page, words = make(script, enum, [one, two])
    assert "| `ONE` | 4.1 | update, next | `runtime.x` on 6.1 (in qemu) |" in page, (page, words)
    assert not make(script, enum, [one])[0] and not make(script, "enum", [])[0]
    assert sections_of(source) == {"a+", "b/c"} and map_types_of(enum) == {"ONE", "TWO"}
    assert rows_of(page) == {"ONE", "TWO"}
    shown = list(shown_of("\n".join([one, two, b])))
    assert shown == [("ONE", ["runtime.x"], ["amd64-6.1"]), ("TWO", ["runtime.y"], ["host"]), ("b/c", [], [])]
    tests = {"runtime.x": [], "runtime.y": [], "kernels.run-6.1": ["run", "--tests", r"^(runtime\.x)$"]}
    assert not list(problems_of(shown, tests))
    assert list(problems_of(shown, {**tests, "kernels.run-6.1": ["run", "^(z)$"]})) == \
        ["ONE: kernels.run-6.1 does not run runtime.x"]
    del tests["runtime.y"]
    assert list(problems_of(shown, tests)) == ["TWO: there is no test runtime.y"]
    print("finds what it is there to find")


def main():
    if sys.argv[1] == "--self-test":
        return self_test(sys.argv[2])
    doc, source, lists = (Path(word) for word in sys.argv[1:4])
    shown = subprocess.run(["ctest", "--test-dir", sys.argv[4], "--show-only=json-v1"], check=True,
                           capture_output=True, text=True).stdout
    tests = {test["name"]: test.get("command", []) for test in json.loads(shown)["tests"]}
    there = {"attach": sections_of((source / "src/libbpf.c").read_text()),
             "maps": map_types_of((source / "include/uapi/linux/bpf.h").read_text())}
    problems = []
    for table, names in there.items():
        rows = rows_of((doc / f"{table}.md").read_text())
        problems += [f"{name}: not on the page {table}.md" for name in sorted(names - rows)]
        problems += [f"{name}: on the page {table}.md, and not there" for name in sorted(rows - names)]
        problems += problems_of(shown_of((lists / f"{table}.txt").read_text()), tests)
    print(*problems, sep="\n")
    print(f"{len(there['attach'])} sections, {len(there['maps'])} types of maps")
    if problems or len(there["attach"]) < 100 or len(there["maps"]) < 30:
        sys.exit(1)


if __name__ == "__main__":
    main()
