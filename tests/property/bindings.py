# SPDX-License-Identifier: BSD-2-Clause
"""Rust and Go: what clang initialises for BPF, read and written by programs that have the types that
wbpf-gen makes of them; compiled for this machine, where they run, and for wasm32.

A program's source is made from the generated one: a field of C is there a field, or functions."""
import os
import re
import shutil
import struct
import subprocess
from random import Random

from declarations import Named, resolve
from readers import Reader, Wrong, run
from values import MOST_BYTES, Elf, Objects

SUFFIX = re.compile(r"\b(0x[0-9a-fp.+-]+|\d+)(?:ULL|LL)\b")


def number_of(text):
    """What C's literal of values.py is."""
    if "0x" in text:
        return float.fromhex(text)
    return eval(SUFFIX.sub(r"\1", text.replace("(unsigned __int128)", "")), {})  # numbers only


class Types:
    """What a generated source file declares: of each type its fields, and functions that read them."""

    def __init__(self, text):
        self.fields, self.functions, self.aliases, self.enums = {}, {}, {}, {}
        self.tails, self.copied = {}, {}  # the latter are an iterator in Rust
        self.parse(text)

    def base(self, of):
        while of in self.aliases:
            of = self.aliases[of]
        return of

    def step(self, of, name):
        """(type, is it a function) of a field of a type; None: there is none."""
        of = self.base(of)
        if name in self.fields.get(of, {}):
            return self.fields[of][name], False
        if name in self.functions.get(of, {}):
            return self.functions[of][name], True
        return None


class RustTypes(Types):
    def parse(self, text):
        for kind, name, body in re.findall(r"^(pub struct|impl) (\w+) \{\n(.*?)^\}", text, re.M | re.S):
            if kind == "impl":
                self.functions.setdefault(name, {}).update(
                    re.findall(r"^    pub fn (\w+)\(&self\) -> (.*) \{$", body, re.M))
                self.tails.setdefault(name, {}).update(
                    re.findall(r"^    pub fn (\w+)\(bytes: &\[u8\]\) -> &\[(.*)\] \{$", body, re.M))
                self.copied.setdefault(name, {}).update(re.findall(
                    r"^    pub fn (\w+)\(bytes: &\[u8\]\) -> impl Iterator<Item = (.*)> \+ '_ \{$", body, re.M))
            else:
                self.fields[name] = dict(re.findall(r"^    pub (\w+): (.*),$", body, re.M))
        self.aliases = dict(re.findall(r"^pub type (\w+) = (.*);$", text, re.M))
        self.enums = dict(re.findall(r"^pub struct (\w+)\(pub (\w+)\);$", text, re.M))


class GoTypes(Types):
    def parse(self, text):
        for name, body in re.findall(r"^type (\w+) struct \{\n(.*?)^\}", text, re.M | re.S):
            self.fields[name] = dict(re.findall(r"^\t([A-Z]\w*) (.*)$", body, re.M))
        for of, name, returns in re.findall(r"^func \(v \*(\w+)\) (\w+)\(\) (.*) \{", text, re.M):
            self.functions.setdefault(of, {})[name] = returns
        for name, element in re.findall(r"^func View(\w+)Flexible\(b \[\]byte\) \[\](.*) \{$", text, re.M):
            self.tails[name] = {"Flexible": element}
        self.aliases = dict(re.findall(r"^type (\w+) = (.*)$", text, re.M))
        self.enums = dict(re.findall(r"^type (\w+) (u?int\d+)$", text, re.M))


def steps(path):
    """".f1[2].f3" is f1, 2, f3."""
    return [int(index) if index else name for name, index in re.findall(r"\.(\w+)|\[(\d+)\]", path)]


class Language:
    """How a field is written; what differs between them is in the two below."""

    def write(self, types, record, path, value):
        """A statement, or None: it is inside something that is copied."""
        target, of, way = "v", record, steps(path)
        for at, step in enumerate(way):
            if isinstance(step, int):
                of = self.element(types, of)
                target += f"[{step}]"
                continue
            name = self.field_name(step)
            found = types.step(of, name)
            if not found:
                return None
            of = found[0].lstrip("&*")
            if not found[1]:
                target += f".{name}"
            elif found[0][0] in "&*":
                target += self.place(name)
            elif at + 1 == len(way) and self.settable(types, of):
                return self.statement(f"{target}.{self.setter(name)}({self.literal_of(types, of, value)})")
            else:
                return None
        return self.statement(self.assign(types, target, of, value))


RUST_MAIN = """#![allow(unused_mut, unused_variables)]
#[path = "case.rs"]
mod case;

#[repr(align(64))]
struct Room([u8; {most}]);

fn demand(is: bool, what: &str, wrong: &mut u32) {{
    if !is {{
        println!("{{what}}");
        *wrong += 1;
    }}
}}

{objects}
fn main() {{
    let mut wrong = 0;
{calls}    std::process::exit((wrong != 0) as i32);
}}
"""


class Rust(Language):
    suffix, types = "rs", RustTypes

    def __init__(self, work):
        self.work = work

    @staticmethod
    def type_name(d):
        return d.name.capitalize()

    @staticmethod
    def field_name(name):
        return name

    def wrap(self, of, value):
        bits, signed = int(re.sub(r"\D", "", of)), of[0] == "i"
        value %= 1 << bits
        return value - (1 << bits) if signed and value >> (bits - 1) else value

    def literal(self, types, of, value):
        """(what is behind the expression, what it is then, what makes a value of it)"""
        swapped = re.fullmatch(r"Be<(.*)>", types.base(of))
        of = types.base(swapped.group(1) if swapped else of)
        behind, around = (".get()", "case::Be::new({})") if swapped else ("", "{}")
        if of in types.enums:
            text = str(self.wrap(types.enums[of], value))
            return behind + ".0", text, around.format(f"case::{of}({text})")
        if of == "bool":
            text = str(bool(value)).lower()
        elif of in ("U128", "I128"):
            text = str(self.wrap("u128" if of == "U128" else "i128", value))
            return behind + ".get()", text, f"case::{of}::new({text})"
        elif of[0] == "f":
            form = ("<f", "<I") if of == "f32" else ("<d", "<Q")
            text = str(struct.unpack(form[1], struct.pack(form[0], value))[0])
            return behind + ".to_bits()", text, around.format(f"{of}::from_bits({text})")
        else:
            text = str(self.wrap(of, value))
        return behind, text, around.format(text)

    def read(self, types, record, path):
        """(expression, type)"""
        expression, of = "v", record
        for step in steps(path):
            if isinstance(step, int):
                of = self.element(types, of)
                expression += f".nth({step}).unwrap()" if expression.endswith("(BYTES)") else f"[{step}]"
            elif step in types.copied.get(types.base(of), {}):
                expression, of = f"case::{types.base(of)}::{step}(BYTES)", \
                    f"[{types.copied[types.base(of)][step]}; 0]"
            elif step == "flexible" and step in types.tails.get(types.base(of), {}):
                expression, of = f"case::{types.base(of)}::flexible(&room.0[..size])", \
                    f"[{types.tails[types.base(of)][step]}; 0]"
            else:
                found = types.step(of, step)
                if not found:
                    raise Wrong(f"a field that is not there: {record}{path}")
                of = found[0].lstrip("&")
                expression += f".{step}{'()' if found[1] else ''}"
        return expression, of

    @staticmethod
    def element(types, of):
        return re.fullmatch(r"\[(.*); \d+\]", types.base(of)).group(1)

    @staticmethod
    def place(name):
        return f".{name}_mut()"

    @staticmethod
    def setter(name):
        return f"set_{name}"

    @staticmethod
    def settable(types, of):
        return types.base(of) not in ("U128", "I128")

    def literal_of(self, types, of, value):
        return self.literal(types, of, value)[2]

    def assign(self, types, target, of, value):
        return f"{target} = {self.literal_of(types, of, value)}"

    @staticmethod
    def statement(text):
        return f"{text};"

    def object(self, types, i, d, values, data):
        name = self.type_name(d)
        of = types.base(name)
        lines = [f"fn check{i}(wrong: &mut u32) {{",
                 f"    const BYTES: &[u8] = &{list(data)};", "    let size = BYTES.len();",
                 "    let mut room = Room([0; MOST]);", "    room.0[..size].copy_from_slice(BYTES);",
                 f"    let v = case::{of}::view(&room.0[..size]).unwrap();"]
        assignments = []
        for v in values:
            value = number_of(v.header_text)
            expression, leaf = self.read(types, of, v.path)
            behind, text, _ = self.literal(types, leaf, value)
            lines.append(f"    demand({expression}{behind} == {text}, "
                         f'"{name}: {v.path[1:]} is not {text}", wrong);')
            assignments.append(self.write(types, of, v.path, value))
        if all(assignments):
            lines += ["    let mut room = Room([0; MOST]);",
                      f"    let v = case::{of}::view_mut(&mut room.0[..size]).unwrap();"]
            lines += ["    " + a for a in assignments]
            lines.append(f'    demand(&room.0[..size] == BYTES, "{name}: written", wrong);')
        return "\n".join(lines) + "\n}\n", all(assignments)

    def program(self, most, objects, calls):
        text = RUST_MAIN.format(most=most, objects="".join(objects),
                                calls="".join(f"    check{i}(&mut wrong);\n" for i in calls))
        (self.work / "main.rs").write_text(text.replace("MOST", str(most)))

    def types_compile(self):
        run("the types do not compile for wasm32", *rustc_for_wasm(), "--crate-type", "lib", "--emit=metadata",
            "-D", "warnings", "-o", self.work / "case.rmeta", self.work / "case.rs")

    def build(self):
        run("the program does not compile", os.environ["RUSTC"], "--edition", "2021", "-A", "dead_code",
            "-o", self.work / "rust-case", self.work / "main.rs")
        return self.work / "rust-case"


def rustc_for_wasm():
    """The compiler that has a standard library for it, and its name of the target."""
    return [os.environ["RUSTC_WASM"], "--target", os.environ["RUSTC_WASM_TARGET"], "--edition", "2021"]


GO_MAIN = """package main

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"unsafe"
)

var wrong int

func demand(is bool, what string) {{
	if !is {{
		fmt.Println(what)
		wrong++
	}}
}}

func room(b []byte) []byte {{
	words := make([]uint64, len(b)/8+1)
	return append(unsafe.Slice((*byte)(unsafe.Pointer(&words[0])), len(words)*8)[:0], b...)
}}

var _ = math.Float64bits

{objects}
func main() {{
{calls}	if wrong > 0 || bytes.Equal(nil, []byte{{1}}) {{
		os.Exit(1)
	}}
}}
"""


class Go(Language):
    suffix, types = "go", GoTypes

    def __init__(self, work):
        self.work = work / "go"
        self.work.mkdir(exist_ok=True)
        (self.work / "go.mod").write_text("module case\n\ngo 1.24\n")
        self.env = {**os.environ, "GOTOOLCHAIN": "local", "GOPROXY": "off", "GOFLAGS": "-mod=mod",
                    "GOCACHE": str(work / "cache")}

    @staticmethod
    def type_name(d):
        return d.name.capitalize()

    @staticmethod
    def field_name(name):
        return name.capitalize()

    def compare(self, types, expression, of, value):
        """A condition."""
        swapped = re.fullmatch(r"Be\[(.*)\]|(BeFloat\d+)", types.base(of))
        if swapped:
            of = swapped.group(1) or swapped.group(2).replace("BeFloat", "float")
            expression += ".Get()"
        of = types.base(of)
        of = types.enums.get(of, of)
        if of == "bool":
            return expression if value else f"!{expression}"
        if of in ("U128", "I128"):
            value %= 1 << 128
            return f"uint64({expression}.Hi()) == {value >> 64} && {expression}.Lo() == {value % (1 << 64)}"
        if of.startswith("float"):
            form = ("<f", "<I") if of == "float32" else ("<d", "<Q")
            text = struct.unpack(form[1], struct.pack(form[0], value))[0]
            return f"math.{of.capitalize()}bits({expression}) == {text}"
        return f"{expression} == {self.integer(of, value)}"

    @staticmethod
    def integer(of, value):
        bits = 8 if of == "byte" else int(re.sub(r"\D", "", of))
        value %= 1 << bits
        return value - (1 << bits) if of.startswith("int") and value >> (bits - 1) else value

    def value(self, types, of, value):
        base = types.base(of)
        base = types.enums.get(base, base)
        if base == "bool":
            return str(bool(value)).lower()
        if base in ("U128", "I128"):
            value %= 1 << 128
            high = value >> 64
            if base == "I128" and high >> 63:
                high -= 1 << 64
            return f"New{base}({high}, {value % (1 << 64)})"
        if base.startswith("float"):
            form = ("<f", "<I") if base == "float32" else ("<d", "<Q")
            return f"math.{base.capitalize()}frombits(" \
                   f"{struct.unpack(form[1], struct.pack(form[0], value))[0]})"
        return str(self.integer(base, value))

    def read(self, types, record, path, lines):
        """(expression, type); what a function gives goes into a variable, as it has no address."""
        expression, of = "v", record
        for step in steps(path):
            if isinstance(step, int):
                of = self.element(types, of)
                expression += f"[{step}]"
                continue
            step = self.field_name(step)
            if step in types.tails.get(types.base(of), {}):
                element = types.tails[types.base(of)][step]
                lines.append(f"x := View{types.base(of)}Flexible(b)")
                expression, of = "x", f"[0]{element}"
                continue
            found = types.step(of, step)
            if not found:
                raise Wrong(f"a field that is not there: {record}{path}")
            expression += f".{step}"
            if found[1]:
                name = f"x{len(lines)}"
                lines.append(f"{name} := {expression}()")
                expression = name
            of = found[0].lstrip("*")
        return expression, of

    @staticmethod
    def element(types, of):
        return re.fullmatch(r"\[\d*\](.*)", types.base(of)).group(1)

    @staticmethod
    def place(name):
        return f".{name}()"

    @staticmethod
    def setter(name):
        return f"Set{name}"

    @staticmethod
    def settable(types, of):
        return True

    def literal_of(self, types, of, value):
        return self.value(types, of, value)

    def assign(self, types, target, of, value):
        swapped = re.fullmatch(r"Be\[(.*)\]|(BeFloat\d+)", types.base(of))
        if swapped:
            of = swapped.group(1) or swapped.group(2).replace("BeFloat", "float")
            return f"{target}.Set({self.value(types, of, value)})"
        if target.endswith(")"):
            target = f"*{target}"
        return f"{target} = {self.value(types, of, value)}"

    @staticmethod
    def statement(text):
        return text

    def object(self, types, i, d, values, data):
        name = self.type_name(d)
        of = types.base(name)
        lines = [f"func check{i}() {{", f"\tbytes{i} := []byte{{{', '.join(map(str, data))}}}",
                 f"\tb := room(bytes{i})", f"\tv := View{of}(b)", "\t_ = v"]
        assignments = []
        for v in values:
            value, before = number_of(v.header_text), []
            expression, leaf = self.read(types, of, v.path, before)
            condition = self.compare(types, expression, leaf, value)
            lines.append("\t{ " + "; ".join(before + [
                f'demand({condition}, "{name}: {v.path[1:]} is not {value}")']) + " }")
            assignments.append(self.write(types, of, v.path, value))
        if all(assignments):
            lines += [f"\tb = room(make([]byte, len(bytes{i})))", f"\tv = View{of}(b)"]
            lines += ["\t" + a for a in assignments]
            lines.append(f'\tdemand(bytes.Equal(b, bytes{i}), "{name}: written")')
        return "\n".join(lines) + "\n}\n\n", all(assignments)

    def program(self, most, objects, calls):
        (self.work / "main.go").write_text(GO_MAIN.format(
            objects="".join(objects), calls="".join(f"\tcheck{i}()\n" for i in calls)))

    def go(self, what, *words, **env):
        made = subprocess.run([os.environ["GO"], *map(str, words)], capture_output=True, text=True,
                              cwd=self.work, env={**self.env, **env})
        if made.returncode:
            raise Wrong(f"{what}: {made.stderr[:4000]}")

    def types_compile(self):
        self.go("the program does not compile for wasm32", "build", "-o", os.devnull, GOOS="wasip1",
                GOARCH="wasm")

    def build(self):
        self.go("the program does not compile", "build", "-gcflags=-N -l", "-o", "case")
        return self.work / "case"


LANGUAGES = {"rust": Rust, "go": Go}


def generate(reader, language, path):
    package = ["--package", "main"] if language.suffix == "go" else []
    run("wbpf-gen fails", os.environ["WBPF_GEN"], "rust" if language.suffix == "rs" else "go", *package,
        reader.object, "-o", path)


def check(reader, language, declarations, seed, change=lambda path: None):
    """Raises Wrong; the number of objects that were right. change() may change the generated source."""
    objects = Objects(declarations, Random(seed))
    reader.make(declarations, objects.source())
    path = language.work / f"case.{language.suffix}"
    generate(reader, language, path)
    types = language.types(path.read_text())
    change(path)
    elf, made, calls, most, written = Elf(reader.object), [], [], 1, 0
    for i, d, values in objects.all:
        data = elf.bytes(f"v{i}")
        if len(data) > MOST_BYTES or not resolve(Named(d)):
            continue
        text, is_written = language.object(types, i, d, values, data)
        made.append(text)
        calls.append(i)
        written += is_written
        most = max(most, len(data))
    language.program(most, made, calls)
    language.types_compile()
    ran = subprocess.run([language.build()], capture_output=True, text=True)
    if ran.returncode:
        raise Wrong(f"values that are not read or written as the compiler has them: exit status "
                    f"{ran.returncode}\n{ran.stdout}{ran.stderr}")
    if calls and not written:
        raise Wrong("no object was written")
    return len(calls)


# Each a change of a generated source, after which a compiler has to refuse it.

def another_place(text, random):
    """One asserted offset is another."""
    places = list(re.finditer(r"(?<=^layout!\().*, \w+ = (\d+)|"
                              r"^\t_ = same\[unsafe\.Offsetof\(.*\)-(\d+)\]$", text, re.M))
    found = random.choice(places)
    group = 1 if found.group(1) else 2
    return text[:found.start(group)] + str(int(found.group(group)) + 1) + text[found.end(group):]


def another_order(text, random):
    """Two fields of one type change places, of which not even the size tells."""
    pair = re.compile(r"^((?:    pub |\t)\w+:? (.*)\n)((?:(?:    |\t)//.*\n)*)"
                      r"((?:    pub |\t)[A-Za-z]\w*:? \2\n)", re.M)
    found = random.choice(list(pair.finditer(text)))
    return text[:found.start()] + found.group(4) + found.group(3) + found.group(1) + text[found.end():]


def another_size(text, random):
    """A run of bytes without a name is longer."""
    runs = list(re.finditer(r"^    pub _\d+: \[u8; (\d+)\],$|^\t_ \[([1-9]\d*)\]uint\d+$", text, re.M))
    found = random.choice(runs)
    group = 1 if found.group(1) else 2
    return text[:found.start(group)] + str(int(found.group(group)) + 64) + text[found.end(group):]


def changed(work, language, seed, declarations):
    """How many changes of the types were not found, and how many there were."""
    reader, random, missed = Reader(work), Random(seed), 0
    changes = [another_place, another_order, another_size]
    for how in changes:
        def change(path, how=how):
            path.write_text(how(path.read_text(), random))
        try:
            check(reader, language, declarations, seed, change)
            print(f"seed {seed}: not found by the compiler: {how.__doc__}")
            missed += 1
        except Wrong as wrong:
            if "compile" not in wrong.kind():
                print(f"seed {seed}: {how.__doc__} {wrong}")
                missed += 1
    return missed, len(changes)
