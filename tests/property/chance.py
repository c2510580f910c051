# SPDX-License-Identifier: BSD-2-Clause
"""C declarations made by chance, the same ones for the same seed."""
import random

from declarations import (Array, Enum, Field, Function, Inner, Named, Opaque, Pointer, Qualified,
                          Record, Scalar, Typedef, resolve)

INTEGERS = [Scalar(*row) for row in (
    ("char", "s", 8), ("signed char", "s", 8), ("unsigned char", "u", 8), ("short", "s", 16),
    ("unsigned short", "u", 16), ("int", "s", 32), ("unsigned", "u", 32), ("long", "s", 64),
    ("unsigned long", "u", 64), ("long long", "s", 64), ("unsigned long long", "u", 64))]
OTHERS = [Scalar("_Bool", "b", 8), Scalar("float", "f", 32), Scalar("double", "f", 64)]
WIDE = [Scalar("__int128", "s", 128), Scalar("unsigned __int128", "u", 128),
        Scalar("long double", "f", 64)]
BELOW = ["signed char", "unsigned char", "short", "unsigned short", "int", "unsigned", "long",
         "unsigned long", "long long", "unsigned long long"]
BOUNDS = [(-1 << 7, 1 << 7), (0, 1 << 8), (-1 << 15, 1 << 15), (0, 1 << 16), (-1 << 31, 1 << 31),
          (0, 1 << 32), (-1 << 63, 1 << 63), (0, 1 << 64), (-1 << 63, 1 << 63), (0, 1 << 64)]
QUALIFIERS = ["const", "volatile", "const volatile"]

# Names that mean something to C++, to the C library, or to generated headers.
KEYWORDS = ["class", "new", "this", "delete", "namespace", "template", "private", "operator",
            "virtual", "typename", "using", "export", "not", "xor", "wchar_t", "char8_t"]
FIELD_NAMES = KEYWORDS + ["errno", "stdin", "NULL", "EOF", "bool", "true", "false", "st_mtime",
                          "offsetof", "assert", "size_t", "uint8_t", "uint32_t", "int64_t", "time_t", "FILE",
                          "timespec", "stat", "static_assert", "alignas", "nullptr", "INT_MAX",
                          "major", "printf"]
TAGS = KEYWORDS + ["timespec", "timeval", "iovec", "stat", "tm", "sockaddr", "dirent", "pollfd",
                   "rusage", "time_t", "uint8_t", "timespec___bpf", "rlimit", "flock"]
TYPEDEFS = KEYWORDS + ["time_t", "size_t", "ssize_t", "dev_t", "off_t", "u8", "__u64", "string",
                       "fpos_t", "FILE", "div_t", "va_list", "sigset_t", "ino_t",
                       "int64_t", "uint32_t", "uintptr_t", "clock_t", "wint_t", "mode_t"]
ENUMERATORS = KEYWORDS + ["SEEK_SET", "EOF", "EAGAIN", "true", "false", "NULL", "CLOCK_REALTIME",
                          "stdout", "exit", "read", "AF_INET"]
ODD_NAMES = 0.03  # how often such a name is taken

MOST = 400  # scalars by value in one type, about


class Maker:
    """plain leaves out odd names; narrow what gcc's BTF of a 32-bit machine does not have, or gets
    wrong: fields behind unnamed bitfields; or where gcc and clang differ: bitfields with an
    alignment of their own."""

    def __init__(self, seed, plain=False, narrow=False):
        self.random = random.Random(seed)
        self.odd = 0 if plain else ODD_NAMES
        self.narrow = narrow
        self.declarations = []
        self.by_value = []  # declarations that fields can be of
        self.bases = []     # types that bitfields can be of, with their most bits
        self.enums = []
        self.tags = self.ordinary = set()  # in C++ they are one name space
        self.count = 0
        self.coming = []    # (word, name) of the records that will be

    def chance(self, probability):
        return self.random.random() < probability

    def fresh(self, prefix, odd_names, taken):
        """A name that its name space does not have."""
        if odd_names and self.chance(self.odd):
            name = self.random.choice(odd_names)
            if name not in taken and name not in self.ordinary:
                taken.add(name)
                return name
        self.count += 1
        return f"{prefix}{self.count}"

    def make(self, count):
        """count declarations, some of them of more than one type."""
        for _ in range(count):
            word = "union" if self.chance(0.12) else "struct"
            self.coming.append((word, self.fresh("r", TAGS, self.tags)))
        self.some_enums(3)
        for word, name in self.coming:
            if self.chance(0.04):
                self.some_enums(1)
            if self.chance(0.10):
                self.typedef()
            self.record(word, name)
        return self.declarations

    def add(self, declaration):
        self.declarations.append(declaration)
        return declaration

    # Enums

    def some_enums(self, count):
        for _ in range(count):
            name = self.fresh("e", KEYWORDS[1:], self.tags)
            self.enums.append(self.add(self.enum(name)))

    def enum(self, name):
        if not self.narrow and self.chance(0.4):
            which = self.random.randrange(len(BELOW))
            return Enum(name, self.values(*BOUNDS[which]), [], BELOW[which])
        most = len(BOUNDS) - (5 if self.narrow else 0)
        low, high = BOUNDS[self.random.randrange(most)]
        return Enum(name, self.values(low, high), ["packed"] if self.chance(0.3) else [])

    def values(self, low, high):
        values = []
        for _ in range(self.random.choice([1, 2, 2, 3, 5])):
            value = self.random.choice([low, high - 1, 0, 1, self.random.randrange(low, high)])
            values.append((self.fresh("E", ENUMERATORS, self.ordinary), value))
        return values

    # Types

    def scalar(self):
        choice = self.random.random()
        if choice < 0.7:
            return self.random.choice(INTEGERS)
        if choice < 0.9 or self.narrow:
            return self.random.choice(OTHERS)
        return self.random.choice(WIDE)

    def qualified(self, of):
        return Qualified(of, self.random.choice(QUALIFIERS)) if self.chance(0.06) else of

    def pointee(self):
        choice = self.random.random()
        if choice < 0.25:
            return self.qualified(Opaque("void"))
        if choice < 0.45:
            return self.qualified(Opaque("%s %s" % self.random.choice(self.coming)))
        if choice < 0.55:
            return Opaque(self.random.choice(["struct hidden", "union unseen"]))
        if choice < 0.7:
            return self.function()
        if choice < 0.75:
            return Array(self.scalar(), self.random.randint(1, 9))
        if choice < 0.85:
            return self.pointer()
        if choice < 0.9 and self.declarations:
            return Named(self.random.choice(self.declarations))
        if choice < 0.93 and not self.narrow:
            return Qualified(self.scalar(), '__attribute__((btf_type_tag("user")))')
        return self.qualified(self.scalar())

    def function(self):
        arguments = [self.random.choice([self.scalar, self.pointer])()
                     for _ in range(self.random.randint(0, 3))]
        return Function(self.random.choice([Opaque("void"), self.scalar()]), arguments)

    def pointer(self):
        to = self.pointee()
        words = ["", "", "", "const", "volatile", "const volatile"]
        if not isinstance(to, Function):
            words.append("restrict")
        return Pointer(to, self.random.choice(words))

    def light(self, most):
        """A declaration made before, of which fields can be."""
        for _ in range(3):
            declaration = self.random.choice(self.by_value)
            if declaration.weight <= most:
                return declaration
        return None

    def type(self, most):
        """(type, weight)"""
        choice = self.random.random()
        if choice < 0.16 and self.by_value:
            declaration = self.light(most)
            if declaration:
                return self.qualified(Named(declaration)), declaration.weight
        if choice < 0.26:
            return self.qualified(Named(self.random.choice(self.enums))), 1
        if choice < 0.28:
            return Inner(self.enum("" if self.chance(0.7) else
                                   self.fresh("e", [], self.tags))), 1
        if choice < 0.4:
            return self.pointer(), 1
        return self.qualified(self.scalar()), 1

    def arrayed(self, of, weight, most):
        if is_aligned(of):
            return of, weight
        lengths = []
        while self.chance(0.18):
            length = self.random.choice([0, 1, 1, 2, 2, 3, 4, 7])
            if weight * length > most:
                break
            weight *= length or 1
            lengths.append(length)
        if self.chance(0.003) and weight == 1 and most >= 100:
            lengths.append(self.random.choice([100, 4096, 20000]))
            weight = 100
        for length in lengths:
            of = Array(of, length)
        return of, weight

    # Records

    def record(self, word, name):
        record = self.body(word, name, 0, set())
        if word == "struct" and self.chance(0.06) and any(f.name for f in record.fields):
            of = self.type(20)[0]
            of = self.qualified(self.scalar()) if self.chance(0.7) or is_aligned(of) else of
            record.fields.append(Field(Array(of, None), "flexible"))
            self.add(record)
            return
        self.by_value.append(self.add(record))

    def typedef(self):
        name = self.fresh("t", TYPEDEFS, self.ordinary)
        choice = self.random.random()
        if choice < 0.35:
            record = self.body("union" if self.chance(0.2) else "struct", "", 0, set())
            made = self.add(Typedef(name, Inner(record)))
            made.weight = record.weight
            self.by_value.append(made)
        elif choice < 0.42:
            name = self.fresh("t", [], self.ordinary)  # for size and sign are asked by name
            self.by_value.append(self.add(Typedef(name, Inner(self.enum("")))))
        else:
            of, weight = self.type(MOST)
            if isinstance(of, Inner):
                of = self.scalar()
            if self.chance(0.2):
                of, weight = self.arrayed(of, weight, MOST)
            made = self.add(Typedef(name, of, self.typedef_attributes(of)))
            made.weight = weight
            self.by_value.append(made)
            base = resolve(of)
            if isinstance(base, Scalar) and base.kind in "su" and \
                    not (self.narrow and is_aligned(Named(made))):
                self.bases.append((Named(made), self.most_bits(base)))

    def typedef_attributes(self, of):
        if self.chance(0.15) and not isinstance(of, Array):
            return [f"aligned({self.random.choice([1, 2, 4, 8, 16, 64])})"]
        return []

    def record_attributes(self):
        choice = self.random.random()
        if choice < 0.12:
            return ["packed"]
        if choice < 0.16:
            return ["packed", f"aligned({self.random.choice([2, 4, 8, 16])})"]
        if choice < 0.2:
            return [f"aligned({self.random.choice([2, 4, 8, 16, 32, 128, 4096])})"
                    if self.chance(0.9) else "aligned"]
        if choice < 0.22 and not self.narrow:
            return self.random.choice([["preserve_access_index"], ['btf_decl_tag("t")']])
        return []

    def field_attributes(self):
        choice = self.random.random()
        if choice < 0.04:
            return [f"aligned({self.random.choice([1, 2, 4, 8, 16, 64])})"]
        if choice < 0.07:
            return ["packed"]
        if choice < 0.08:
            return ["packed", f"aligned({self.random.choice([1, 2, 4])})"]
        if choice < 0.09 and not self.narrow:
            return ['btf_decl_tag("f")']
        return []

    def body(self, word, name, depth, scope, most=MOST):
        fields, weight = [], 1
        for _ in range(self.random.choice([0, 1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 12 - 3 * depth])
                       or self.chance(0.9)):
            field, more = self.field(depth, scope, max(1, most - weight))
            fields.append(field)
            weight += more
        pack = self.random.choice([1, 2, 4, 8]) if name and self.chance(0.03) else None
        record = Record(word, name, fields, self.record_attributes(), pack)
        record.weight = weight
        return record

    def field(self, depth, scope, most):
        """(field, weight)"""
        choice = self.random.random()
        if choice < 0.28:
            return self.bitfield(scope), 1
        if choice < 0.38 and depth < 3:
            return self.inner(depth, scope, most)
        of, weight = self.type(most)
        of, weight = self.arrayed(of, weight, most)
        name = self.fresh("f", FIELD_NAMES, scope)
        return Field(of, name, None, self.field_attributes()), weight

    def bitfield(self, scope):
        choice = self.random.random()
        if choice < 0.1:
            enum = self.random.choice(self.enums)
            of, most = Named(enum), enum.bits()
        elif choice < 0.2 and self.bases:
            of, most = self.random.choice(self.bases)
        elif choice < 0.3:
            of, most = OTHERS[0], 1
        elif choice < 0.32 and not self.narrow:
            of, most = self.random.choice(WIDE[:2]), 128
        else:
            of = self.random.choice(INTEGERS)
            most = self.most_bits(of)
        of = self.qualified(of)
        attributes = self.field_attributes() if self.chance(0.5) and not self.narrow else []
        if self.chance(0.2) and not self.narrow:
            return Field(of, "", self.random.choice([0, 0, 1, most, self.random.randint(0, most)]),
                         attributes)
        width = self.random.choice([1, most, self.random.randint(1, most),
                                    self.random.randint(1, most)])
        return Field(of, self.fresh("f", FIELD_NAMES, scope), width, attributes)

    def most_bits(self, scalar):
        return 32 if self.narrow and scalar.text.endswith("long") and \
            "long long" not in scalar.text else scalar.bits

    def inner(self, depth, scope, most):
        word = "union" if self.chance(0.4) else "struct"
        if self.chance(0.4):  # anonymous: its fields are the outer one's, too
            record = self.body(word, "", depth + 1, scope, most)
            return Field(Inner(record), "", None, self.inner_attributes(record)), record.weight
        tag = self.fresh("n", [], self.tags) if self.chance(0.15) else ""
        record = self.body(word, tag, depth + 1, set(), most)
        record.pack = None
        of, weight = self.arrayed(self.qualified(Inner(record)), record.weight, most)
        name = self.fresh("f", FIELD_NAMES, scope)
        return Field(of, name, None, self.inner_attributes(record)), weight

    def inner_attributes(self, record):
        """gcc and clang differ in which of two alignments they take."""
        return [] if self.narrow and record.attributes else self.field_attributes()


def is_aligned(of):
    """Of a typedef with an alignment of its own there can be no arrays."""
    while isinstance(of, Qualified) or (isinstance(of, Named) and
                                        isinstance(of.declaration, Typedef)):
        if isinstance(of, Named):
            if of.declaration.attributes:
                return True
            of = of.declaration
        of = of.of
    return False
