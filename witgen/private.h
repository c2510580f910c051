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

/* What a value becomes. */
enum wit_kind {
	WIT_NOTHING, /* it is left out */
	WIT_BOOL,
	WIT_INTEGER,
	WIT_FLOAT,
	WIT_WIDE,    /* tuple<u64, u64> */
	WIT_STRING,  /* of size bytes, or of what there is */
	WIT_BYTES,   /* list<u8>, as it lies there */
	WIT_LIST,    /* of count elements, or of what there is */
	WIT_DEFINED, /* what a definition says */
};

/* A type's use: what stands behind the colon, and what is to be said about it. */
struct wit_use {
	struct strbuf type; /* empty: left out */
	struct strbuf note; /* "16 elements", "const char *" */
	unsigned depth;
	enum wit_kind kind;
	bool is_signed;                   /* INTEGER */
	unsigned bits;                    /* INTEGER, FLOAT: of the WIT type */
	uint64_t size;                    /* bytes in the kernel's memory; 0 where that is open */
	uint32_t count;                   /* LIST; 0: as many as there are */
	struct wit_use *element;          /* LIST; owned */
	const struct wit_definition *def; /* DEFINED */
};

/* A field of a record, or a case of a variant. */
struct wit_field {
	const char *name;    /* the definition's names own it */
	const char *c_name;  /* the model owns it, or it is fixed text */
	uint64_t bit_offset; /* from the start of what it is in, as in struct member */
	unsigned bit_size;   /* of a bitfield, or 0 */
	struct wit_use use;
	/* Of a field that is a variant: what says which case it is, by index, or -1. */
	long selector;
	/* Of a case: what selects it; owned. None: what no other does. */
	uint64_t *values;
	size_t value_count;
};

/* What says which case a variant has: an integer in the record around it. */
struct wit_selector {
	const char *c_name;
	uint64_t bit_offset;
	unsigned bits;
	bool is_signed, is_bitfield;
};

enum wit_form { WIT_ALIAS, WIT_RECORD, WIT_VARIANT };

/* A type's definition in the interface. */
struct wit_definition {
	const char *name; /* NULL: none yet. The scope owns it */
	bool left_out;    /* it would be an empty record */
	unsigned depth;   /* of types within types */
	enum wit_form form;
	uint32_t id;      /* of the struct, union, enum or typedef */
	uint32_t spelled; /* of what has a name for it in C: itself or a typedef; 0: nothing */
	struct wit_definition *same; /* this one is no more than another name in C for that one */
	struct wit_use alias;
	struct wit_field *fields;
	size_t field_count;
	struct wit_selector *selectors;
	size_t selector_count;
};

struct wit_types {
	const struct model *m;
	struct template_data *data;
	struct kebab_scope scope;
	struct wit_definition *definitions; /* by type id */
	struct wit_definition **variants;   /* likewise, of unions that are tagged; NULL: none */
	struct wit_definition **order;      /* those with a name, each after what it needs */
	size_t order_count;
	struct arena texts;
	uint32_t *tags; /* ids of the declaration tags that are for WIT, by what they are about */
	size_t tag_count;
	bool bytes; /* arrays of char are list<u8> */
	bool any;   /* a definition has been written */
};

void wit_use_clear(struct wit_use *u);

/* An integer of so many bits, or the next larger. */
void wit_use_integer(unsigned bits, bool is_signed, struct wit_use *ret);
void wit_use_union(const struct type *t, struct wit_use *ret);
void wit_use_wide(bool is_signed, struct wit_use *ret);

/*
 * The declaration tags that are for WIT ("wit:..."), checked, in w->tags. 0, -ENOMEM, or -EINVAL
 * with the diag naming the type, the field and the tag.
 */
int wit_tags_find(struct wit_types *w, struct diag *d);
/* What is behind "wit:NAME=" in such a tag of a type (component -1) or of its member; "" for
 * "wit:NAME"; NULL when it has none. */
const char *wit_tag(const struct wit_types *w, uint32_t id, int32_t component, const char *name);

/*
 * How a value of the type is written; what it needs is defined first. hint is the name that the
 * type gets when it needs one and has none. ret->type stays empty for what is left out.
 */
int wit_use_type(struct wit_types *w, uint32_t id, const char *hint, struct wit_use *ret,
		 struct diag *d);

/* Defines a struct, union, enum or typedef, unless it is already. */
int wit_define(struct wit_types *w, uint32_t id, const char *hint, struct diag *d);
int wit_define_record(struct wit_types *w, uint32_t id, const char *name, struct diag *d);

/*
 * How member number index of the struct or union id is written; its place in ret is set as well.
 * path is the name of what is around it. ret->name and ret->c_name are set.
 */
int wit_use_member(struct wit_types *w, uint32_t id, uint32_t index, const char *path,
		   struct wit_field *ret, struct diag *d);

/* Defines a tagged union as a variant, unless it is already. */
int wit_define_variant(struct wit_types *w, uint32_t id, const char *name,
		       struct wit_definition **ret, struct diag *d);
/* Can each of the variant's values be the selector's? -EINVAL with the diag. */
int wit_check_selector(const struct wit_definition *variant, const struct wit_selector *s,
		       const char *record, struct diag *d);
void wit_definition_clear(struct wit_definition *def);
/* The lists "fields" or "cases" of the entry. */
void wit_print_fields(const struct wit_definition *def, const char *list,
		      struct template_data *entry);

/* An entry of the template's list with its first line of comment, and without a name... */
struct template_data *wit_add_text(struct wit_types *w, const char *about);
/* ... or with one, unique in the scope. NULL when memory ran out. */
struct template_data *wit_add_entry(struct wit_types *w, struct wit_definition *def,
				    const char *name, const char *about);

int wit_no_memory(struct diag *d);

#endif
