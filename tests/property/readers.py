# SPDX-License-Identifier: BSD-2-Clause
"""The ways from declarations to a header, and the compilers."""
import os
import subprocess

import layouts
from declarations import Record, defined, write

HEADERS = ["errno.h", "limits.h", "stdio.h", "stdlib.h", "sys/socket.h", "sys/stat.h", "sys/time.h",
           "sys/types.h", "time.h", "unistd.h"]
NO_ASSERTIONS = ["-DWBPF_ASSERT_SIZE(type, bytes)=_Static_assert(sizeof(type) + 1, \"\")",
                 "-DWBPF_ASSERT_OFFSET(...)=_Static_assert(1, \"\")"]
WASM32 = ["--target=wasm32-wasi", "-D_GNU_SOURCE"]


class Wrong(Exception):
    """What is wrong with a source file, up to a colon always the same words; and with which of its
    types, when that is known: (name, original layout, layouts in the header)"""

    def __init__(self, what, types=()):
        super().__init__(what)
        self.types = list(types)

    def kind(self):
        return str(self).partition(":")[0]


def run(what, *command):
    """Standard output."""
    made = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if made.returncode:
        raise Wrong(f"{what}: {made.stderr or made.returncode}")
    return made.stdout


def clang(what, *words):
    return run(what, os.environ["CLANG"], "-w", "-fno-caret-diagnostics", "-ferror-limit=5", *words)


class Reader:
    """The types that variables use, from a BPF object."""

    target = ["-target", "bpf", "-mcpu=v3", "-O2"]
    kinds = layouts.BPF
    narrow = big = False

    def __init__(self, work):
        self.work = work
        self.source, self.object, self.header = work / "case.c", work / "case.o", work / "case.h"

    def options(self, declarations):
        return []

    def write(self, declarations):
        return write(declarations) + variables(declarations)

    def compile(self):
        clang("the compiler refuses the declarations", *self.target, "-g", "-c", self.source, "-o",
              self.object)
        return self.object

    def make(self, declarations, text=None):
        """Writes the header; text is the source file's, when it has more than the types."""
        self.source.write_text(text or self.write(declarations))
        run("wbpf-gen fails", os.environ["WBPF_GEN"], "header", self.compile(), "-o", self.header,
            *self.options(declarations))

    def original(self, declarations):
        """The layouts that the header has to have."""
        source = self.work / "original.c"
        asked = "".join(layouts.asked(d.spelled()) for d in defined(declarations)
                        if isinstance(d, Record))
        source.write_text(write(declarations) + layouts.unnamed_probes(declarations) + asked +
                          layouts.probes(declarations))
        return layouts.Dump(clang("the compiler refuses the declarations", *self.target,
                                  *layouts.OPTIONS, source), self.kinds)

    def judge(self, layout):
        """What of a layout is compared."""
        return layout


class All(Reader):
    """All types of a BPF object."""

    def options(self, declarations):
        return ["--all"]


class Raw(All):
    """BTF without an object."""

    def compile(self):
        raw = self.work / "case.btf"
        run("llvm-objcopy fails", os.environ["OBJCOPY"], "--dump-section", f".BTF={raw}",
            super().compile(), self.work / "rest.o")
        return raw


class Dwarf(Reader):
    """Types that no BTF has, only the debug information."""

    def write(self, declarations):
        return write(declarations) + "int kept;\n"

    def compile(self):
        clang("the compiler refuses the declarations", *self.target, "-g",
              "-fno-eliminate-unused-debug-types", "-c", self.source, "-o", self.object)
        return self.object

    def options(self, declarations):
        return [word for d in defined(declarations) for word in ("--type", d.spelled())]


class Narrow(All):
    """BTF of a 32-bit machine. gcc writes it and clang judges; of the fields only their places, as
    gcc 12 forgets signs of enums there and reverses arrays of arrays."""

    target = ["--target=i386-linux-gnu"]
    kinds = layouts.I386
    narrow = True

    def compile(self):
        run("the compiler refuses the declarations", os.environ["CC"], "-m32", "-gbtf", "-w", "-c",
            self.source, "-o", self.object)
        return self.object

    def judge(self, layout):
        return layouts.places(layout)


class Big(Reader):
    """A big-endian object: bits are counted from the highest of a byte."""

    target = ["-target", "bpfeb", "-mcpu=v3", "-O2"]
    big = True

    def judge(self, layout):
        return layouts.whole_widths(layout)


class BigDwarf(Dwarf):
    target, big, judge = Big.target, True, Big.judge


READERS = {"btf": Reader, "all": All, "raw": Raw, "dwarf": Dwarf, "narrow": Narrow, "big": Big,
           "big-dwarf": BigDwarf}


def variables(declarations):
    """A variable of each type, or a pointer to it: clang's BTF has what these reach. (A typedef can be
    const, and libbpf opens no object whose constants are all empty.)"""
    return "".join(
        f"{d.spelled()} {'*' if number % 3 or not isinstance(d, Record) else ''}v{number};\n"
        for number, d in enumerate(defined(declarations)))


def header_layouts(declarations, work, header, *options, values=True):
    """The layouts that a header has for wasm32, with the C library's headers before or after it; with
    values, its enumerators are judged as well."""
    libc = "".join(f"#include <{name}>\n" for name in HEADERS)
    text = [f'#include "{header}"\n', libc]
    if len(declarations) % 2:
        text.reverse()
    unit = work / "header.c"
    unit.write_text("".join(text) + layouts.probes(declarations) +
                    (layouts.values(declarations) if values else ""))
    return layouts.Dump(clang("the header does not compile", *WASM32, *layouts.OPTIONS, *options,
                              unit), layouts.WASM32)


def compare(declarations, original, header, judge=lambda layout: layout):
    """The types that differ: (name, original layout, layouts of the header)."""
    candidates = {}
    for title in header.raw:
        candidates.setdefault(layouts.plain(title), []).append(title)
    titles = wanted(declarations, original)
    wrong = []
    for title in titles:
        theirs = judge(original.layout(title))
        ours = [judge(header.layout(t)) for t in candidates.get(layouts.plain(title), [])
                if layouts.same_name(title, t)]
        if not any(layouts.same(theirs, layout) for layout in ours):
            wrong.append((title, theirs, ours))
    return wrong


def wanted(declarations, original):
    """The titles of the layouts that a header has to have."""
    titles = [d.spelled() for d in defined(declarations) if isinstance(d, Record)]
    return titles + [title for title in original.raw if title.startswith("struct wbpf_use_")]


def check(reader, declarations):
    """Raises Wrong; the number of types that were right."""
    reader.make(declarations)
    original = reader.original(declarations)
    refused = None
    try:
        header = header_layouts(declarations, reader.work, reader.header,
                                values=not reader.narrow)
    except Wrong as wrong:  # where its assertions say that it is wrong, see how
        header = header_layouts(declarations, reader.work, reader.header, *NO_ASSERTIONS,
                                values=False)
        refused = wrong
    wrong = compare(declarations, original, header, reader.judge)
    if wrong:
        raise Wrong("layouts that are not as the compiler has them", wrong)
    if refused:
        raise refused
    clang("the header does not compile as C++", *WASM32, "-std=c++17", "-fsyntax-only", "-x", "c++",
          "-include", reader.header, os.devnull)
    return len(wanted(declarations, original))
