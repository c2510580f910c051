/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the mapping share. */
#ifndef WBPF_WITGEN_PRIVATE_H
#define WBPF_WITGEN_PRIVATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/strbuf.h"
#include "btfgen/model.h"
#include "templates/template.h"
#include "witgen/kebab.h"

/* Limits of today's tools. */
enum { WIT_MAX_FIELDS = 10000, WIT_MAX_DEPTH = 90 };

/* A type's definition in the interface, by type id. */
struct wit_definition {
	const char *name; /* NULL: none yet. The scope owns it */
	bool left_out;    /* it would be an empty record */
	unsigned depth;   /* of types within types */
};

struct wit_types {
	const struct model *m;
	struct template_data *data;
	struct kebab_scope scope;
	struct wit_definition *definitions;
	bool any; /* a definition has been written */
};

/* A type's use: what stands behind the colon, and what is to be said about it. */
struct wit_use {
	struct strbuf type; /* empty: left out */
	struct strbuf note; /* "16 elements", "const char *" */
	unsigned depth;
};

void wit_use_clear(struct wit_use *u);

/* An integer of so many bits, or the next larger. */
void wit_use_integer(unsigned bits, bool is_signed, struct wit_use *ret);
void wit_use_union(const struct type *t, struct wit_use *ret);

/*
 * How a value of the type is written; what it needs is defined first. hint is the name that the
 * type gets when it needs one and has none. ret->type stays empty for what is left out.
 */
int wit_use_type(struct wit_types *w, uint32_t id, const char *hint, struct wit_use *ret,
		 struct diag *d);

/* Defines a struct, union, enum or typedef, unless it is already. */
int wit_define(struct wit_types *w, uint32_t id, const char *hint, struct diag *d);
int wit_define_record(struct wit_types *w, uint32_t id, const char *name, struct diag *d);

/* An entry of the template's list with its first line of comment, and without a name... */
struct template_data *wit_add_text(struct wit_types *w, const char *about);
/* ... or with one, unique in the scope. NULL when memory ran out. */
struct template_data *wit_add_entry(struct wit_types *w, struct wit_definition *def,
				    const char *name, const char *about);

int wit_no_memory(struct diag *d);

#endif
