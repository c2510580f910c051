/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef WBPF_BINDGEN_PRIVATE_H
#define WBPF_BINDGEN_PRIVATE_H

#include "base/arena.h"
#include "bindgen/plan.h"

struct plan {
	const struct object *obj;
	const struct model *m;
	struct layout *layout;
	enum binding_language language;
	struct name_scope names; /* of the file */
	struct arena memory;
	struct plan_type **by_id; /* model_count() */
	const struct plan_type **types;
	size_t count, capacity;
};

int plan_no_memory(struct diag *d);
/* Appends a type to the list. */
int plan_add(struct plan *p, const struct plan_type *t, struct diag *d);
/* Takes a name for it, and for what goes with it. */
int plan_name(struct plan *p, struct plan_type *t, const char *name, struct diag *d);
/* How a value of the type is written; parent and field give what has no name one. */
int plan_use(struct plan *p, uint32_t id, const char *parent, const char *field,
	     struct plan_use *ret, struct diag *d);
/* Fills in fields, accesses and tails; the type has its name. */
int plan_record(struct plan *p, const struct record *r, struct plan_type *t, struct diag *d);

#endif
