#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Many modules in one process beside as many native processes: modules.py BUILD [ROUNDS [COUNT...]]

For each count: the time from the first exec until all are ready, and the memory that they have then
(proportional set size, of all processes), both for each of them; the processor's time that a record
takes to be taken (the median of all, measured inside). Prints a table and asserts no time.
"""
import os
import re
import signal
import statistics
import subprocess
import sys
import time


def skip(why):
    print("skipped:", why)
    sys.exit(77)


def lines_of(processes, out, word, count):
    """The number behind each such word, once there are count of them; lines may be mixed."""
    while True:
        with open(out, encoding="utf-8") as f:
            found = re.findall(word + r" ?([\d.]*)", f.read())
        if len(found) >= count:
            return found
        if any(p.poll() is not None for p in processes):
            sys.exit(f"modules.py: one ended before its line '{word}'")
        time.sleep(0.001)


def memory_kb(pid):
    with open(f"/proc/{pid}/smaps_rollup", encoding="utf-8") as f:
        return next(int(l.split()[1]) for l in f if l.startswith("Pss:"))


def measure(commands, count, out):
    with open(out, "w", encoding="utf-8") as f:
        begin = time.monotonic()
        processes = [subprocess.Popen(c, stdout=f, stdin=subprocess.DEVNULL) for c in commands]
    try:
        lines_of(processes, out, "ready", count)
        start = time.monotonic() - begin
        memory = sum(memory_kb(p.pid) for p in processes)
        for p in processes:
            p.send_signal(signal.SIGUSR1)
        took = [float(n) for n in lines_of(processes, out, "took", count)]
        for p in processes:
            p.send_signal(signal.SIGTERM)
        if any(p.wait(60) for p in processes):
            sys.exit("modules.py: one failed")
    finally:
        for p in processes:
            p.kill()
            p.wait()
    return start * 1e3 / count, memory / count, statistics.median(took)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    build = sys.argv[1]
    rounds = sys.argv[2] if len(sys.argv) > 2 else "200"
    counts = [int(n) for n in sys.argv[3:]] or [1, 10, 100]
    if os.geteuid() or subprocess.run(["bpftool", "prog", "show"], capture_output=True).returncode:
        skip("needs root and bpf(2)")
    module = f"{build}/tests/bench/many.wasm"
    native = f"{build}/tests/bench/native/many"
    out = f"{build}/tests/bench/modules.out"
    run = f"{build}/bin/wbpf-run"
    subprocess.run([run, "compile", module], stdout=subprocess.DEVNULL, check=True)
    print(f"{'':>6} {'':>8} {'start ms':>10} {'memory KiB':>11} {'ns/record':>10}   each of them")
    for count in counts:
        words = [w for _ in range(count) for w in ("-M", f"{module} {rounds}")]
        for name, commands in (("native", [[native, rounds]] * count), ("module", [[run, *words]])):
            start, memory, took = measure(commands, count, out)
            print(f"{count:>6} {name:>8} {start:>10.2f} {memory:>11.0f} {took:>10.2f}", flush=True)


main()
