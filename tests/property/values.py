# SPDX-License-Identifier: BSD-2-Clause
"""Values: objects that clang initialises for BPF, read and written by a module that has the header.

Each field that a union does not hide gets a value by chance. What the compiler makes of them for BPF
are the bytes in the object's sections. The module reads these through the header and demands the
values; then it writes the values through the header, by an initialiser and by assignments, and
demands the bytes."""
import os
import struct
import subprocess
from random import Random

from declarations import (Array, Enum, Named, Pointer, Qualified, Record, Typedef, declare, defined,
                          number, resolve, write)
from readers import WASM32, Wrong, clang

MOST_FIELDS = 40  # that get a value, of one object
MOST_BYTES = 4096

MODULE = """#include <stdio.h>
#include <string.h>
#include "{header}"

static _Alignas(64) unsigned char room[{most}];
static int wrong, fields, objects;

static void *fetch(const void *bytes, unsigned size)
{{
	objects++;
	return memcpy(room, bytes, size);
}}

static void *clear(unsigned size)
{{
	return memset(room, 0, size);
}}

static void demand(int is, const char *what)
{{
	fields++;
	if (is)
		return;
	wrong++;
	printf("%s\\n", what);
}}

static void same(const void *made, const unsigned char *bytes, unsigned size, const char *what)
{{
	const unsigned char *at = made;
	for (unsigned i = 0; i < size; i++) {{
		if (at[i] == bytes[i])
			continue;
		printf("%s: byte %u is %02x, not %02x\\n", what, i, at[i], bytes[i]);
		wrong++;
		return;
	}}
}}

{objects}
int main(void)
{{
{calls}	printf("%d objects, %d fields, %d wrong\\n", objects, fields, wrong);
	return wrong != 0;
}}
"""


class Value:
    """What one field gets: the way to it, and the value as C for BPF and with the header. A field of
    one byte is the same in both byte orders."""

    def __init__(self, path, text, header_text, is_const, is_byte):
        self.path, self.text, self.header_text = path, text, header_text
        self.is_const, self.is_byte = is_const, is_byte


class Filler:
    def __init__(self, random):
        self.random = random

    def fill(self, of):
        """The values of an object of this type."""
        values = []
        self.record(resolve(of), "", is_const(of), values)
        return values[:MOST_FIELDS]

    def record(self, record, path, const, values):
        fields = [f for f in record.fields if f.name or isinstance(resolve(f.of), Record)]
        fields = [f for f in fields if not is_empty(f.of)]
        if record.word == "union" and fields:
            fields = [self.random.choice(fields)]
        for field in fields:
            below = f"{path}.{field.name}" if field.name else path
            self.field(field.of, field.width, below, const, values)

    def field(self, of, width, path, const, values):
        const = const or is_const(of)
        of = resolve(of)
        if isinstance(of, Array):
            for index in {self.random.randrange(2 if of.length is None else of.length)
                          for _ in range(2)}:
                self.field(of.of, None, f"{path}[{index}]", const, values)
        elif isinstance(of, Record):
            self.record(of, path, const, values)
        else:
            bits = 64 if isinstance(of, Pointer) else of.bits() if isinstance(of, Enum) else of.bits
            values.append(Value(path, *self.leaf(of, width), const, bits == 8 and width is None))

    def leaf(self, of, width):
        """(C for BPF, C with the header)"""
        if isinstance(of, Pointer):
            address = self.random.getrandbits(64)
            return f"(void *){number(address)}", number(address)
        if isinstance(of, Enum):
            text = number(self.enumerator(of, width))
        elif of.kind == "f":
            value = self.random.uniform(-1e6, 1e6)
            if of.bits == 32:
                value = struct.unpack("f", struct.pack("f", value))[0]
            text = value.hex()
        else:
            text = number(self.integer(of, width or of.bits))
        return text, text

    def integer(self, of, bits):
        if of.kind == "b":
            return self.random.getrandbits(1)
        low = -1 << (bits - 1) if of.kind == "s" else 0
        high = low + (1 << bits) - 1
        return self.random.choice([low, high, self.random.randint(low, high),
                                   self.random.randint(low, high)])

    def enumerator(self, enum, width):
        signed = enum.is_signed()
        fitting = [value for _, value in enum.values
                   if width is None or (-1 << (width - 1) <= value < 1 << (width - 1) if signed
                                        else value < 1 << width)]
        return self.random.choice(fitting or [0])


def is_const(of):
    while True:
        if isinstance(of, Qualified):
            if "const" in of.words:
                return True
            of = of.of
        elif isinstance(of, Pointer):
            return "const" in of.qualifiers
        elif isinstance(of, Named) and isinstance(of.declaration, Typedef):
            of = of.declaration.of
        elif isinstance(of, Array):
            of = of.of
        else:
            return False


def is_empty(of):
    """Does an initialiser reach nothing of it?"""
    of = resolve(of)
    if isinstance(of, Array):
        return of.length == 0 or is_empty(of.of)
    if isinstance(of, Record):
        return all(is_empty(f.of) or (not f.name and f.width is not None) for f in of.fields)
    return False


def has_flexible(record):
    return bool(record.fields) and isinstance(record.fields[-1].of, Array) and \
        record.fields[-1].of.length is None


def initialiser(values):
    """C has no designators into flexible arrays: these get braces."""
    text = [f"{v.path} = {v.text}" for v in values if not v.path.startswith(".flexible")]
    flexible = [f"{v.path[9:]} = {v.text}" for v in values if v.path.startswith(".flexible")]
    return ", ".join(text + ([f".flexible = {{ {', '.join(flexible)} }}"] if flexible else []))


class Objects:
    """An object of each struct and union among some declarations."""

    def __init__(self, declarations, random):
        filler = Filler(random)
        self.declarations = declarations
        self.all = []  # (number, declaration, values)
        for d in defined(declarations):
            record = resolve(Named(d))
            if isinstance(record, Record) and not is_empty(record) and d.weight < MOST_BYTES:
                self.all.append((len(self.all), d, filler.fill(Named(d))))

    def source(self):
        """C for BPF."""
        text = [write(self.declarations)]
        for i, d, values in self.all:
            text.append(f"{declare(Named(d), f'v{i}')} = {{ {initialiser(values)} }};\n")
        return "".join(text)

    def module(self, header, elf, big):
        """C of the module; header is the file to include, elf the object made of source(). What is
        big-endian is read and written by the header's macros, and cannot be initialised."""
        text, calls, most = [], [], 1
        for i, d, values in self.all:
            data = elf.bytes(f"v{i}")
            if len(data) > MOST_BYTES:
                continue
            most = max(most, len(data))
            write_object = self.big_object if big else self.object
            text.append(write_object(i, d, values, data))
            calls.append(f"\tcheck{i}();\n")
        return MODULE.format(header=header, most=most, objects="".join(text), calls="".join(calls))

    @staticmethod
    def begin(i, d, data):
        return [f"static const unsigned char b{i}[] = {{{','.join(map(str, data))}}};",
                f"static void check{i}(void)", "{", f"\t{d.spelled()} *v = fetch(b{i}, sizeof(b{i}));"]

    def object(self, i, d, values, data):
        name, lines = f'"{d.spelled()}"', self.begin(i, d, data)
        for v in values:
            lines.append(f"\tdemand(v->{v.path[1:]} == ({v.header_text}), "
                         f'{name} ": {v.path[1:]} is not {v.header_text}");')
        if not has_flexible(resolve(Named(d))):
            init = ", ".join(f"{v.path} = {v.header_text}" for v in values)
            lines.append(f"\tstatic {d.spelled()} made = {{ {init} }};")
            lines.append(f'\tsame(&made, b{i}, sizeof(b{i}), {name} ", initialised");')
        if not any(v.is_const for v in values):
            lines.append(f"\tclear(sizeof(b{i}));")
            lines += [f"\tv->{v.path[1:]} = {v.header_text};" for v in values]
            lines.append(f'\tsame(v, b{i}, sizeof(b{i}), {name} ", assigned");')
        return "\n".join(lines) + "\n}\n\n"

    def big_object(self, i, d, values, data):
        name, lines = f'"{d.spelled()}"', self.begin(i, d, data)
        for v in values:
            field = f"v->{v.path[1:]}" if v.is_byte else f"wbpf_get(v->{v.path[1:]})"
            lines.append(f"\tdemand({field} == ({v.header_text}), "
                         f'{name} ": {v.path[1:]} is not {v.header_text}");')
        if not any(v.is_const for v in values):
            lines.append(f"\tclear(sizeof(b{i}));")
            lines += [f"\tv->{v.path[1:]} = {v.header_text};" if v.is_byte else
                      f"\twbpf_set(v->{v.path[1:]}, {v.header_text});" for v in values]
            lines.append(f'\tsame(v, b{i}, sizeof(b{i}), {name} ", set");')
        return "\n".join(lines) + "\n}\n\n"


class Elf:
    """What the symbols of a 64-bit object file have."""

    def __init__(self, path):
        self.file = path.read_bytes()
        self.order = "<" if self.file[5] == 1 else ">"
        at, = self.unpack("Q", 40)
        size, count = self.unpack("HH", 58)
        self.sections = [self.unpack("IIQQQQIIQQ", at + i * size) for i in range(count)]
        self.symbols = {}
        for section in self.sections:
            if section[1] == 2:  # SHT_SYMTAB
                strings = self.sections[section[6]][4]
                for symbol in range(section[4], section[4] + section[5], 24):
                    name, _, _, index, value, length = self.unpack("IBBHQQ", symbol)
                    end = self.file.index(b"\0", strings + name)
                    self.symbols[self.file[strings + name:end].decode()] = (index, value, length)

    def unpack(self, form, at):
        return struct.unpack_from(self.order + form, self.file, at)

    def bytes(self, name):
        index, value, length = self.symbols[name]
        section = self.sections[index]
        if section[1] == 8:  # SHT_NOBITS
            return bytes(length)
        return self.file[section[4] + value:section[4] + value + length]


def check(reader, declarations, seed, change=lambda header: None, *options):
    """Raises Wrong; the number of objects that were right. change() may change the header, options are
    clang's for the module: judge.py needs them."""
    objects = Objects(declarations, Random(seed))
    reader.make(declarations, objects.source())
    unit, module = reader.work / "module.c", reader.work / "module.wasm"
    unit.write_text(objects.module(reader.header, Elf(reader.object), reader.big))
    change(reader.header)
    clang("the module does not compile", *WASM32, *options, unit, "-o", module)
    ran = subprocess.run([os.environ["WBPF_RUN"], "--no-cache", module], capture_output=True,
                         text=True)
    if ran.returncode:
        raise Wrong(f"values that are not read or written as the compiler has them: exit status "
                    f"{ran.returncode}\n{ran.stdout}{ran.stderr}")
    return len(objects.all)
