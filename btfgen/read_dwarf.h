/* SPDX-License-Identifier: BSD-2-Clause */
/* What the two files that read DWARF share; only they include this. */
#ifndef WBPF_BTFGEN_READ_DWARF_H
#define WBPF_BTFGEN_READ_DWARF_H

#include <elfutils/libdw.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "btfgen/model.h"

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
	void *list; /* of the type being converted */
};

/* The id of a type, by value with all that it has inside. 0 with the diag set: no memory, or too
 * many. */
uint32_t dwarf_want(struct dwarf_types *t, Dwarf_Die *die);

/* Adds all that are wanted. 0, -EINVAL, -ENOTSUP or -ENOMEM. */
int dwarf_add_wanted(struct dwarf_types *t);
void dwarf_types_clear(struct dwarf_types *t);

/*
 * The DIE behind this one, in *die. A file may say that it is one further up: that ends the list,
 * as it would otherwise never end. False at the end.
 */
bool dwarf_next(Dwarf_Die *die);

#endif
