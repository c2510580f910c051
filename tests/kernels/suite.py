# SPDX-License-Identifier: BSD-2-Clause
"""The tests that ctest knows, run on another kernel, all in one boot."""
import json
import re
import subprocess
import time
from pathlib import Path

from machine import Failure, Missing, Wrong

NEVER = re.compile(r"kernels\.|runtime\.guest_(headers|leaks)$")
LINES = 400
# What depends on the kernel.
EVERYTHING = r"^(host|runtime|slim|component)\.|^soak\.short$"
MAY_SKIP = Path(__file__).resolve().with_name("may_skip.txt")
# By how much longer than on a real processor everything may take.
PATIENCE = {"kvm": 1, "tcg": 5}


class Test:
    def __init__(self, number, description):
        properties = {p["name"]: p["value"] for p in description.get("properties", [])}
        self.number, self.name = number, description["name"]
        self.command = description.get("command")
        self.folder = properties.get("WORKING_DIRECTORY", "/")
        self.environment = dict(word.partition("=")[::2] for word in properties.get("ENVIRONMENT", []))
        self.limit = int(properties.get("TIMEOUT", 300))
        self.skipped = properties.get("SKIP_RETURN_CODE")
        self.files = [Path(path) for path in properties.get("REQUIRED_FILES", [])]

    def verdict(self, status, may_skip):
        if status == 0:
            return "passed"
        if status == self.skipped:
            return "skipped" if may_skip(self.name) else "FAILED (skipped)"
        return "FAILED (time-out)" if status in (124, 137) else f"FAILED (status {status})"


def chosen_tests(chosen):
    command = ["ctest", "--test-dir", chosen.build, "--show-only=json-v1", "-R", chosen.tests]
    command += ["-E", chosen.exclude] if chosen.exclude else []
    shown = subprocess.run(command, capture_output=True, text=True, check=False)
    if shown.returncode:
        raise Missing(f"{chosen.build} has no tests: {shown.stderr.strip()}")
    known = json.loads(shown.stdout)["tests"]
    tests = [Test(i, d) for i, d in enumerate(d for d in known if not NEVER.match(d["name"]))]
    unbuilt = [test.name for test in tests if not test.command]
    if unbuilt or not tests:
        raise Missing(f"not built: {', '.join(unbuilt)}" if unbuilt else "no test has such a name")
    return tests


def skips(kernel, regex):
    """A function that says of a test whether it may be skipped on the kernel."""
    lines = (line.partition(": ") for line in MAY_SKIP.read_text().splitlines() if line[:1] != "#")
    listed = {name for name, _, kernels in lines if kernel in kernels.split()}
    also = re.compile(regex)
    return lambda name: name in listed or bool(also.search(name))


def demand_programs(tests, programs, build):
    """What a test names as its files is for the kernel's machine: that of --build would do something
    else there, or nothing."""
    build = Path(build).resolve()
    inside = {path.relative_to(build) for test in tests for path in test.files if path.is_relative_to(build)}
    unbuilt = sorted(str(path) for path in inside if not (programs / path).exists())
    if unbuilt:
        raise Wrong(f"not built in {programs}: {' '.join(unbuilt)}")


def there(machine, command):
    """On another architecture this machine's programs are those of the same name."""
    if machine.root and (machine.root / "bin" / Path(command[0]).name).exists():
        return [Path(command[0]).name, *command[1:]]
    return command


def last_line(machine, test):
    lines = machine.job(test.number, "out").read_text(errors="replace").splitlines()
    return lines[-1] if lines else ""


def keep(folder, kernel, results):
    """For table.py: a line for each test, with its result and, when it was skipped, why."""
    folder.mkdir(parents=True, exist_ok=True)
    new = folder / f"{kernel}.new"
    new.write_text("".join(f"{name}\t{verdict}\t{why if verdict == 'skipped' else ''}\n"
                           for name, (verdict, why) in sorted(results.items())))
    new.rename(folder / f"{kernel}.txt")


def report(machine, test, may_skip):
    """Prints a test's result, and returns what it is."""
    status, seconds = machine.result(test.number)
    output = "".join(machine.job(test.number, kind).read_text(errors="replace") for kind in ("out", "err"))
    lines = output.splitlines()
    verdict = test.verdict(status, may_skip)
    reason = f": {lines[-1]}" if lines and "skipped" in verdict else ""
    print(f"{verdict:8} {test.name} {seconds:.1f} s{reason}", flush=True)
    if verdict.startswith("FAILED"):
        print("".join(f"    {line}\n" for line in lines[-LINES:]), end="", flush=True)
    return verdict


def run(machine, chosen):
    tests = chosen_tests(chosen)
    if machine.programs:
        demand_programs(tests, machine.programs, chosen.build)
    patience = PATIENCE[machine.accel]
    may_skip = skips(machine.kernel, chosen.may_skip)
    # For tests that demand more of the kernel that the build is for.
    also = {"WBPF_OTHER_KERNEL": machine.kernel, "WBPF_PATIENCE": str(patience), **chosen.env}
    for test in tests:
        machine.add_job(test.number, there(machine, test.command), test.folder, {**test.environment, **also},
                        test.limit * patience)
    process = machine.start("jobs")
    counted, results = {}, {}
    end = time.monotonic() + chosen.timeout
    for test in tests:
        seconds = max(1, min(test.limit * patience + 60, end - time.monotonic()))
        try:
            machine.wait(lambda t=test: machine.result(t.number) is not None, seconds, process)
        except Failure as why:
            print(f"LOST     {test.name}: its output is in {machine.job(test.number, 'out')}", flush=True)
            raise Failure(f"{why}, in {test.name}") from why
        verdict = report(machine, test, may_skip)
        counted[verdict.split()[0]] = counted.get(verdict.split()[0], 0) + 1
        results[test.name] = (verdict.split()[0].lower(), last_line(machine, test))
    machine.finish()
    print(f"{machine.kernel}: " + ", ".join(f"{n} {what.lower()}" for what, n in counted.items()))
    if chosen.results:
        keep(Path(chosen.results), machine.kernel, results)
    return 1 if "FAILED" in counted else 0
