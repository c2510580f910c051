# SPDX-License-Identifier: BSD-2-Clause
"""Does the judge see what is wrong? The original C, compiled for wasm32 as if nothing had to be done;
and headers with one field changed: each of these has to be found, by its type's name."""
import os
import re
from random import Random

import bindings
import layouts
import values
from chance import Maker
from declarations import Record, defined, write
from readers import NO_ASSERTIONS, WASM32, Big, Reader, Wrong, clang, compare, header_layouts

TYPE = re.compile(r"^((?:struct|union) \w+) \{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
FIELD = re.compile(r"^\t+(?:const |volatile )*(?:WBPF_BE\w*\()?u?int\d+_t(?P<bits>, \d+, \d+)?\)? "
                   r"(?!__wbpf)\w+(?:\[\d+\])*(?P<width> : \d+)?;", re.MULTILINE)
INTEGER = re.compile(r"\b(u?)int(\d+)_t\b")
PER_FILE = 60
PAIR = re.compile(r"^(\tu?int(?P<bits>\d+)_t (\w+);.*\n)(\tu?int(?!(?P=bits))\d+_t \w+;.*\n)",
                  re.MULTILINE)
FILES, CHANGES = 8, 5  # headers, and how often one is changed
VALUE_FILES = 4
MANY = 200  # declarations, so that some have fields of one type side by side


def main(work, seed, types, has_runtime):
    print(f"seed {seed}")
    return naive(work, seed, types) or changed(work, seed) or \
        (has_runtime and changed_values(work, seed)) or changed_bindings(work, seed)


def naive(work, seed, types):
    reader = Reader(work)
    declarations = Maker(seed, narrow=True).make(types)  # no bitfields as wide as BPF's long
    asked = "".join(layouts.asked(d.spelled()) for d in defined(declarations)
                    if isinstance(d, Record))
    unit = work / "naive.c"
    unit.write_text(write(declarations) + layouts.unnamed_probes(declarations) + asked +
                    layouts.probes(declarations))
    made = layouts.Dump(clang("the original does not compile for wasm32", *WASM32, *layouts.OPTIONS,
                              unit), layouts.WASM32)
    wrong = compare(declarations, reader.original(declarations), made)
    print(f"the original's own C for wasm32: {types} types, {len(wrong)} wrong")
    if len(wrong) < types // 4:
        print("this judge finds too little wrong where there is")
        return 1
    return 0


def other_sign(line):
    return INTEGER.sub(lambda m: f"{'' if m.group(1) else 'u'}int{m.group(2)}_t", line, count=1)


def other_size(line):
    return INTEGER.sub(lambda m: f"{m.group(1)}int{32 if m.group(2) == '64' else 64}_t", line,
                       count=1)


def other_width(line):
    return re.sub(r"( : |, \d+, )(\d+)", lambda m: f"{m.group(1)}{int(m.group(2)) - 1 or 2}", line)


def other_name(line):
    return re.sub(r" (\w+)((?:\[\d+\])*)(;| :)", r" \1_other\2\3", line, count=1)


def change(text, random):
    """The header with one field changed, the type that it is of, and what was done."""
    places = [(found.group(1), field) for found in TYPE.finditer(text)
              for field in FIELD.finditer(text, found.start(2), found.end(2))]
    name, field = random.choice(places)
    how = random.choice([other_sign, other_name, other_width if field.group("bits") or
                         field.group("width") else other_size])
    line = how(field.group())
    return text[:field.start()] + line + text[field.end():], name, \
        f"{field.group().strip()} as {line.strip()}"


def changed(work, seed):
    random, missed = Random(seed), 0
    for file in range(FILES):
        reader = (Big if file % 2 else Reader)(work)
        declarations = Maker(seed + file).make(PER_FILE)
        reader.make(declarations)
        original = reader.original(declarations)
        text = reader.header.read_text()
        for _ in range(CHANGES):
            other, name, what = change(text, random)
            reader.header.write_text(other)
            made = header_layouts(declarations, work, reader.header, *NO_ASSERTIONS)
            wrong = [layouts.plain(title)
                     for title, _, _ in compare(declarations, original, made, reader.judge)]
            if layouts.plain(name.replace("wbpf_name_", "")) not in wrong:
                print(f"seed {seed + file}, {name}: not found: {what}")
                missed += 1
    print(f"fields changed: {FILES * CHANGES}, not found: {missed}")
    return 1 if missed else 0


def swap(header):
    """In each struct, fields of different size that stand side by side change places."""
    text = TYPE.sub(lambda found: PAIR.sub(r"\4\1", found.group())
                    if found.group(1).startswith("struct") else found.group(), header.read_text())
    header.write_text(text)


def changed_values(work, seed):
    reader, missed = Reader(work), 0
    for file in range(VALUE_FILES):
        declarations = Maker(seed + file, plain=True).make(PER_FILE)
        try:
            values.check(reader, declarations, seed, swap, *NO_ASSERTIONS)
            missed += 1
        except Wrong as wrong:
            if not wrong.kind().startswith("values"):
                raise
    print(f"headers whose fields changed places: {VALUE_FILES}, whose values were right: {missed}")
    return 1 if missed else 0


def changed_bindings(work, seed):
    """Rust's and Go's types: their own assertions have to find what is changed."""
    missed = 0
    for name, variable in ("rust", "RUSTC_WASM"), ("go", "GO"):
        if not os.environ.get(variable):
            print(f"{name}: there is no compiler ({variable})")
            continue
        language = bindings.LANGUAGES[name](work)
        now, of = bindings.changed(work, language, seed,
                                   Maker(seed, plain=True).make(MANY))
        print(f"{name}: types changed: {of}, not found: {now}")
        missed += now
    return 1 if missed else 0
