#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""An object file in which a name is another one of the same length: rename.py IN NAME HEX OUT"""
import sys

source, name, other, target = sys.argv[1:]
with open(source, "rb") as f:
    data = f.read()
old, new = b"\0" + name.encode() + b"\0", b"\0" + bytes.fromhex(other) + b"\0"
assert len(old) == len(new) and data.count(old) >= 2, "in the symbols and in the types"
with open(target, "wb") as f:
    f.write(data.replace(old, new))
