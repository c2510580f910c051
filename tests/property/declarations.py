# SPDX-License-Identifier: BSD-2-Clause
"""C declarations as objects, so that they can be written, given values, and taken apart."""


class Scalar:
    """A number: kind is s, u, f or b; bits as BPF has them."""

    def __init__(self, text, kind, bits):
        self.text, self.kind, self.bits = text, kind, bits


class Pointer:
    def __init__(self, to, qualifiers=""):
        self.to, self.qualifiers = to, qualifiers


class Array:
    """length None is a flexible array."""

    def __init__(self, of, length):
        self.of, self.length = of, length


class Function:
    def __init__(self, returns, arguments):
        self.returns, self.arguments = returns, arguments


class Qualified:
    def __init__(self, of, words):
        self.of, self.words = of, words


class Named:
    """A struct, union or enum by its tag, or a typedef by its name."""

    def __init__(self, declaration):
        self.declaration = declaration


class Inner:
    """A struct, union or enum that is defined where it is used."""

    def __init__(self, declaration):
        self.declaration = declaration


class Opaque:
    """What is declared and never defined."""

    def __init__(self, text):
        self.text = text


class Field:
    def __init__(self, of, name, width=None, attributes=()):
        self.of, self.name, self.width = of, name, width
        self.attributes = list(attributes)

    def write(self):
        text = declare(self.of, self.name)
        if self.width is not None:
            text += f" : {self.width}"
        return text + attributes(self.attributes) + ";"


class Record:
    def __init__(self, word, name, fields, attributes_=(), pack=None):
        self.word, self.name, self.fields, self.pack = word, name, fields, pack
        self.attributes = list(attributes_)
        self.weight = 1  # scalars that are in it, about

    def spelled(self):
        return f"{self.word} {self.name}"

    def body(self):
        fields = " ".join(field.write() for field in self.fields)
        name = f" {self.name}" if self.name else ""
        return f"{self.word}{name} {{ {fields} }}{attributes(self.attributes)}"

    def write(self):
        if self.pack:
            return f"#pragma pack(push, {self.pack})\n{self.body()};\n#pragma pack(pop)\n"
        return self.body() + ";\n"


class Enum:
    """values are (name, number); below is the text of a fixed underlying type, or ''."""

    def __init__(self, name, values, attributes_=(), below=""):
        self.name, self.values, self.below = name, values, below
        self.attributes = list(attributes_)

    def spelled(self):
        return f"enum {self.name}"

    def is_signed(self):
        if self.below:
            return not self.below.startswith("unsigned")
        return min(value for _, value in self.values) < 0

    def bits(self):
        if self.below:
            return {"char": 8, "short": 16, "int": 32, "unsigned": 32,
                    "long": 64}[self.below.split()[-1]]
        low, high = (most(value for _, value in self.values) for most in (min, max))
        bits = next(b for b in (8, 16, 32, 64)
                    if (-1 << (b - 1) <= low and high < 1 << (b - 1)) or 0 <= low and high < 1 << b)
        return bits if "packed" in self.attributes or bits > 32 else 32

    def body(self):
        name = f" {self.name}" if self.name else ""
        below = f" : {self.below}" if self.below else ""
        values = ", ".join(f"{name} = {number(value)}" for name, value in self.values)
        return f"enum{name}{below} {{ {values} }}{attributes(self.attributes)}"

    def write(self):
        return self.body() + ";\n"


class Typedef:
    def __init__(self, name, of, attributes_=()):
        self.name, self.of = name, of
        self.attributes = list(attributes_)
        self.weight = 1

    def spelled(self):
        return self.name

    def is_plain(self):
        """A name that no header has to change."""
        return self.name.startswith("t") and self.name[1:].isdigit()

    def write(self):
        return f"typedef {declare(self.of, self.name)}{attributes(self.attributes)};\n"


def attributes(words):
    """Each is what stands in the double parentheses, or a whole word such as _Alignas()."""
    return "".join(f" __attribute__(({word}))" for word in words)


def number(value):
    if value == -(1 << 63):
        return "-9223372036854775807LL - 1"
    if -(1 << 63) < value < 1 << 63:
        return f"{value}LL" if not -(1 << 31) <= value < 1 << 31 else str(value)
    if 0 <= value < 1 << 64:
        return f"{value}ULL"
    value %= 1 << 128
    return f"((unsigned __int128){value >> 64}ULL << 64 | {value % (1 << 64)}ULL)"


def declare(of, name):
    """The declaration of a name; without a name, the type."""
    if isinstance(of, Pointer):
        name = f"*{of.qualifiers} {name}" if of.qualifiers else f"*{name}"
        return declare(of.to, f"({name})" if isinstance(of.to, (Array, Function)) else name)
    if isinstance(of, Array):
        return declare(of.of, f"{name}[{'' if of.length is None else of.length}]")
    if isinstance(of, Function):
        arguments = ", ".join(declare(a, "") for a in of.arguments) or "void"
        return declare(of.returns, f"{name}({arguments})")
    if isinstance(of, Qualified):
        return f"{of.words} {declare(of.of, name)}"
    if isinstance(of, (Named, Inner)):
        text = of.declaration.spelled() if isinstance(of, Named) else of.declaration.body()
    else:
        text = of.text
    return f"{text} {name}" if name else text


def resolve(of):
    """The type without typedefs and qualifiers; structs, unions and enums as their declaration."""
    while True:
        if isinstance(of, Qualified):
            of = of.of
        elif isinstance(of, (Named, Inner)):
            if not isinstance(of.declaration, Typedef):
                return of.declaration
            of = of.declaration.of
        else:
            return of


def parts(of):
    """The types that a type is made of, and what it names."""
    if isinstance(of, Pointer):
        return [of.to]
    if isinstance(of, (Array, Qualified)):
        return [of.of]
    if isinstance(of, Function):
        return [of.returns, *of.arguments]
    if isinstance(of, (Named, Inner)):
        return [of.declaration]
    if isinstance(of, Record):
        return [field.of for field in of.fields]
    if isinstance(of, Typedef):
        return [of.of]
    return []


def reached(roots):
    """All types and declarations that some are made of, by identity."""
    seen, waiting = {}, list(roots)
    while waiting:
        of = waiting.pop()
        if id(of) not in seen:
            seen[id(of)] = of
            waiting += parts(of)
    return seen


def defined(declarations):
    """All structs, unions, enums and typedefs that have a name, those defined inside others too."""
    found = {id(d): d for d in declarations}
    for of in reached(declarations).values():
        if isinstance(of, Inner) and of.declaration.name:
            found[id(of.declaration)] = of.declaration
    return list(found.values())


def write(declarations):
    return "".join(d.write() for d in declarations)
