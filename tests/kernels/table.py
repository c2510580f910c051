#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The results of tests by feature and kernel, as a table in Markdown:

    table.py OUTPUT FOLDER [LOG...]
    table.py --check BUILD             whether features.txt names tests of the build

FOLDER: what `run --results` wrote, a file a kernel. LOG: what ctest printed on this machine, whose
kernel is a column, too. What features.txt names and nobody ran there has an empty field.
"""
import json
import os
import re
import subprocess
import sys
from pathlib import Path

FEATURES = Path(__file__).resolve().with_name("features.txt")
CTEST = re.compile(r"^ *\d+/\d+ +Test +#\d+: (\S+) \.+(\*\*\*)? *(\w+)")


def features():
    """[(feature, tests)], in the file's order."""
    lines = (line.partition(": ") for line in FEATURES.read_text().splitlines() if line[:1] != "#")
    return [(feature, tests.split()) for feature, _, tests in lines]


def kernel_results(path):
    rows = (line.split("\t") for line in path.read_text().splitlines())
    return {name: (verdict, why) for name, verdict, why in rows}


def own_results(logs):
    results = {}
    for log in logs:
        for line in Path(log).read_text(errors="replace").splitlines():
            found = CTEST.match(line)
            if found:
                verdict = found.group(3).lower()
                results[found.group(1)] = (verdict if verdict in ("passed", "skipped") else "failed", "")
    return results


def field(tests, results):
    """One word for the tests of a feature: the worst of those that ran."""
    seen = [results[test][0] for test in tests if test in results]
    for verdict in ("failed", "passed", "skipped"):
        if verdict in seen:
            return {"passed": "yes", "skipped": "not here"}.get(verdict, "**failed**")
    return ""


def reasons(columns):
    """Why something is not on a kernel, once each."""
    for name, results in columns.items():
        for test, (verdict, why) in sorted(results.items()):
            if verdict == "skipped" and why:
                yield f"- {name}, `{test}`: {why.removeprefix('skipped: ')}"


def check(build):
    shown = subprocess.run(["ctest", "--test-dir", build, "--show-only=json-v1"], check=True,
                           capture_output=True, text=True).stdout
    known = {test["name"] for test in json.loads(shown)["tests"]}
    unknown = [test for _, tests in features() for test in tests if test not in known]
    for test in unknown:
        print(f"{FEATURES.name}: there is no test {test}", file=sys.stderr)
    empty = [feature for feature, tests in features() if not tests]
    for feature in empty:
        print(f"{FEATURES.name}: {feature}: no test shows it", file=sys.stderr)
    return 1 if unknown or empty else 0


def main():
    if sys.argv[1] == "--check":
        return check(sys.argv[2])
    output, folder, *logs = sys.argv[1:]
    columns = {}
    if logs:
        columns[f"{os.uname().machine}, {os.uname().release}"] = own_results(logs)
    for path in sorted(Path(folder).glob("*.txt")):
        columns[path.stem] = kernel_results(path)
    rows = [["feature", *columns], ["---"] * (len(columns) + 1)]
    rows += [[feature, *(field(tests, results) for results in columns.values())]
             for feature, tests in features()]
    lines = ["# Features by kernel", "What the last run of the tests has shown: yes, it works; not here: the "
             "kernel has it not, or the machine", "does not let it; nothing: it was not run there.", ""]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    lines += ["", *reasons(columns)]
    Path(output).parent.mkdir(parents=True, exist_ok=True)
    Path(output).write_text("\n".join(lines).rstrip() + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
