# SPDX-License-Identifier: BSD-2-Clause
"""C structs made by chance, the same ones for the same seed."""
import random

SCALARS = ["char", "signed char", "unsigned char", "short", "unsigned short", "int", "unsigned",
           "long", "unsigned long", "long long", "unsigned long long", "_Bool", "float", "double",
           "void *", "struct hidden *", "__int128", "unsigned __int128"]
BITFIELDS = {"_Bool": 1, "unsigned char": 8, "signed char": 8, "unsigned short": 16, "short": 16,
             "int": 32, "unsigned": 32, "long": 32, "long long": 64, "unsigned long long": 64, "enum plain": 32}
ENUMS = """enum plain { PLAIN_A, PLAIN_B };
enum tiny { TINY = 3 } __attribute__((packed));
enum minus { MINUS = -2, PLUS = 2 };
enum wide { WIDE = 0x1234567890ULL };
"""


class Maker:
    def __init__(self, seed, scalars):
        self.random = random.Random(seed)
        self.scalars = scalars
        self.done = []
        self.fields = 0

    def name(self):
        self.fields += 1
        return f"f{self.fields}"

    def type(self):
        choice = self.random.random()
        if choice < 0.15 and self.done:
            return f"struct {self.random.choice(self.done)}"
        if choice < 0.25:
            return "enum " + self.random.choice(["plain", "tiny", "minus", "wide"])
        return self.random.choice(self.scalars)

    def attribute(self):
        choice = self.random.random()
        if choice < 0.12:
            return " __attribute__((packed))"
        if choice < 0.16:
            return f" __attribute__((packed, aligned({self.random.choice([2, 4, 8])})))"
        if choice < 0.2:
            return f" __attribute__((aligned({self.random.choice([16, 32, 128])})))"
        return ""

    def field(self, depth):
        choice = self.random.random()
        if choice < 0.3:
            of = self.random.choice(sorted(BITFIELDS))
            width = self.random.randint(1, BITFIELDS[of])
            if self.random.random() < 0.15 and of != "enum plain":
                return f"{of} : {self.random.randint(0, BITFIELDS[of])};"
            return f"{of} {self.name()} : {width};"
        if choice < 0.42 and depth < 3:
            return self.inner(depth)
        array = ""
        while self.random.random() < 0.2:
            array += f"[{self.random.randint(0, 4)}]"
        aligned = f" __attribute__((aligned({self.random.choice([1, 4, 8, 64])})))" \
            if self.random.random() < 0.05 else ""
        return f"{self.type()} {self.name()}{array}{aligned};"

    def inner(self, depth):
        word = self.random.choice(["struct", "union"])
        body = self.body(depth + 1)
        named = self.random.random()
        name = "" if named < 0.4 else " " + self.name() + ("[2]" if named > 0.8 else "")
        return f"{word} {{ {body} }}{self.attribute()}{name};"

    def body(self, depth):
        # A named field first: C has no struct of unnamed bitfields alone.
        fields = [f"{self.type()} {self.name()};"]
        fields += [self.field(depth) for _ in range(self.random.randint(0, 7))]
        return " ".join(fields)

    def record(self, number):
        word = "union" if self.random.random() < 0.1 else "struct"
        body = self.body(0)
        if word == "struct" and self.random.random() < 0.1:
            body += f" {self.random.choice(self.scalars)} {self.name()}[];"
            text = f"{word} r{number} {{ {body} }}{self.attribute()};\n"
            return text + f"{word} r{number} *p{number};\n"
        text = f"{word} r{number} {{ {body} }}{self.attribute()};\n"
        if word == "struct":
            self.done.append(f"r{number}")
        return text + f"{word} r{number} v{number};\n"


def make(seed, count, int128=True):
    maker = Maker(seed, [s for s in SCALARS if int128 or "__int128" not in s])
    return "/* SPDX-License-Identifier: BSD-2-Clause */\n" + ENUMS + \
        "".join(maker.record(i) for i in range(count))
