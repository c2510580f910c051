#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Whether all that the benchmark of the runtime measures can still be measured: a quick run of it,
whose figures are printed, and of which none is judged.

    runtime.py BUILD-FOLDER
"""
import json
import subprocess
import sys
from pathlib import Path

KEYS = ["start_warm", "start_cold", "stop", "hash_lookup", "array_lookup", "hash_update", "next_key",
        "batch_lookup", "mmap_read", "ring_16", "ring_64", "ring_512", "ring_4000", "ring_single_64", "perf_64",
        "user_ring_64", "bss_read"]
NUMBERS = ["native_ns", "wasm_ns", "ratio", "ratio_min", "ratio_max"]
MEMORY = ["rss_kb", "pss_kb", "peak_rss_kb"]
RESOURCES = {"idle": MEMORY + ["cpu_us_per_s"], "load": MEMORY + ["cpu_ms_per_pass"]}


def positive(where, names, what):
    """Complaints about what should be an object of just these numbers."""
    if not isinstance(where, dict) or set(where) != set(names):
        return [f"{what}: not just {', '.join(names)}: {where}"]
    return [f"{what}.{name}: not a positive number: {where[name]}" for name in names
            if isinstance(where[name], bool) or not isinstance(where[name], (int, float)) or not where[name] > 0]


def complaints_about(found):
    if set(found) != set(KEYS) | {"resources"}:
        return [f"these keys: {', '.join(found)}"]
    bad = [c for key in KEYS for c in positive(found[key], NUMBERS, key)]
    for key in KEYS:
        if not bad and not found[key]["ratio_min"] <= found[key]["ratio"] <= found[key]["ratio_max"]:
            bad.append(f"{key}: a median that is not between the extremes: {found[key]}")
    for when, names in RESOURCES.items():
        for variant in ("native", "wasm"):
            where = found["resources"].get(when, {}).get(variant)
            bad += positive(where, names, f"resources.{when}.{variant}")
    return bad


def main(build):
    run = Path(__file__).with_name("run")
    done = subprocess.run([sys.executable, "-B", run, "--json", "--quick", "--build", build],
                          stdout=subprocess.PIPE, text=True)
    print(done.stdout)
    if done.returncode:
        return done.returncode
    bad = complaints_about(json.loads(done.stdout))
    for complaint in bad:
        print(complaint)
    return 1 if bad else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: runtime.py BUILD-FOLDER")
    sys.exit(main(sys.argv[1]))
