/* SPDX-License-Identifier: BSD-2-Clause */
/* Which of an object's types its user sees: the same for the C header, WIT and what comes later. */
#ifndef WBPF_BTFGEN_SELECT_H
#define WBPF_BTFGEN_SELECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "btfgen/object.h"

/* Zero-initialise, set size to sizeof; NULL options mean the same. */
struct select_options {
	size_t size;
	const char *const *types; /* further types (--type): "event", "struct event"; NULL-ended */
	/* Of the file itself every enum, and every struct, union and typedef with a name. */
	bool all;
};

/* What "event" or "struct event" names, or 0; a module's own types hide the kernel's. */
uint32_t select_find(const struct object *obj, const char *spelling);

/*
 * The ids of the types that an emitter starts from, each once: keys and values of maps, variables
 * of data sections, what such variables point to (one level: "const struct event *unused" is how a
 * source shows a type that only the ring buffer carries), the named ones, and all when asked.
 * Arrays and modifiers are taken off; a typedef stays one. What these hold by value is not in the
 * list, the emitter gets there itself.
 *
 * *ret is a malloc()ed array. Returns 0, -ENOENT for a named type that is not there (the diag says
 * what to add to the BPF source), or -ENOMEM.
 */
int select_types(const struct object *obj, const struct select_options *options, uint32_t **ret,
		 size_t *ret_count, struct diag *d);

/*
 * Visits the types of maps' keys and values and of variables, each with the name that it can have
 * when it has none of its own: "counts_key", "counts_value", the variable's. The name lives during
 * the call. A visit that returns not 0 ends it with that value; otherwise 0, or -ENOMEM.
 */
typedef int select_visit(void *context, uint32_t id, const char *name, struct diag *d);
int select_unnamed(const struct object *obj, select_visit *visit, void *context, struct diag *d);

#endif
