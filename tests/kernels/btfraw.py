# SPDX-License-Identifier: BSD-2-Clause
"""Finds type information (BTF) in bytes: by its header in a kernel's image, by its section in an
ELF file. Its contents are for others to read."""
import struct

ORDERS = [("<", b"\x9f\xeb\x01\x00"), (">", b"\xeb\x9f\x01\x00")]
HEADER = 24


def find(image):
    """The largest BTF in an image without sections, or None."""
    best = None
    for order, magic in ORDERS:
        at = image.find(magic)
        while at >= 0:
            size = size_at(image, at, order)
            if size and (best is None or size > len(best)):
                best = image[at:at + size]
            at = image.find(magic, at + 1)
    return best


def size_at(image, at, order):
    """Its size when there is a header that makes sense, else 0."""
    if at + HEADER > len(image):
        return 0
    header, types, type_bytes, strings, string_bytes = struct.unpack_from(order + "5I", image, at + 4)
    if header != HEADER or types or strings != type_bytes:
        return 0
    size = HEADER + strings + string_bytes
    return size if type_bytes and at + size <= len(image) and image[at + size - 1] == 0 else 0


def section(elf, wanted=b".BTF"):
    """A section's bytes, or None when there is none of that name."""
    if elf[:4] != b"\x7fELF":
        return None
    order = "<" if elf[5] == 1 else ">"
    wide = elf[4] == 2
    start = struct.unpack_from(order + ("Q" if wide else "I"), elf, 40 if wide else 32)[0]
    each, count, names = struct.unpack_from(order + "3H", elf, 58 if wide else 46)

    def entry(number):
        form = "IIQQQQ" if wide else "IIIIII"
        name, _, _, _, offset, size = struct.unpack_from(order + form, elf, start + number * each)
        return name, offset, size

    strings = entry(names)[1]
    for number in range(count):
        name, offset, size = entry(number)
        if elf.startswith(wanted + b"\0", strings + name):
            return elf[offset:offset + size]
    return None
