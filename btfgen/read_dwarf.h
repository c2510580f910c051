/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files that read DWARF share; only they include this. */
#ifndef WBPF_BTFGEN_READ_DWARF_H
#define WBPF_BTFGEN_READ_DWARF_H

#include <elfutils/libdw.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "btfgen/model.h"
#include "btfgen/object.h"

/*
 * Types on their way into a model. An id is given out when a type is first wanted; the type is
 * added when those in front of it have been, so that only what is reached gets in.
 */
struct dwarf_types {
	struct model *m;
	uint32_t known;              /* ids below are the model's own from before */
	struct diag *d;              /* never NULL */
	struct dwarf_entry *entries; /* entries[i] gets the id known + i */
	size_t count, capacity, added;
	uint32_t *slots; /* hash table of indexes into entries, plus 1 */
	size_t slot_count;
	size_t steps;     /* through lists of DIEs, of which several types can have the same */
	uint32_t current; /* the entry being converted, plus 1; 0: none */
	void *list;       /* of its type */
};

/* The id of a type, by value with all that it has inside. 0 with the diag set: no memory, or too
 * many. */
uint32_t dwarf_want(struct dwarf_types *t, Dwarf_Die *die);

/* Adds all that are wanted. 0, -EINVAL, -ENOTSUP or -ENOMEM. */
int dwarf_add_wanted(struct dwarf_types *t);
void dwarf_types_clear(struct dwarf_types *t);

/* The definition that "event" or "struct event" names, as model_find_spelled() has it, in the first
 * unit that has one. */
bool dwarf_find(Dwarf *dwarf, const char *spelling, Dwarf_Die *ret);

/*
 * The DIE behind this one, in *die. A file may say that it is one further up: that ends the list,
 * as it would otherwise never end. False at the end.
 */
bool dwarf_next(Dwarf_Die *die);

/*
 * The macros of a C header that stand for one integer or one text, in o. *own says of each source
 * file of the unit whether it is the header, known by its name so far; one that the unit's first
 * line includes is added, whatever its name is. 0, -EINVAL or -ENOMEM.
 */
int dwarf_read_macros(Dwarf_Die *unit, bool *own, size_t file_count, struct object *o,
		      struct diag *d);

#endif
