# SPDX-License-Identifier: BSD-2-Clause
"""Layouts as a compiler has them: from what clang prints with -fdump-record-layouts-canonical of each
type whose size is asked for. (-fdump-record-layouts-complete prints before it has seen attributes
that stand behind the closing brace.)

A layout is (size, fields), a field (path, bit offset, width of a bitfield or None, kind): u32, s64,
f64, b8, "struct r5", "struct {}" or "type t5", with lengths of arrays behind it."""
import re

from declarations import Array, Enum, Inner, Qualified, Record, Typedef, defined, number

OPTIONS = ["-fsyntax-only", "-Xclang", "-fdump-record-layouts", "-Xclang",
           "-fdump-record-layouts-canonical"]

FIELD = re.compile(r" *(\d+)(?::(?:(\d+)-(\d+)|-))? \|( +)(.*) ([^ ]*)$")
PLACE = re.compile(r"(struct|union|enum) .*\((?:unnamed|anonymous) at [^)]*?(\d+:\d+)\)")
DECLARATOR = re.compile(r"\(\*[^()]*?((?:\[\d*\])*)\)")
LENGTHS = re.compile(r"(?:\[\d*\])+$")
LAST_POINTER = re.compile(r"\*[^*()]*?((?:\[\d*\])*)$")
QUALIFIERS = re.compile(r"\b(?:const|volatile|restrict) ")
SUFFIX = re.compile(r"(?:___bpf|___\d+|_)+$")

SCALARS = {"char": "s8", "signed char": "s8", "unsigned char": "u8", "short": "s16",
           "unsigned short": "u16", "int": "s32", "unsigned int": "u32", "long long": "s64",
           "unsigned long long": "u64", "__int128": "s128", "unsigned __int128": "u128",
           "_Bool": "b8", "bool": "b8", "float": "f32", "double": "f64"}


class Target:
    """What a compiler has besides: bits of long and of pointers."""

    def __init__(self, bits, long_double="f64"):
        self.pointer = f"u{bits}"
        self.scalars = dict(SCALARS, **{"long": f"s{bits}", "unsigned long": f"u{bits}",
                                        "long double": long_double})


BPF = Target(64)
WASM32 = Target(32, "f128")
I386 = Target(32, "f96")


class Dump:
    """All records of one compilation."""

    def __init__(self, text, target):
        self.target = target
        self.kinds = {}
        self.raw = {}
        self.enums = {}  # kind of each enum that a probe asks for
        for record in text.split("*** Dumping AST Record Layout\n")[1:]:
            lines = record.split("\n")
            title = lines[0].partition(" | ")[2]
            self.raw[record_key(title)] = lines
        for title, lines in self.raw.items():
            if title.startswith("struct wbpf_probe_"):
                sizes = [int(LENGTHS.search(line.split()[-2]).group()[1:-1]) for line in lines[2:4]]
                enum = FIELD.match(lines[1]).group(5)
                self.enums[enum_key(enum)] = f"{'us'[sizes[1] - 1]}{8 * sizes[0]}"

    def kind(self, text):
        """(element, lengths) of a canonical type as it is printed"""
        found = self.kinds.get(text)
        if found is None:
            found = self.kinds[text] = self.find_kind(text)
        return found

    def find_kind(self, text):
        if "*" in text:
            match = DECLARATOR.search(text) or LAST_POINTER.search(text)
            return self.target.pointer, match.group(1).replace("[]", "[0]")
        text = QUALIFIERS.sub("", text)
        lengths = LENGTHS.search(text)
        element = text[:lengths.start()] if lengths else text
        lengths = lengths.group().replace("[]", "[0]") if lengths else ""
        if element.startswith("enum "):
            return self.enums[enum_key(element)], lengths
        if PLACE.match(element):
            return record_key(element), lengths
        if element.startswith(("struct ", "union ")):
            return element, lengths
        known = self.target.scalars.get(element) or self.enums.get(enum_key(element))
        return known or f"type {element}", lengths

    def layout(self, title):
        lines = self.raw[title]
        fields, end = self.fields(lines, 1, 1, "", 0)
        return int(lines[end].partition("sizeof=")[2].partition(",")[0]), fields

    def fields(self, lines, at, depth, path, base):
        """The fields from line at on, as deep as that or deeper; and the line behind them."""
        found = []
        while True:
            match = FIELD.match(lines[at])
            if not match or len(match.group(4)) < 2 * depth + 1:
                return found, at
            at += 1
            byte, low, high, _, text, name = match.groups()
            element, lengths = self.kind(text)
            bit = base + 8 * int(byte) + int(low or 0)
            if " " in element:
                below = f"{path}{name}." if name else path
                inner, at = self.fields(lines, at, depth + 1, below, base)
                word, _, tag = element.partition(" ")
                unnamed = tag.startswith("@")
                if unnamed and lengths:  # clang does not go into arrays
                    inner = self.fields(self.raw[element], 1, 1, below, bit)[0]
                converted = big_endian(inner, bit, lengths)
                if converted:
                    found.append((path + name, *converted))
                    continue
                if name:
                    shown = f"{word} {{}}" if unnamed else element
                    found.append((path + name, bit, None, shown + lengths))
                if unnamed or word == "type":
                    found += inner
            elif name and not name.startswith(("__wbpf_hole", "__wbpf_bits")):
                width = int(high) - int(low) + 1 if high else None
                found.append((path + name, bit, width, element + lengths))


def big_endian(inner, at, lengths):
    """(bit offset, width, kind) of a field that a header has in a struct because it is big-endian."""
    if len(inner) != 5 or not inner[4][0].endswith(".wbpf_sign"):
        return None
    _, held, first, width, sign = (kind.rpartition("[") for _, _, _, kind in inner)
    first, width, sign = (int(number[2][:-1]) for number in (first, width, sign))
    kind = held[0]
    if width != int(kind[1:]) and sign != 1 + (kind[0] == "s"):
        kind += " of the other sign"
    return at + first - 1, width, kind + lengths


def record_key(title):
    place = PLACE.match(title)
    return f"{place.group(1)} @{place.group(2)}" if place else title


def enum_key(text):
    text = QUALIFIERS.sub("", text)
    place = PLACE.match(text)
    return "@" + place.group(2) if place else plain(text.removeprefix("enum "))


def plain(name):
    """A name without what a header puts behind it."""
    return SUFFIX.sub("", name)


def probes(declarations):
    """Structs that tell size and sign of each enum that has a name, and the layouts of typedefs. That
    clang computes the layout of a type makes it print it."""
    text = []
    for d in defined(declarations):
        of = d.of.declaration if isinstance(d, Typedef) and isinstance(d.of, Inner) else d
        if isinstance(of, Enum):
            text.append(probe(d.name, d.spelled()))
        elif of is not d and d.is_plain():
            text.append(f"struct wbpf_use_{d.name} {{ {d.name} v; }};\n"
                        + asked(f"struct wbpf_use_{d.name}"))
    return "".join(text)


def values(declarations):
    """Assertions that enumerators with a plain name have the values that they were given."""
    text = []
    for d in defined(declarations):
        of = d.of.declaration if isinstance(d, Typedef) and isinstance(d.of, Inner) else d
        text += [f'_Static_assert({name} == {number(value)}, "");\n'
                 for name, value in (of.values if isinstance(of, Enum) else [])
                 if name.startswith("E") and name[1:].isdigit()]
    return "".join(text)


def unnamed_probes(declarations):
    """The same of the enums without a name, of which only the original knows."""
    places = []
    for d in defined(declarations):
        of = d.of.declaration if isinstance(d, Typedef) and isinstance(d.of, Inner) else d
        if isinstance(of, Record):
            unnamed_enums(of, f"(({d.spelled()} *)0)->", places)
    return "".join(probe(i, f"__typeof__({place})") for i, place in enumerate(places))


def unnamed_enums(record, path, places):
    for field in record.fields:
        of, name = field.of, field.name
        while isinstance(of, (Array, Qualified)):
            name += "[0]" if isinstance(of, Array) else ""
            of = of.of
        if not isinstance(of, Inner) or of.declaration.name:
            continue
        if isinstance(of.declaration, Enum):
            places.append(path + name)
        elif isinstance(of.declaration, Record):
            unnamed_enums(of.declaration, f"{path}{name}." if name else path, places)


def probe(name, enum):
    return (f"struct wbpf_probe_{name} {{ {enum} v; char size[sizeof({enum})]; "
            f"char sign[1 + (({enum})-1 < 0)]; }};\n" + asked(f"struct wbpf_probe_{name}"))


def asked(spelled):
    """Has clang compute a layout."""
    return f"_Static_assert(sizeof({spelled}) + 1, \"\");\n"


def same_name(original, made):
    """Is a path, or a kind, the original's, but for what the header puts behind names?"""
    if original == made:
        return True
    ours, theirs = re.split(r"([.\[ ])", original), re.split(r"([.\[ ])", made)
    return len(ours) == len(theirs) and all(
        a == b or b.startswith(a) and a and SUFFIX.fullmatch(b[len(a):])
        for a, b in zip(ours, theirs))


def same_field(original, made):
    return original[1:3] == made[1:3] and same_name(original[0], made[0]) and (
        same_name(original[3], made[3]))


def same(original, made):
    return original == made or (
        original[0] == made[0] and len(original[1]) == len(made[1]) and
        all(same_field(a, b) for a, b in zip(original[1], made[1])))


def places(layout):
    """Where fields are, without what they are."""
    return layout[0], [(*field[:3], "") for field in layout[1]]


def whole_widths(layout):
    """No width of what fills its type."""
    return layout[0], [(path, bit, None if str(width) == kind[1:].partition("[")[0] else width, kind)
                       for path, bit, width, kind in layout[1]]


def show(layout):
    lines = [f"    size {layout[0]}"]
    for path, bit, width, kind in layout[1]:
        where = f"byte {bit // 8}" + (f" bit {bit % 8}, {width} bits" if width is not None else "")
        lines.append(f"    {path}: {where}, {kind}")
    return "\n".join(lines)
