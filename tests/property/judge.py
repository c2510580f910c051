# SPDX-License-Identifier: BSD-2-Clause
"""Does the judge see what is wrong? The original C, compiled for wasm32 as if nothing had to be done;
and headers with one field changed: each of these has to be found, by its type's name."""
import re
from random import Random

import layouts
import values
from chance import Maker
from declarations import Record, defined, write
from readers import NO_ASSERTIONS, WASM32, Reader, Wrong, clang, compare, header_layouts

TYPE = re.compile(r"^((?:struct|union) \w+) \{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
FIELD = re.compile(r"^\t(?:const |volatile )*u?int\d+_t (?!__wbpf)\w+(?:\[\d+\])*( : \d+)?;",
                   re.MULTILINE)
INTEGER = re.compile(r"\b(u?)int(\d+)_t\b")
PER_FILE = 60
PAIR = re.compile(r"^(\tu?int(?P<bits>\d+)_t (\w+);.*\n)(\tu?int(?!(?P=bits))\d+_t \w+;.*\n)",
                  re.MULTILINE)
FILES, CHANGES = 8, 5  # headers, and how often one is changed
VALUE_FILES = 4


def main(work, seed, types, has_runtime):
    print(f"seed {seed}")
    return naive(work, seed, types) or changed(work, seed) or \
        (has_runtime and changed_values(work, seed))


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
    return re.sub(r" : (\d+);", lambda m: f" : {int(m.group(1)) - 1 or 2};", line)


def other_name(line):
    return re.sub(r" (\w+)((?:\[\d+\])*)(;| :)", r" \1_other\2\3", line, count=1)


def change(text, random):
    """The header with one field changed, the type that it is of, and what was done."""
    places = [(found.group(1), field) for found in TYPE.finditer(text)
              for field in FIELD.finditer(text, found.start(2), found.end(2))]
    name, field = random.choice(places)
    how = random.choice([other_sign, other_name, other_width if field.group(1) else other_size])
    line = how(field.group())
    return text[:field.start()] + line + text[field.end():], name, \
        f"{field.group().strip()} as {line.strip()}"


def changed(work, seed):
    reader, random, missed = Reader(work), Random(seed), 0
    for file in range(FILES):
        declarations = Maker(seed + file).make(PER_FILE)
        reader.make(declarations)
        original = reader.original(declarations)
        text = reader.header.read_text()
        for _ in range(CHANGES):
            other, name, what = change(text, random)
            reader.header.write_text(other)
            made = header_layouts(declarations, work, reader.header, *NO_ASSERTIONS)
            wrong = [layouts.plain(title) for title, _, _ in compare(declarations, original, made)]
            if layouts.plain(name.replace("wbpf_name_", "")) not in wrong:
                print(f"seed {seed + file}, {name}: not found: {what}")
                missed += 1
    print(f"fields changed: {FILES * CHANGES}, not found: {missed}")
    return 1 if missed else 0


def swap(header, module, random):
    """Two fields of different size, which the module demands values of, change places."""
    text = header.read_text()
    pair = random.choice([pair for found in TYPE.finditer(text) if found.group(1)[0] == "s"
                          for pair in PAIR.finditer(text, found.start(2), found.end(2))
                          if f"{pair.group(3)} is not" in module])
    header.write_text(text[:pair.start()] + pair.group(4) + pair.group(1) + text[pair.end():])


def changed_values(work, seed):
    reader, missed = Reader(work), 0
    for file in range(VALUE_FILES):
        declarations, random = Maker(seed + file, plain=True).make(PER_FILE), Random(seed + file)
        try:
            values.check(reader, declarations, seed, lambda header, module: swap(header, module, random),
                         *NO_ASSERTIONS)
            missed += 1
        except Wrong as wrong:
            if not wrong.kind().startswith("values"):
                raise
    print(f"fields that changed places: {VALUE_FILES}, whose values were right: {missed}")
    return 1 if missed else 0
