#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Inputs that fuzzing begins with, made from the C sources of the tests and the examples.

    seeds.py OUT TOP CLANG OBJCOPY CC MAKE_BTF WBPF_GEN

A folder for each target is made in OUT. TOP is the source tree; when its folder build was built,
the BPF objects in there are taken, too. CC is a gcc that knows -gbtf (else what it is needed for is
left out), MAKE_BTF is made of tests/cli/make_btf.c.
"""
import os
import subprocess
import sys
from pathlib import Path


def run(*command):
    """Runs a command; False when it fails."""
    return subprocess.run([str(c) for c in command], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL, check=False).returncode == 0


class Seeds:
    """The seeds in one folder, and the programs that make them."""

    def __init__(self, out, top, clang, objcopy, cc, make_btf, gen):
        self.out = Path(out)
        self.headers = Path(top) / ".cache/deps/libbpf-1.7.0/include"
        self.clang, self.objcopy, self.cc, self.make_btf, self.gen = (
            clang, objcopy, cc, make_btf, gen)
        self.work = self.out / "work"
        for name in ["btf", "split", "object", "dwarf", "layout", "model", "work"]:
            (self.out / name).mkdir(parents=True, exist_ok=True)

    def add(self, target, name, data):
        """Writes one seed."""
        if data:
            (self.out / target / name).write_bytes(data)

    def section(self, file, section):
        """A section's bytes, or none."""
        dump = self.work / "section"
        dump.write_bytes(b"")
        run(self.objcopy, "--dump-section", f"{section}={dump}", file, self.work / "unused")
        return dump.read_bytes()

    def compile(self, source, name, *options):
        """A BPF object, or None."""
        file = self.work / name
        made = run(self.clang, "-mcpu=v3", "-O2", "-Wno-everything", "-isystem", self.headers, "-c", source,
                   "-o", file, *options)
        return file if made else None

    def add_object(self, source, name):
        """An object with what is in it, of both byte orders."""
        file = self.compile(source, f"{name}.o", "-target", "bpf", "-g")
        if file:
            self.add_file(file, name)
        big = self.compile(source, f"{name}.big.o", "-target", "bpfeb", "-g")
        if big:
            self.add_file(big, f"{name}.big")

    def add_file(self, file, name):
        """An object that is there."""
        self.add("btf", name, self.section(file, ".BTF"))
        small = self.work / f"{name}.small.o"
        if run(self.objcopy, "--strip-debug", file, small):
            self.add("object", name, small.read_bytes())
        layout = self.work / f"{name}.json"
        if run(self.gen, "layout", "--all", "--format", "json", file, "-o", layout):
            self.add("layout", name, layout.read_bytes())

    def add_narrow(self, source, name):
        """BTF of a 32-bit machine, and an ELF file for another machine than BPF."""
        for bits in ["-m32", "-m64"]:
            file = self.work / f"{name}{bits}.o"
            if not run(self.cc, bits, "-gbtf", "-w", "-c", source, "-o", file):
                continue
            self.add("btf", f"{name}{bits}", self.section(file, ".BTF"))
            self.add("object", f"{name}{bits}", file.read_bytes())

    def add_dwarf(self, source, name):
        """Debug information in some of its forms."""
        for form in ["-gdwarf-3", "-gdwarf-4", "-gdwarf-5"]:
            for target in ["bpf", "bpfeb"]:
                file = self.compile(source, f"{name}.o", "-target", target, "-g", form)
                if file:
                    self.add("dwarf", f"{name}{form}.{target}", file.read_bytes())
                    self.add("object", f"{name}{form}.{target}", file.read_bytes())

    def pair(self, name, base, module):
        """A base and what goes on from it, as target_split.c has it."""
        data = base.read_bytes()
        self.add("split", name, len(data).to_bytes(4, "little") + data + module.read_bytes())

    def add_split(self, base_source, source, name):
        """A module against its kernel: raw, and as ELF with what it needs of the kernel's types."""
        base_object = self.compile(base_source, f"{name}.base.o", "-target", "bpf", "-g")
        file = self.compile(source, f"{name}.o", "-target", "bpf", "-g")
        base, split, small, small_base, elf = (
            self.work / f"{name}.{kind}" for kind in ["base", "split", "small", "sbase", "elf"])
        if not base_object or not file or not run(self.make_btf, "raw", base_object, base):
            return
        if run(self.make_btf, "split", file, base, split):
            self.pair(name, base, split)
        if (run(self.make_btf, "distil", file, base, small, small_base)
                and run(self.clang, "-target", "x86_64", "-x", "c", "-c", os.devnull, "-o",
                        self.work / "empty.o")
                and run(self.objcopy, "--add-section", f".BTF={small}", "--add-section",
                        f".BTF.base={small_base}", self.work / "empty.o", elf)):
            self.pair(f"{name}.distilled", base, elf)

    def add_layout_pairs(self):
        """Layouts beside the next one, so that there is something to compare."""
        files = sorted((self.out / "layout").iterdir())
        for old, new in zip(files, files[1:]):
            if len(old.read_bytes()) < 8000:
                self.add("layout", f"{old.name}-{new.name}",
                         old.read_bytes() + b"\0" + new.read_bytes())


def main():
    """All seeds."""
    out, top, *programs = sys.argv[1:]
    seeds = Seeds(out, top, *programs)
    tests = Path(top) / "tests"
    sources = sorted(tests.glob("golden/*/*.bpf.c")) + sorted(tests.glob("fuzz/*.bpf.c"))
    for source in sources:
        name = source.name.split(".")[0]
        seeds.add_object(source, f"{source.parent.name}-{name}")
        seeds.add_narrow(source, f"{source.parent.name}-{name}")
    for file in sorted(Path(top).glob("build/**/*.bpf.o")):
        if "golden" not in file.parts and "oracle" not in file.parts:
            seeds.add_file(file, f"{file.parent.name}-{file.name}")
    for source in tests.glob("fuzz/*.bpf.c"):
        seeds.add_dwarf(source, source.name.split(".")[0])
    for base, source in zip(sources, sources[1:]):
        seeds.add_split(base, source, source.name.split(".")[0])
    seeds.add_layout_pairs()
    seeds.add("model", "small", bytes(range(64)))
    for target in ["btf", "split", "object", "dwarf", "layout"]:
        found = list((seeds.out / target).iterdir())
        print(f"{target}: {len(found)} seeds, {sum(f.stat().st_size for f in found)} bytes")


if __name__ == "__main__":
    main()
