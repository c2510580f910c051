# SPDX-License-Identifier: BSD-2-Clause
"""The least of some declarations that still fails."""
import copy

from declarations import Array, Inner, Pointer, Record, Scalar, Typedef, reached

MOST_TRIALS = 600


class Trials:
    def __init__(self, fails):
        self.fails, self.left = fails, MOST_TRIALS

    def __call__(self, declarations):
        self.left -= 1
        return self.left > 0 and bool(declarations) and self.fails(declarations)


def shrink(declarations, names, fails):
    """names are those of types that are wrong, when that is known."""
    trial = Trials(fails)
    for name in names[:3]:
        closure = needed(declarations, name)
        if closure and trial(closure):
            declarations = closure
            break
    declarations = fewer(declarations, trial)
    changed = True
    while changed and trial.left > 0:
        changed = False
        for change in range(changes(declarations)):
            while change < changes(declarations):
                smaller = copy.deepcopy(declarations)
                apply(smaller, change)
                if not trial(smaller):
                    break
                declarations, changed = smaller, True
        smaller = fewer(declarations, trial)
        changed |= len(smaller) < len(declarations)
        declarations = smaller
    return declarations


def needed(declarations, name):
    """What a type is made of, and itself."""
    roots = [d for d in declarations if name in (d.spelled(), f"struct wbpf_use_{d.name}")]
    seen = reached(roots)
    return [d for d in declarations if id(d) in seen]


def without(declarations, dropped):
    """The declarations that need none of some."""
    gone = {id(d) for d in dropped}
    return [d for d in declarations if not gone & reached([d]).keys()]


def fewer(declarations, trial):
    size = (len(declarations) + 1) // 2
    while size:
        at = 0
        while at < len(declarations):
            smaller = without(declarations, declarations[at:at + size])
            if len(smaller) < len(declarations) and trial(smaller):
                declarations = smaller
            else:
                at += size
        size //= 2
    return declarations


def sites(declarations):
    """All places where something can be taken away: (object, what, index)"""
    found = []
    for of in reached(declarations).values():
        if isinstance(of, Record):
            found += [(of, "field", i) for i in range(len(of.fields))]
            for field in of.fields:
                found += [(field, "attribute", i) for i in range(len(field.attributes))]
                found += [(field, "plainer", 0)] if plainer(field.of) else []
                found += [(field, "width", 0)] if field.width and field.width > 1 else []
            found += [(of, "pack", 0)] if of.pack else []
        if isinstance(of, Typedef) and plainer(of.of):
            found.append((of, "plainer", 0))
        if hasattr(of, "values") and len(of.values) > 1:
            found += [(of, "value", i) for i in range(len(of.values))]
        if hasattr(of, "attributes"):
            found += [(of, "attribute", i) for i in range(len(of.attributes))]
    return found


def changes(declarations):
    return len(sites(declarations))


def apply(declarations, change):
    of, what, index = sites(declarations)[change]
    if what == "field":
        del of.fields[index]
    elif what == "attribute":
        del of.attributes[index]
    elif what == "value":
        del of.values[index]
    elif what == "pack":
        of.pack = None
    elif what == "width":
        of.width //= 2
    else:
        of.of = plainer(of.of)


def plainer(of):
    """A type that is less than another, or None."""
    if isinstance(of, Array) and of.length is not None:
        return of.of
    if isinstance(of, Pointer) and not (isinstance(of.to, Scalar) and of.to.text == "char"):
        return Pointer(Scalar("char", "s", 8))
    if isinstance(of, Inner):
        return None
    return getattr(of, "of", None) if not isinstance(of, Array) else None
