#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Judges the C header of a kernel's types: judge.py BTF HEADER FOLDER [POINTER-BYTES]

bpftool says what the types are; from that alone come assertions for each struct, union, enum,
typedef, field and enumerator, and clang for wasm32 says whether they hold of the header. Where
bitfields are is seen in the bytes that clang makes of initialised variables; in a big-endian
kernel's header, in the bytes that the header's accessors change.
"""
import os
import re
import subprocess
import sys
from pathlib import Path

import wasm
from btf import ENUMS, RECORDS, Btf, name_of

TARGET = ["--target=wasm32-wasi", "-w", "-ferror-limit=0", "-fno-caret-diagnostics",
          "-D_GNU_SOURCE", "-D_WASI_EMULATED_SIGNAL", "-D_WASI_EMULATED_MMAN",
          "-D_WASI_EMULATED_GETPID", "-D_WASI_EMULATED_PROCESS_CLOCKS"]
# Headers of the C library that declare the same protocols as the kernel, under its names (struct
# iphdr), or that take everyday names (struct entry, I, not); HEADERS in btfgen/update-libc-names.py.
NOT_BESIDE = re.compile(r"(?:arpa/(?:ftp|nameser|nameser_compat|telnet|tftp)|complex|iso646|netinet/"
                        r"(?:icmp6|igmp|ip|ip6|ip_icmp|tcp|udp)|search|(?:sys/)?stropts|sys/dir|"
                        r"tgmath)\.h")
# Names of <termios.h>, which wasi-libc lacks and the guest library has.
GUEST_NAMES = {"speed_t", "tcflag_t"}
MACROS = """
#define SIZE(type, bytes) _Static_assert(sizeof(type) == (bytes), "size of " #type)
#define AT(type, field, bytes, size) \\
	_Static_assert(__builtin_offsetof(type, field) == (bytes) && \\
		       sizeof(((type *)0)->field) == (size), #field " in " #type)
#define u(x) _Generic((x), unsigned char: 1, unsigned short: 1, unsigned int: 1, unsigned long: 1, \\
		      unsigned long long: 1, unsigned __int128: 1, default: 0)
#define s(x) _Generic((x), signed char: 1, short: 1, int: 1, long: 1, long long: 1, __int128: 1, \\
		      default: 0)
#define b(x) _Generic((x), _Bool: 1, default: 0)
#define c(x) _Generic((x), char: 1, default: 0)
#define f(x) _Generic((x), float: 1, double: 1, default: 0)
#define KIND(type, field, kind, bytes) \\
	_Static_assert(kind(((type *)0)->field) && sizeof(((type *)0)->field) == (bytes), \\
		       #kind " " #field " in " #type)
#define BITS(type, field, kind) \\
	_Static_assert(kind(((type *)0)->field), #kind " " #field " in " #type)
#define KIND_BE(type, field, kind, bytes) \\
	_Static_assert(kind(wbpf_get(((type *)0)->field)) && \\
		       sizeof(((type *)0)->field) == (bytes), #kind " " #field " in " #type)
#define BITS_BE(type, field, kind) \\
	_Static_assert(kind(wbpf_get(((type *)0)->field)), #kind " " #field " in " #type)
#define SCALAR_BE(type, kind, bytes, dims) \\
	_Static_assert(kind(wbpf_get((*(type *)0) dims)) && \\
		       sizeof((*(type *)0) dims) == (bytes), #type)
#define OF(type, field, of) \\
	_Static_assert(__builtin_types_compatible_p(__typeof__(((type *)0)->field), of), \\
		       #field " in " #type " is " #of)
#define IS(type, of, dims) \\
	_Static_assert(__builtin_types_compatible_p(__typeof__((*(type *)0) dims), of), \\
		       #type " is " #of)
#define SCALAR(type, kind, bytes, dims) \\
	_Static_assert(kind((*(type *)0) dims) && sizeof((*(type *)0) dims) == (bytes), #type)
#define VALUE(name, value) _Static_assert((name) == (value), #name)
"""


def tool(name):
    return os.environ[name]


def compiler(source, *options, language="c", standard="gnu11"):
    return subprocess.run([tool("CLANG"), *TARGET, *options, f"-std={standard}", "-x", language, "-"],
                          input=source, text=True, capture_output=True, check=False)


class Library:
    """The C library: all its headers but those for itself, and the names in them."""

    def __init__(self):
        # clang names its folders itself.
        said = compiler("", "-E", "-v").stderr
        listed = re.search(r"search starts here:\n(.*?)End of search", said, re.S).group(1)
        folder = next(Path(f.strip()) for f in listed.splitlines()
                      if (Path(f.strip()) / "wasi").is_dir())
        names = sorted(str(p.relative_to(folder)) for p in folder.rglob("*.h"))
        names = [n for n in names if not re.match(r"bits/|__|wasi/|c\+\+/", n) and
                 not NOT_BESIDE.fullmatch(n)]
        self.includes = "".join(f"#include <{n}>\n" for n in names)
        self.count = len(names)
        done = compiler(self.includes, "-fsyntax-only")
        if done.returncode:
            raise SystemExit(f"the C library's headers by themselves do not compile:\n{done.stderr}")
        text = compiler(self.includes, "-E", "-dD").stdout
        self.names = set(re.findall(r"\w+", text)) | GUEST_NAMES
        self.macros = set(re.findall(r"^#define (\w+) ", text, re.M))


class Header:
    """What a header defines, by its text alone. Whether it means that, clang says."""

    def __init__(self, text, library):
        self.macros = library.macros
        text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
        text = re.sub(r"\bwbpf_name_(\w+)", r"\1", text)  # in C it is the name, in C++ another
        self.words = set(re.findall(r"\w+", re.sub(r"^WBPF_ASSERT.*$", "", text, flags=re.M)))
        self.tags = {f"{m.group(1)} {m.group(2)}" for m in
                     re.finditer(r"^(struct|union|enum) (\w+) \{", text, re.M)}
        self.typedefs = set(re.findall(r"^typedef [^{}\n]*?(\w+)(?:\[\d+\])*;", text, re.M))
        self.typedefs |= set(re.findall(r"^typedef (?:struct|union|enum)[^\n]*\{\n(?:[^}\n][^\n]*\n)*"
                                        r"\}[^;\n]*?(\w+)(?:\[\d+\])*;", text, re.M))
        self.values = set()
        for body in re.findall(r"^(?:typedef )?enum \w* ?\{\n(.*?)^\}", text, re.M | re.S):
            self.values |= set(re.findall(r"^\t(\w+)\b", body, re.M))
        self.by_base = {}
        for space, names in (("tag", self.tags), ("typedef", self.typedefs), ("value", self.values)):
            for name in names:
                self.by_base.setdefault((space, base_of(name)), []).append(name)
        for names in self.by_base.values():
            names.sort(key=lambda name: (number_of(name), name))

    def choose(self, space, name, number):
        """The name of the number-th of the types of one name, or None."""
        names = self.by_base.get((space, name)) or self.by_base.get((space, f"{name}_"), [])
        return names[number] if number < len(names) else None

    def field(self, path):
        return ".".join(self.word(step) for step in path.split("."))

    def word(self, step):
        """A field has something behind it, when its name is a keyword or a macro."""
        name, rest = re.fullmatch(r"(\w+)((?:\[\d+\])*)", step).groups()
        names = (f"{name}___bpf", f"{name}_", f"{name}__")
        names = (*names, name) if name in self.macros else (name, *names)
        return next((n for n in names if n in self.words), name) + rest


def base_of(name):
    """A name without what is behind it because of the C library, keywords, or others of its name."""
    return re.sub(r"(?:___bpf)?(?:___\d+)?$", "", name)


def number_of(name):
    match = re.search(r"___(\d+)$", name)
    return int(match.group(1)) if match else 1


def constant(value, enum):
    """An enumerator's value in C; bpftool extends the sign of those that have none, too."""
    bits = 8 * enum["size"]
    value %= 1 << bits
    if enum["encoding"] == "SIGNED" and value >> (bits - 1):
        value -= 1 << bits
        return f"{value + 1}LL - 1"
    return f"{value}ULL"


class Judge:
    def __init__(self, btf, header, library):
        self.btf, self.header, self.library = btf, header, library
        self.lines = []    # of the assertions
        self.bitfields = []  # (type, field, bit, bits, size of the type)
        self.missing = []  # types and enumerators that the header lacks
        self.used = set()
        self.names = {}    # by id: in C
        self.counted = {}
        self.owned = 0

    def count(self, what, number=1):
        self.counted[what] = self.counted.get(what, 0) + number

    def expected(self):
        """The ids that the header has to define: what the file has and that holds by value. What is
        anonymous counts where it is used; what has no size can be nowhere."""
        ids = set()
        for number, t in self.btf.own.items():
            if t["kind"] in (*RECORDS, "TYPEDEF") and name_of(t) or t["kind"] in ENUMS:
                self.btf.holds(number, ids)
        return sorted(ids)

    def give_names(self, ids):
        """By the rule: of several types of one name the first id has it, the second ___2."""
        seen = {}
        for number in ids:
            t = self.btf[number]
            name = name_of(t)
            if not name or t["kind"] not in (*RECORDS, *ENUMS, "TYPEDEF"):
                continue
            if t["kind"] in ENUMS and not t["values"]:
                continue
            if t["kind"] == "TYPEDEF" and self.btf.size(number) is None:
                self.count("without a size")
                continue
            kind = "enum" if t["kind"] in ENUMS else t["kind"].lower()
            key = ("typedef", name) if kind == "typedef" else ("tag", f"{kind} {name}")
            found = self.header.choose(*key, seen.get(key, 0))
            seen[key] = seen.get(key, 0) + 1
            if found:
                self.names[number] = found
                self.used.add(found)
            elif kind == "typedef" and name in self.library.names and self.is_scalar(number):
                self.owned += 1
            else:
                self.missing.append(key[1])

    def is_scalar(self, number):
        return self.btf.element(number)[0]["kind"] not in RECORDS

    def add(self, line):
        self.lines.append(line)

    def order(self, size):
        """Of the macros: what has a byte order in a big-endian header is read by an accessor."""
        return "_BE" if self.btf.big and size > 1 else ""

    def record(self, name, record):
        self.add(f"SIZE({name}, {record['size']});")
        for field in self.btf.fields(record):
            self.field(name, record, field)

    def field(self, name, record, field):
        path = self.header.field(field.path)
        if field.is_bits:
            self.count("bitfields")
            self.add(f"BITS{self.order(2)}({name}, {path}, {self.btf.kind(field.element)});")
            self.bitfields.append((name, path, field.at, field.bits, record["size"]))
            return
        self.count("fields")
        self.add(f"AT({name}, {path}, {field.at // 8}, {field.bits // 8});")
        first = path + "[0]" * len(field.dimensions)
        element, kind = field.element, self.btf.kind(field.element)
        if kind == "bytes":
            self.add(f"KIND({name}, {first}[0], u, 1);")
        elif kind:
            size = self.btf.pointer if element["kind"] == "PTR" else element["size"]
            self.add(f"KIND{self.order(size)}({name}, {first}, {kind}, {size});")
        elif element["id"] in self.names:
            self.add(f"OF({name}, {first}, {self.names[element['id']]});")

    def typedef(self, number, t):
        name = self.names[number]
        self.count("typedefs")
        self.add(f"SIZE({name}, {self.btf.size(number)});")
        element, dimensions = self.btf.element(number)
        kind = self.btf.kind(element)
        dims = "[0]" * len(dimensions)
        if not kind and not name_of(element) and not dimensions:
            self.record(name, element)
        elif not kind and element["id"] in self.names:
            self.add(f"IS({name}, {self.names[element['id']]}, {dims});")
        elif kind and kind != "bytes":
            size = self.btf.pointer if element["kind"] == "PTR" else element["size"]
            # A typedef of a number is for values: only arrays of them are as they are in memory.
            order = self.order(size) if dimensions else ""
            self.add(f"SCALAR{order}({name}, {kind}, {size}, {dims});")

    def values(self, ids):
        seen = {}
        for number in ids:
            t = self.btf[number]
            for value in t["values"] if t["kind"] in ENUMS else []:
                name = value["name"]
                found = self.header.choose("value", name, seen.get(name, 0))
                seen[name] = seen.get(name, 0) + 1
                if not found:
                    self.missing.append(f"enumerator {name}")
                    continue
                self.count("enumerators")
                self.used.add(found)
                self.add(f"VALUE({found}, {constant(value['val'], t)});")

    def judge(self):
        ids = self.expected()
        self.give_names(ids)
        for number in ids:
            t = self.btf[number]
            if number not in self.names:
                continue
            name = self.names[number]
            if t["kind"] in RECORDS:
                self.count("structs and unions")
                self.record(name, t)
            elif t["kind"] in ENUMS:
                self.count("enums")
                self.add(f"SIZE({name}, {t['size']});")
            else:
                self.typedef(number, t)
        self.values(ids)
        extra = (self.header.tags | self.header.typedefs | self.header.values) - self.used
        self.extra = sorted(name for name in extra if not name.endswith("___range"))


class Verdict:
    """What came out; failures are sentences."""

    def __init__(self):
        self.missing, self.extra, self.errors, self.failed, self.moved = [], [], [], [], []
        self.counted, self.owned = {}, 0

    def failures(self):
        return [*(f"not in the header: {name}" for name in self.missing),
                *(f"only in the header: {name}" for name in self.extra),
                *self.errors, *self.failed, *self.moved]

    def __str__(self):
        counted = ", ".join(f"{n} {what}" for what, n in self.counted.items())
        return (f"{counted}, {self.owned} typedefs left to the C library: {len(self.missing)} missing, "
                f"{len(self.extra)} too many, {len(self.errors)} compile errors, "
                f"{len(self.failed)} assertions failed, {len(self.moved)} bitfields elsewhere")


def bits_source(bitfields):
    """One variable with a part for each bitfield: all its bits, and nothing else, set."""
    parts = "".join(f"\t{name} p{i};\n" for i, (name, *_) in enumerate(bitfields))
    values = "".join(f"\t.p{i}.{path} = -1,\n" for i, (_, path, *_) in enumerate(bitfields))
    return f"struct __attribute__((packed)) judged_bits {{\n{parts}}};\n" \
           f"const struct judged_bits judged_bits = {{\n{values}}};\n" if bitfields else ""


def bits_moved(bitfields, data):
    """Sentences about the bitfields whose bits are not where BTF has them."""
    at = 0
    for name, path, bit, bits, size in bitfields:
        want = ((1 << bits) - 1) << bit
        if int.from_bytes(data[at:at + size], "little") != want:
            yield f"{path} in {name}: its bits are elsewhere"
        at += size


ACCESSED = """
#include <stdio.h>
#include <string.h>

static _Alignas(4096) unsigned char bytes[1 << 24];

/* The first of the bits that differ, counted from the highest of the first byte, and how many. */
static void show(size_t size, int before)
{
	size_t first = 0, count = 0, last = 0;
	for (size_t i = 0; i < 8 * size; i++) {
		if ((bytes[i / 8] >> (7 - i % 8) & 1) == (before & 1))
			continue;
		first = count++ ? first : i;
		last = i;
	}
	printf("%zu %zu %zu\\n", first, count, last);
}

#define SHOW(type, field) do { \\
	_Static_assert(sizeof(type) <= sizeof(bytes), "room for " #type); \\
	memset(bytes, 0, sizeof(type)); \\
	wbpf_set(((type *)bytes)->field, -1); \\
	show(sizeof(type), 0); \\
	memset(bytes, 0xff, sizeof(type)); \\
	wbpf_set(((type *)bytes)->field, 0); \\
	show(sizeof(type), -1); \\
} while (0)

int main(void)
{
"""


def accessors_moved(include, bitfields, work):
    """The same of big-endian ones, whose accessors are the same on this machine as under wasm32."""
    program = work / "accessors"
    lines = "".join(f"\tSHOW({name}, {path});\n" for name, path, *_ in bitfields)
    made = subprocess.run([tool("CLANG"), "-std=gnu11", "-w", "-D_GNU_SOURCE", "-x", "c", "-", "-o",
                           program], input=include + ACCESSED + lines + "\treturn 0;\n}\n",
                          text=True, capture_output=True, check=False)
    if made.returncode:
        yield next((line for line in made.stderr.splitlines() if "error" in line), made.stderr)
        return
    said = subprocess.run([program], check=True, text=True, stdout=subprocess.PIPE).stdout
    said = said.splitlines()
    for i, (name, path, bit, bits, _) in enumerate(bitfields):
        if said[2 * i:2 * i + 2] != 2 * [f"{bit} {bits} {bit + bits - 1}"]:
            yield f"{path} in {name}: its bits are elsewhere: {said[2 * i:2 * i + 2]}"


def read_errors(text, assertions, verdict):
    """clang's errors: our assertions that do not hold, and all else."""
    for line in text.splitlines():
        match = re.match(r"(.*?):\d+:\d+: (?:fatal )?error: (.*)", line)
        if match and Path(match.group(1)).name == assertions and \
                match.group(2).startswith("static assertion failed"):
            verdict.failed.append(match.group(2))
        elif match:
            verdict.errors.append(line)


def judge(btf, header, library, work):
    """A Verdict about a header of the types of a Btf."""
    verdict = Verdict()
    judged = Judge(btf, Header(header.read_text(), library), library)
    judged.judge()
    verdict.missing, verdict.extra = judged.missing, judged.extra
    verdict.counted, verdict.owned = judged.counted, judged.owned
    assertions = work / "assertions.h"
    assertions.write_text(MACROS + "\n".join(judged.lines) + "\n")
    include = f'#include "{header}"\n'
    made = work / "bits.o"
    made.unlink(missing_ok=True)
    after = library.includes + include + f'#include "{assertions}"\n'
    done = compiler(after, "-fsyntax-only")
    read_errors(done.stderr, assertions.name, verdict)
    bits = "" if btf.big else bits_source(judged.bitfields)
    done = compiler(include + library.includes + bits, "-O0", "-c", "-o", made)
    read_errors(done.stderr, "", verdict)
    if btf.big and judged.bitfields:
        verdict.moved += accessors_moved(include, judged.bitfields, work)
    elif judged.bitfields and made.exists():
        verdict.moved += bits_moved(judged.bitfields, wasm.largest_data(made.read_bytes()))
    return verdict


def judge_as_cxx(header, library):
    """The errors of C++, in which the header's own assertions have to do."""
    verdict = Verdict()
    include = f'#include "{header}"\n'
    for text in (library.includes + include, include + library.includes):
        done = compiler(text, "-fsyntax-only", language="c++", standard="gnu++17")
        read_errors(done.stderr, "", verdict)
    return verdict.errors


def main():
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    work = Path(sys.argv[3]).resolve()
    work.mkdir(parents=True, exist_ok=True)
    btf = Btf(tool("BPFTOOL"), sys.argv[1], pointer=int(sys.argv[4]) if sys.argv[4:] else 8)
    verdict = judge(btf, Path(sys.argv[2]).resolve(), Library(), work)
    for failure in verdict.failures()[:200]:
        print(failure)
    print(verdict)
    return 1 if verdict.failures() else 0


if __name__ == "__main__":
    sys.exit(main())
