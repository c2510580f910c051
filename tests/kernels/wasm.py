# SPDX-License-Identifier: BSD-2-Clause
"""The data in a wasm object file."""


def number(data, at):
    """An unsigned LEB128 and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7f) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def sections(wasm):
    at = 8
    while at < len(wasm):
        kind = wasm[at]
        size, at = number(wasm, at + 1)
        yield kind, wasm[at:at + size]
        at += size


def segments(wasm):
    """The bytes of each data segment."""
    for kind, data in sections(wasm):
        if kind != 11:
            continue
        count, at = number(data, 0)
        for _ in range(count):
            flags, at = number(data, at)
            if flags & 2:
                _, at = number(data, at)
            if not flags & 1:
                at = data.index(b"\x0b", number(data, at + 1)[1]) + 1  # i32.const N, end
            size, at = number(data, at)
            yield data[at:at + size]
            at += size


def largest_data(wasm):
    return max(segments(wasm), key=len, default=b"")
