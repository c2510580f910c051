# SPDX-License-Identifier: BSD-2-Clause
"""Layouts as a compiler's own debug information has them: from the text of llvm-dwarfdump."""
import re
import subprocess

DIE = re.compile(r"^0x([0-9a-f]+):( +)(DW_TAG_\w+|NULL)")
ATTRIBUTE = re.compile(r"^ +(DW_AT_\w+)\t\((.*)\)$")
ADDRESS = re.compile(r"^0x[0-9a-f]+: .*, addr_size = 0x([0-9a-f]+)")
REFERENCE = re.compile(r"0x([0-9a-f]+)")


class Die:
    __slots__ = ("tag", "attributes", "children")

    def __init__(self, tag):
        self.tag = tag
        self.attributes = {}
        self.children = []

    def name(self):
        return self.attributes.get("DW_AT_name", '""').strip('"')

    def number(self, attribute, default=None):
        value = self.attributes.get(attribute)
        return default if value is None else int(value, 0)


class Unit:
    """The debug information of one object file with one compilation unit; big_endian when that is
    a header for wasm32 whose fields have to be converted."""

    def __init__(self, dwarfdump, path, big_endian=False):
        self.big_endian = big_endian
        self.dies = {}
        self.address = 8
        text = subprocess.run([dwarfdump, "--debug-info", path], check=True, text=True,
                              stdout=subprocess.PIPE).stdout
        stack = []
        die = None
        for line in text.splitlines():
            match = ADDRESS.search(line)
            if match:
                self.address = int(match.group(1), 16)
            match = DIE.match(line)
            if match:
                depth = (len(match.group(2)) - 1) // 2
                del stack[depth:]
                if match.group(3) == "NULL":
                    die = None
                    continue
                die = Die(match.group(3))
                self.dies[int(match.group(1), 16)] = die
                if stack:
                    stack[-1].children.append(die)
                stack.append(die)
            elif die is not None:
                match = ATTRIBUTE.match(line)
                if match:
                    die.attributes[match.group(1)] = match.group(2)

    def target(self, die):
        """The type that a DIE refers to, without typedefs and qualifiers; None is void."""
        while True:
            reference = die.attributes.get("DW_AT_type")
            if reference is None:
                return None
            die = self.dies[int(REFERENCE.match(reference).group(1), 16)]
            if die.tag not in ("DW_TAG_typedef", "DW_TAG_const_type", "DW_TAG_volatile_type",
                               "DW_TAG_restrict_type", "DW_TAG_atomic_type"):
                return die

    def size(self, die):
        if die.tag == "DW_TAG_array_type":
            size = self.size(self.target(die))
            for dimension in self.dimensions(die):
                size *= dimension
            return size
        if die.tag == "DW_TAG_pointer_type":
            return die.number("DW_AT_byte_size", self.address)
        return die.number("DW_AT_byte_size", 0)

    @staticmethod
    def dimensions(die):
        for child in die.children:
            if child.tag == "DW_TAG_subrange_type":
                count = child.number("DW_AT_count")
                if count is None:
                    count = child.number("DW_AT_upper_bound", -1) + 1
                yield count

    def scalar(self, die):
        """u, s, f or b and the number of bits; structs by their name."""
        if die.tag == "DW_TAG_pointer_type":
            return f"u{8 * self.size(die)}"
        if die.tag == "DW_TAG_enumeration_type":
            below = self.target(die)
            kind = self.scalar(below)[0] if below else "u"
            return f"{kind}{8 * self.size(die)}"
        if die.tag == "DW_TAG_base_type":
            encoding = die.attributes["DW_AT_encoding"]
            kind = {"DW_ATE_boolean": "b", "DW_ATE_float": "f", "DW_ATE_signed": "s",
                    "DW_ATE_signed_char": "s"}.get(encoding, "u")
            return f"{kind}{8 * self.size(die)}"
        kind = "union" if die.tag == "DW_TAG_union_type" else "struct"
        return f"{kind} {plain(die.name()) or '{}'} of {self.size(die)}"

    def fields(self, record, path=(), base=0):
        """Yields (path, bit offset, bit size, what) of each named field."""
        for member in record.children:
            if member.tag != "DW_TAG_member":
                continue
            of = self.target(member)
            name = plain(member.name())
            if name.startswith(("__wbpf_hole", "__wbpf_bits")):
                continue
            here = path + ((name,) if name else ())
            at = base + self.offset(member, of)
            bits = member.number("DW_AT_bit_size")
            element, dimensions = of, ""
            while element.tag == "DW_TAG_array_type":
                dimensions += "".join(f"[{n}]" for n in self.dimensions(element))
                element = self.target(element)
            what = self.scalar(element)
            bits = 8 * self.size(of) if bits is None else bits
            converted = self.converted(element) if self.big_endian else None
            if converted:
                first, width, what = converted
                at += first
                bits = bits if dimensions else width
            elif self.big_endian and what[0] in "usf" and what[1:].isdigit() and int(what[1:]) > 8:
                what += " that is not converted"
            if name and member.number("DW_AT_bit_size") != 0:
                yield (".".join(here), at, bits, what + dimensions)
            if converted:
                continue
            pointer = None if name else self.arena_pointer(element)
            if pointer:
                yield (".".join(here + (pointer,)), at, bits, "u64")
            elif element.tag in ("DW_TAG_structure_type", "DW_TAG_union_type") and not element.name():
                yield from self.fields(element, here, at)

    def arena_pointer(self, die):
        """The name of a pointer into an arena: it lies in a union with the 8 bytes that BPF has for it."""
        members = {plain(child.name()): self.target(child) for child in die.children
                   if child.tag == "DW_TAG_member"}
        pointers = [name for name, of in members.items() if of.tag == "DW_TAG_pointer_type"]
        if die.tag != "DW_TAG_union_type" or len(members) != 2 or len(pointers) != 1:
            return None
        room = members.get(f"__{pointers[0]}_room")
        return pointers[0] if room and self.scalar(room) == "u64" else None

    def converted(self, die):
        """The first bit, the width and what a big-endian field's type stands for; None: no such."""
        members = {child.name(): self.target(child) for child in die.children
                   if child.tag == "DW_TAG_member"}
        if "wbpf_width" not in members:
            return None
        first, width, sign = (list(self.dimensions(members["wbpf_" + word]))[1]
                              for word in ("first", "width", "sign"))
        what = self.scalar(self.target(members["holds"]))
        if width != int(what[1:]) and (sign == 2) != (what[0] == "s"):
            what += " of the wrong sign"
        return first - 1, width, what

    @staticmethod
    def offset(member, of):
        bit = member.number("DW_AT_data_bit_offset")
        return 8 * member.number("DW_AT_data_member_location", 0) if bit is None else bit

    def layouts(self, file=None):
        """{name: [layout, ...]} of the structs and unions, and of typedefs of unnamed ones, that a
        file declares (all files when it is None)."""
        found = {}
        for die in self.dies.values():
            if file and not die.attributes.get("DW_AT_decl_file", '""').strip('"').endswith(file):
                continue
            record, kind = die, ""
            if die.tag == "DW_TAG_typedef":
                record = self.target(die)
            if record is None or record.tag not in ("DW_TAG_structure_type", "DW_TAG_union_type") or \
                    "DW_AT_declaration" in record.attributes:
                continue
            if die is record:
                kind = "union " if die.tag == "DW_TAG_union_type" else "struct "
            name = plain(die.name())
            if not name or (die is not record and record.name()):
                continue
            layout = (self.size(record), tuple(sorted(self.fields(record))))
            found.setdefault(kind + name, []).append(layout)
        return found

    def enums(self, file=None):
        """{enumerator: the values that it has}"""
        values = {}
        for die in self.dies.values():
            if die.tag != "DW_TAG_enumeration_type":
                continue
            if file and not die.attributes.get("DW_AT_decl_file", '""').strip('"').endswith(file):
                continue
            size = 8 * self.size(die)
            for child in die.children:
                value = child.number("DW_AT_const_value") % (1 << size)
                values.setdefault(plain(child.name()), set()).add(value)
        return values


def plain(name):
    """A name without what the header puts behind it."""
    return re.sub(r"(?:___bpf|___\d+|_+)$", "", name)
