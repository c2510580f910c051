# SPDX-License-Identifier: BSD-2-Clause
"""Types as bpftool reads them from BTF."""
import json
import subprocess

THROUGH = ("CONST", "VOLATILE", "RESTRICT", "TYPE_TAG")
RECORDS = ("STRUCT", "UNION")
ENUMS = ("ENUM", "ENUM64")


def dump(bpftool, path, base=None):
    """{id: type} of a file; of a module's only its own."""
    command = [bpftool, "-j", *(["-B", base] if base else []), "btf", "dump", "file", path]
    text = subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE).stdout
    return {t["id"]: t for t in json.loads(text)["types"]}


def name_of(t):
    return "" if t["name"] == "(anon)" else t["name"]


def is_big_endian(path):
    with open(path, "rb") as file:
        return file.read(2) == b"\xeb\x9f"


class Field:
    """A field as a C expression sees it: path from the outermost struct, places in bits."""
    __slots__ = ("path", "at", "bits", "type", "element", "dimensions", "is_bits")

    def __init__(self, path, at, bits, type_, element, dimensions, is_bits):
        self.path, self.at, self.bits, self.type = path, at, bits, type_
        self.element, self.dimensions, self.is_bits = element, dimensions, is_bits


class Btf:
    def __init__(self, bpftool, path, base=None, pointer=8):
        """The types of a file; of a module beside them those of its kernel, another Btf."""
        self.path, self.pointer, self.big = path, pointer, is_big_endian(path)
        self.own = dump(bpftool, path, base.path if base else None)
        self.base = base.own if base else {}

    def __getitem__(self, number):
        return self.own[number] if number in self.own else self.base[number]

    def skip(self, number):
        """Without qualifiers; None is void."""
        while number and self[number]["kind"] in THROUGH:
            number = self[number]["type_id"]
        return self[number] if number else None

    def resolve(self, number):
        """Without typedefs, too."""
        while number and self[number]["kind"] in (*THROUGH, "TYPEDEF"):
            number = self[number]["type_id"]
        return self[number] if number else None

    def element(self, number):
        """What arrays of arrays are of, and their lengths."""
        dimensions = []
        t = self.resolve(number)
        while t and t["kind"] == "ARRAY":
            dimensions.append(t["nr_elems"])
            t = self.resolve(t["type_id"])
        return t, dimensions

    def size(self, number):
        """Bytes, or None when nothing can be of this type."""
        t, dimensions = self.element(number)
        if t is None or t["kind"] in ("FWD", "FUNC", "FUNC_PROTO"):
            return None
        size = self.pointer if t["kind"] == "PTR" else t["size"]
        for dimension in dimensions:
            size *= dimension
        return size

    def kind(self, t):
        """s, u, b or f, as a value of it behaves; "" for structs and unions."""
        if t["kind"] in RECORDS:
            return ""
        if t["kind"] == "FLOAT":
            return "f" if t["size"] in (4, 8) else "bytes"
        if t["kind"] == "INT":
            if "BOOL" in t["encoding"]:
                return "b"
            return "c" if t["name"] == "char" else "s" if "SIGNED" in t["encoding"] else "u"
        return "s" if t["kind"] in ENUMS and t["encoding"] == "SIGNED" else "u"

    def fields(self, record, path="", base=0):
        """All that have a name, in anonymous structs, and in the first element of fields of
        anonymous type, too."""
        for member in record["members"]:
            name = name_of(member)
            at = base + member["bits_offset"]
            element, dimensions = self.element(member["type_id"])
            bits = member.get("bitfield_size") or 0
            here = (f"{path}.{name}" if path else name) if name else path
            if name:
                yield Field(here, at, bits or 8 * self.size(member["type_id"]), member["type_id"],
                            element, dimensions, bool(bits))
            if element["kind"] in RECORDS and not name_of(element):
                yield from self.fields(element, here + "[0]" * len(dimensions), at)

    def holds(self, number, found):
        """Adds the ids of all that a type holds by value."""
        todo = [number]
        while todo:
            number = todo.pop()
            if not number or number in found:
                continue
            found.add(number)
            t = self[number]
            if t["kind"] in RECORDS:
                todo += [member["type_id"] for member in t["members"]]
            elif t["kind"] in (*THROUGH, "TYPEDEF", "ARRAY"):
                todo.append(t["type_id"])
