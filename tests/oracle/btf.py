# SPDX-License-Identifier: BSD-2-Clause
"""Layouts as bpftool reads them from BTF: a second reader for types whose source is not at hand.
The same answers as dwarf.Unit gives."""
import json
import subprocess

from dwarf import plain

THROUGH = ("CONST", "VOLATILE", "RESTRICT", "TYPE_TAG", "TYPEDEF")


class Btf:
    def __init__(self, bpftool, path):
        text = subprocess.run([bpftool, "-j", "btf", "dump", "file", path], check=True, text=True,
                              stdout=subprocess.PIPE).stdout
        self.types = {t["id"]: t for t in json.loads(text)["types"]}

    def resolve(self, number):
        while self.types[number]["kind"] in THROUGH:
            number = self.types[number]["type_id"]
        return self.types[number]

    def size(self, t):
        if t["kind"] == "ARRAY":
            return t["nr_elems"] * self.size(self.resolve(t["type_id"]))
        return 8 if t["kind"] == "PTR" else t["size"]

    def scalar(self, t):
        if t["kind"] in ("STRUCT", "UNION"):
            return f"{t['kind'].lower()} {name_of(t) or '{}'} of {t['size']}"
        if t["kind"] == "FLOAT":
            kind = "f"
        elif t["kind"] == "INT" and "BOOL" in t["encoding"]:
            kind = "b"
        else:
            signed = t["kind"] != "PTR" and ("CHAR" in t["encoding"] or t["name"] == "char" or
                                             "SIGNED" in t["encoding"].replace("UNSIGNED", ""))
            kind = "s" if signed else "u"
        return f"{kind}{8 * self.size(t)}"

    def fields(self, record, path=(), base=0):
        for member in record["members"]:
            of = self.resolve(member["type_id"])
            name = name_of(member)
            here = path + ((name,) if name else ())
            at = base + member["bits_offset"]
            bits = member.get("bitfield_size") or 8 * self.size(of)
            element, dimensions = of, ""
            while element["kind"] == "ARRAY":
                dimensions += f"[{element['nr_elems']}]"
                element = self.resolve(element["type_id"])
            if name:
                yield (".".join(here), at, bits, self.scalar(element) + dimensions)
            if element["kind"] in ("STRUCT", "UNION") and not name_of(element):
                yield from self.fields(element, here, at)

    def layouts(self):
        found = {}
        for t in self.types.values():
            record, kind = t, t["kind"].lower() + " "
            if t["kind"] == "TYPEDEF" and t["type_id"]:
                record, kind = self.resolve(t["type_id"]), ""
            if record["kind"] not in ("STRUCT", "UNION") or not name_of(t) or \
                    (t is not record and name_of(record)):
                continue
            layout = (record["size"], tuple(sorted(self.fields(record))))
            found.setdefault(kind + name_of(t), []).append(layout)
        return found

    def enums(self):
        values = {}
        for t in self.types.values():
            for value in t["values"] if t["kind"] in ("ENUM", "ENUM64") else []:
                values.setdefault(name_of(value), set()).add(value["val"] % (1 << 8 * t["size"]))
        return values


def name_of(t):
    return "" if t["name"] == "(anon)" else plain(t["name"])
