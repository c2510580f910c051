#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The accessors of a big-endian header, by what a big-endian machine has written:

    big_endian.py FOLDER KERNEL

A kernel of such a machine runs a BPF program and a native one, which writes the bytes of records to
files and, as its compiler sees them, every field as a line of text. A module here reads the same bytes
with the headers that wbpf-gen made, and has to print the same lines.

KERNELS names the folder that fetch.py has filled, DEPS that of the libraries; CLANG, BPFTOOL, WBPF_GEN,
WBPF_RUN, LIBBPF and GUEST the programs, libbpf and the guest library. Exit status 77: skipped.
"""
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import btfraw  # pylint: disable=wrong-import-position
from btf import RECORDS, Btf, name_of  # pylint: disable=wrong-import-position
from judge import Header, Library, tool  # pylint: disable=wrong-import-position

SKIPPED = 77
SHOWN = 10
# The files that record.c writes, and the struct in each.
OWN = {"event": "event", "initialized": "event", "read_only": "event", "zeroed": "event",
       "settings": "settings", "echo": "settings", "key": "pair_key", "value": "pair_value",
       "seen": "seen"}
KERNEL = {name: name for name in ("task_struct", "signal_struct", "file", "perf_event_attr", "sk_buff",
                                  "tcp_sock", "iphdr")}
# Of an array that many elements, or so many structs, and the last one.
ELEMENTS, STRUCTS = 16, 3
TRIPLES = {"s390x": "s390x-linux-gnu"}


class Failed(Exception):
    """The sentence says what is not as it should be."""


class Skipped(Exception):
    """This cannot be tested here; the sentence says why."""


def run(*command, may_fail=False, **options):
    done = subprocess.run([str(word) for word in command], text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False, **options)
    if done.returncode == SKIPPED:
        raise Skipped(done.stdout.strip().splitlines()[-1])
    if done.returncode and not may_fail:
        raise Failed(f"{Path(command[0]).name} failed ({done.returncode}):\n{done.stdout[-2000:]}"
                     f"{done.stderr[-3000:]}")
    return done


def indices(length, is_struct):
    limit = STRUCTS if is_struct else ELEMENTS
    return [*range(min(length, limit)), *([length - 1] if length > limit else [])]


def paths(btf, record, before=""):
    """(path, element, is a bitfield) of every scalar in a struct, also in structs inside."""
    for member in record["members"]:
        name = name_of(member)
        element, dimensions = btf.element(member["type_id"])
        inside = element["kind"] in RECORDS
        places = [f"{before}{name}"]
        for length in dimensions:
            places = [f"{place}[{i}]" for place in places for i in indices(length, inside)]
        for place in places:
            if inside:
                yield from paths(btf, element, f"{place}." if name else before)
            elif name:
                yield place, element, bool(member.get("bitfield_size"))


def line_of(btf, path, in_c, element, is_bits):
    kind = btf.kind(element)
    size = btf.pointer if element["kind"] == "PTR" else element["size"]
    if kind == "bytes":
        raise Failed(f"{path}: a float of {size} bytes is not expected here")
    if size == 1 and not is_bits:
        macro = "SHOW_SIGNED_BYTE" if kind == "s" else "SHOW_BYTE"
    elif size == 16:
        macro = "SHOW_WIDE"
    else:
        macro = {"s": "SHOW_SIGNED", "f": "SHOW_REAL"}.get(kind, "SHOW_UNSIGNED")
    return f'\t{macro}("{path}", r->{in_c});\n'


def functions(btf, records, table, spelled, tag=str):
    """C that shows the records of some structs; spelled and tag: how paths and "struct NAME" are written
    there."""
    by_name = {name_of(t): t for t in btf.own.values() if t["kind"] in RECORDS}
    text, count = "", 0
    for struct in dict.fromkeys(records.values()):
        lines = [line_of(btf, path, spelled(path), element, is_bits)
                 for path, element, is_bits in paths(btf, by_name[struct])]
        text += f"static void show_{struct}(void *bytes)\n{{\n\t{tag(f'struct {struct}')} *r = bytes;" \
            "\n\n" + "".join(lines) + "}\n\n"
        count += len(lines)
    rows = "".join(f'\t{{"{file}", sizeof({tag(f"struct {struct}")}), show_{struct}}},\n'
                   for file, struct in records.items())
    return f"{text}const struct record {table}[] = {{\n{rows}\t{{0}},\n}};\n", count


class Test:
    def __init__(self, work, kernel):
        self.work, self.kernel, self.machine = work, kernel, kernel.split("-")[0]
        self.cache = Path(tool("KERNELS")).resolve()
        self.deps = next(iter(sorted((Path(tool("DEPS")) / self.machine).glob("libbpf-*"))), None)
        self.types = self.cache / kernel / "vmlinux.btf"
        if not self.types.exists() or not self.deps:
            missing = self.types if self.deps else Path(tool("DEPS")) / self.machine
            raise Skipped(f"there is no {missing} (tools/setup.sh)")
        self.root = self.cache / self.machine / "root"
        self.out = work / "out"
        self.out.mkdir(exist_ok=True)
        for old in self.out.iterdir():
            old.unlink()
        self.strict = ["-std=gnu11", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror", f"-I{HERE}", f"-I{work}"]

    def header(self, output, file, structs):
        named = [word for struct in structs for word in ("--type", struct)]
        run(tool("WBPF_GEN"), "header", file, *named, "-o", self.work / output)

    def generate(self):
        """The BPF object, headers of both kinds, and what shows each field with them."""
        work = self.work
        vmlinux = run(tool("BPFTOOL"), "btf", "dump", "file", self.types, "format", "c").stdout
        (work / "vmlinux.h").write_text(vmlinux)
        self.object = work / "records.bpf.o"
        run(tool("CLANG"), "-target", "bpfeb", "-mcpu=v3", "-g", "-O2", "-Wall", "-Werror", f"-I{work}",
            "-isystem", f"{tool('LIBBPF')}/include", "-c", HERE / "records.bpf.c", "-o", self.object)
        (work / "records.btf").write_bytes(btfraw.section(self.object.read_bytes()))
        self.header("own.types.h", self.object, set(OWN.values()))
        self.header("kernel.types.h", self.types, KERNEL)
        library = Library()
        for unit, file, records in (("own", work / "records.btf", OWN), ("kernel", self.types, KERNEL)):
            btf = Btf(tool("BPFTOOL"), file)
            types = f"{unit}.types.h"
            header = Header((work / types).read_text(), library)
            shown, count = functions(btf, records, f"{unit}_records", header.field,
                                     lambda name, of=header: of.choose("tag", name, 0) or name)
            (work / f"{unit}.wasm.c").write_text(
                f'#include "{types}"\n#define SHOW_ACCESSORS\n#include "show.h"\n\n{shown}')
            shown, _ = functions(btf, records, f"{unit}_records", str)
            (work / f"{unit}.native.c").write_text(
                '#define BPF_NO_PRESERVE_ACCESS_INDEX\n#include "vmlinux.h"\n#include "records.h"\n'
                f'#include "show.h"\n\n{shown}')
            print(f"{unit}: {count} fields in {len(set(records.values()))} structs")

    def build_native(self):
        """The two programs that run on the other machine."""
        cross = [tool("CLANG"), f"--target={TRIPLES[self.machine]}", f"--sysroot={self.root}", "-static",
                 "-fuse-ld=lld", "-O1", *self.strict]
        run(*cross, "-isystem", self.deps / "include", HERE / "record.c", self.deps / "lib/libbpf.a",
            "-lelf", "-lz", "-o", self.work / "record")
        run(*cross, "-Wno-missing-declarations", HERE / "show.c", self.work / "own.native.c",
            self.work / "kernel.native.c", "-o", self.work / "show")

    def wasm(self, *words):
        return run(tool("CLANG"), "--target=wasm32-wasi", *self.strict, *words)

    def build_module(self):
        """The own records with optimized accessors, the kernel's (and mistakes) with plain ones."""
        self.wasm("-O2", "-c", self.work / "own.wasm.c", "-o", self.work / "own.o")
        self.wasm("-O0", "-c", self.work / "kernel.wasm.c", "-o", self.work / "kernel.o")
        self.wasm("-O2", *LINK, HERE / "make.c", "-o", self.work / "make.wasm")
        self.wasm("-O2", *LINK, HERE / "load.c", "-isystem", f"{tool('GUEST')}/include",
                  f"-L{tool('GUEST')}/lib", "-lwbpf", "-o", self.work / "load.wasm")
        self.link("own.o", "kernel.o")

    def link(self, own, kernel):
        self.wasm("-O2", *LINK, HERE / "show.c", self.work / own, self.work / kernel,
                  "-o", self.work / "show.wasm")

    def module(self, name, *words, may_fail=False):
        return run(tool("WBPF_RUN"), "--no-cache", "--rw-dir", f"{self.out}::/out", "--dir",
                   f"{self.work}::/objects", "--", self.work / name, *words, may_fail=may_fail)

    def boot(self):
        """What the other machine wrote: files, and what it says of them."""
        script = 'cp "$1/out/settings.raw" "$OUT" && "$1/record" "$1/records.bpf.o" "$OUT" && ' \
            '"$1/show" "$OUT" >"$OUT/native.txt"'
        run(HERE.parent / "run", "--kernel", self.kernel, "--cpus", "1", "--memory", "512", "--timeout",
            "300", "--out", self.out, "--", "sh", "-c", script, "sh", self.work)
        return (self.out / "native.txt").read_text()

    def mistaken(self, unit, change, to):
        """What the module prints with another header."""
        header = self.work / f"{unit}.types.h"
        right = header.read_text()
        changed, count = re.subn(change, to, right, count=1, flags=re.S)
        if count != 1 or changed == right:
            raise Failed(f"{header.name} has no {change}")
        header.write_text(changed)
        self.wasm("-O0", "-c", self.work / f"{unit}.wasm.c", "-o", self.work / "wrong.o")
        header.write_text(right)
        self.link(*("wrong.o" if part == unit else f"{part}.o" for part in ("own", "kernel")))
        return self.module("show.wasm", "/out").stdout


LINK = ("-Wl,--stack-first",)
# Each compiles: neither sizes nor the places of whole fields are others.
MISTAKES = [
    ("bits one further", "own", r"WBPF_BE_BITS\(__u32, 0, 18\)", "WBPF_BE_BITS(__u32, 1, 18)"),
    ("a bit more", "own", r"WBPF_BE_BITS\(__u64, 0, 33\)", "WBPF_BE_BITS(__u64, 0, 34)"),
    ("bits without a sign", "own", r"WBPF_BE_SIGNED_BITS\((\w+), 0, 41\)", r"WBPF_BE_BITS(\1, 0, 41)"),
    ("a number without its sign", "own", r"WBPF_BE\(__s32\) s32;", "WBPF_BE(__u32) s32;"),
    ("reading in this machine's order", "own", r"bytes\[\(first \+ done\) / 8\]",
     "bytes[(width - 1 - done) / 8]"),
    ("writing in another place", "own", r"bytes\[\(first \+ width - 1\) / 8\]", "bytes[first / 8]"),
    ("the kernel's bits one further", "kernel", r"WBPF_BE_BITS\(__u64, 7, 2\) precise_ip",
     "WBPF_BE_BITS(__u64, 6, 2) precise_ip"),
]


def lines_by_field(text):
    return dict(line.partition(" = ")[::2] for line in text.splitlines())


def differences(one, other):
    mine, theirs = one.splitlines(), other.splitlines()
    found = [f"{a}, by the module {b}" for a, b in zip(mine, theirs) if a != b]
    return found + ([f"{len(mine)} lines, by the module {len(theirs)}"] if len(mine) != len(theirs) else [])


def same_twice(shown):
    """What was read or copied field by field is what the whole records have."""
    for field, value in shown.items():
        twin = field.removeprefix("seen.") if field.startswith("seen.") else \
            field.replace("echo.", "settings.") if field.startswith("echo.") else field
        if shown.get(twin) != value:
            yield f"{field} = {value}, but {twin} = {shown.get(twin)}"


def not_as_set(shown):
    for line in (HERE / "expected.txt").read_text().splitlines():
        field, _, value = line.partition(" = ")
        if line[:1] != "#" and shown.get(field) != value:
            yield f"{field} = {shown.get(field)}, not {value}"


def compare(native, module):
    shown = lines_by_field(native)
    failures = [*differences(native, module), *same_twice(shown), *not_as_set(shown)]
    for failure in failures[:SHOWN]:
        print(failure)
    if len(failures) > SHOWN:
        print(f"and {len(failures) - SHOWN} more")
    print(f"{len(shown)} fields, {sum(value != '0' for value in shown.values())} of them not 0, "
          f"{len(failures)} differences")
    return not failures


def notices_mistakes(test, native):
    unnoticed = 0
    for what, *change in MISTAKES:
        found = differences(native, test.mistaken(*change))
        print(f"{what}: {found[0] if found else 'not noticed'}")
        unnoticed += not found
    return not unnoticed


def refuses_object(test):
    """A module whose object is a big-endian one is told so, in one line."""
    done = test.module("load.wasm", "/objects/records.bpf.o", may_fail=True)
    said = [line for line in done.stderr.splitlines() if "endian" in line]
    print(f"a big-endian object loaded here: {' '.join(said)}")
    return done.returncode == 1 and len(said) == 1 and "records" in said[0]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    work = Path(sys.argv[1]).resolve()
    work.mkdir(parents=True, exist_ok=True)
    try:
        test = Test(work, sys.argv[2])
        test.generate()
        test.build_native()
        test.build_module()
        test.module("make.wasm", "/out/settings.raw")
        native = test.boot()
        module = test.module("show.wasm", "/out").stdout
        (test.out / "module.txt").write_text(module)
        right = compare(native, module) and notices_mistakes(test, native)
        return 0 if refuses_object(test) and right else 1
    except Skipped as why:
        print(why)
        return SKIPPED
    except Failed as why:
        print(why)
        return 1


if __name__ == "__main__":
    sys.exit(main())
