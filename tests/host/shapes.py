#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Modules with so many parts of a kind that the engine would end the process: shapes.py WBPF_RUN WASM_TOOLS

Those with many data segments run, and have in memory what the segments say; the others are refused with a
sentence.
"""
import random
import subprocess
import sys
import tempfile
from pathlib import Path

run, wasm_tools = sys.argv[1:3]
try:
    subprocess.run([wasm_tools, "--version"], capture_output=True, check=True)
except OSError as error:
    print(f"skipped: wasm-tools does not run here: {error.strerror}")
    sys.exit(77)
PAGES, MANY = 40, 70000


def module(text):
    wat = Path(work) / "module.wat"
    wat.write_text(f'(module {text})')
    subprocess.run([wasm_tools, "parse", wat, "-o", wat.with_suffix(".wasm")], check=True)
    return wat.with_suffix(".wasm")


def expect(what, text, status, said=""):
    done = subprocess.run([run, "--no-cache", module(text)], capture_output=True, text=True, check=False)
    if done.returncode != status or said not in done.stderr:
        sys.exit(f"{what}: exit status {done.returncode}, not {status}\n{done.stderr[:500]}")
    print(f"{what}: {status}")


def segments(chosen, pages=PAGES):
    """The segments, and a program that looks at all bytes."""
    memory = bytearray(pages * 65536)
    for at, data in chosen:
        memory[at:at + len(data)] = data
    value = 0
    for at in range(0, len(memory), 8):
        value = (value * 31 + int.from_bytes(memory[at:at + 8], "little")) % 2**64
    lines = [f'(data (i32.const {at}) "{"".join(f"{chr(92)}{b:02x}" for b in data)}")' for at, data in chosen]
    return f'''(memory (export "memory") {pages}) (func (export "_start") (local $at i32) (local $value i64)
        (loop $next
            (local.set $value (i64.add (i64.mul (local.get $value) (i64.const 31)) (i64.load (local.get $at))))
            (local.set $at (i32.add (local.get $at) (i32.const 8)))
            (br_if $next (i32.lt_u (local.get $at) (i32.const {len(memory)}))))
        (if (i64.ne (local.get $value) (i64.const {value})) (then unreachable)))
        {" ".join(lines)}'''


def scattered(count, of):
    return [(of.randrange(PAGES * 65536 - 16), of.randbytes(of.randrange(1, 16))) for _ in range(count)]


with tempfile.TemporaryDirectory() as work:
    start = '(memory (export "memory") 1) (func $start (export "_start")'
    numbers = range(MANY)
    of = random.Random(1)
    expect("few segments", segments(scattered(100, of)), 0)
    expect("segments in order", segments([(i * 37, of.randbytes(of.randrange(1, 30))) for i in range(MANY)]), 0)
    expect("in any order, over each other", segments(scattered(MANY, of)[:5000]), 0)
    # What lies between later ones has been written, so that no zeros can be put there.
    expect("over what is there", segments(
        [(i * 100, of.randbytes(8)) for i in range(20000)] + [(i * 500 + 50, of.randbytes(20)) for i in range(4000)]
        + [(i, of.randbytes(1)) for i in range(MANY)]), 0)
    expect("the wrong bytes", segments([(i * 37, b"x") for i in range(MANY)]).replace(
        "(i64.const 31)", "(i64.const 33)"), 134)
    expect("outside of memory", segments([(i * 37, b"x") for i in range(MANY)] + [(PAGES * 65536 - 1, b"x")]).replace(
        f"{PAGES * 65536 - 1}) \"\\78", f"{PAGES * 65536 - 1}) \"\\78\\78"), 125, "out of bounds")
    expect("segments that are far apart", segments([(i * 2000, b"x") for i in range(20000)], 700), 125,
           "data segments")
    expect("segments by number", start + " ".join(f"(data.drop {i})" for i in numbers) + ") "
           + " ".join('(data "x")' for _ in numbers), 125, "data segments")
    expect("globals", start + " ".join(f"(global.set {i} (global.get {i + 1}))" for i in range(MANY - 1)) + ") "
           + " ".join("(global (mut i32) (i32.const 0))" for _ in numbers), 125, "globals")
    types = [[(i >> bit) & 1 for bit in range(17)] for i in numbers]
    names = (("i32", "(i32.const 0)"), ("i64", "(i64.const 0)"))
    expect("types", " ".join(f"(type $t{i} (func (param {' '.join(names[b][0] for b in t)})))"
                             for i, t in enumerate(types)) + start + " ".join(
        f"(call_indirect (type $t{i}) {' '.join(names[b][1] for b in t)} (i32.const 0))"
        for i, t in enumerate(types)) + ") (table 1 funcref)", 125, "types")
    expect("imports", " ".join(f'(import "wbpf1" "poll_create" (func $i{i} (result i32)))' for i in numbers)
           + start + ")", 125, "imports")
