/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is written of each type, before it is known in which language: fields that both languages
 * have where C has them, and beside them accessors for what they cannot have there (bitfields,
 * unions, packed fields), whose bytes are in runs without a name.
 */
#ifndef WBPF_BINDGEN_PLAN_H
#define WBPF_BINDGEN_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "bindgen/bindings.h"
#include "bindgen/names.h"
#include "btfgen/layout.h"
#include "btfgen/object.h"

struct plan_type;

enum plan_class {
	PLAN_INTEGER, /* pointers, bool and char too */
	PLAN_FLOAT,
	PLAN_WIDE,  /* an integer of 128 bits */
	PLAN_BYTES, /* a float that has no type elsewhere: size bytes */
	PLAN_TYPE,  /* type */
};

/* How a value of a C type is written: lengths[0] arrays of ... of what the class says. */
struct plan_use {
	enum plan_class class;
	unsigned size; /* bytes, but for PLAN_TYPE */
	bool is_signed;
	const struct plan_type *type;
	const uint32_t *lengths;
	size_t depth;
	uint64_t bytes;   /* of all of it */
	uint64_t align;   /* bytes, as C for wasm32 has it; Go's may be less */
	const char *note; /* what C says, when it says more, or NULL */
};

/* Of a struct or a section, in order, without holes. */
struct plan_field {
	const char *name; /* NULL: bytes that accessors read, or nobody */
	const char *c_name;
	uint64_t offset; /* bytes */
	struct plan_use use;
	uint64_t run_bytes; /* without a name: so many, in pieces of ... */
	unsigned run_piece; /* ... 1, 2, 4 or 8 bytes, which are aligned as such */
};

enum plan_access_how {
	PLAN_BITS,  /* bits */
	PLAN_VALUE, /* is copied */
	PLAN_PLACE, /* is where it can be pointed to */
};

struct plan_access {
	enum plan_access_how how;
	const char *name, *setter; /* what both languages call them */
	const char *c_name;
	uint64_t offset;     /* bytes */
	uint64_t bit;        /* PLAN_BITS: from the start, counted as in struct slot */
	unsigned bits;       /* PLAN_BITS: how many */
	bool is_bool;        /* PLAN_BITS of a bool */
	bool in_union;       /* other accessors read the same bytes */
	struct plan_use use; /* of PLAN_BITS what the whole integer is */
};

/* An array without a length, which is behind the struct or has elements that it does not count. */
struct plan_tail {
	const char *name, *c_name;
	bool is_copied; /* it may lie where none of its elements can */
	uint64_t offset;
	struct plan_use element;
};

struct plan_constant {
	const char *name, *c_name;
	uint64_t value;
};

enum plan_kind {
	PLAN_RECORD, /* struct, union or data section */
	PLAN_ENUM,
	PLAN_CONSTANTS, /* an enum without a name that nothing is of */
	PLAN_ALIAS,
};

struct plan_type {
	enum plan_kind kind;
	const char *name;   /* NULL: PLAN_CONSTANTS */
	const char *viewer; /* Go's function for it */
	const char *about;  /* "struct event" */
	uint64_t size;      /* bytes */
	unsigned depth;     /* of records in each other by value, this one included */
	/* PLAN_RECORD */
	uint64_t align;       /* bytes, as C has it */
	uint64_t field_align; /* the most that a field has by itself */
	const struct plan_field *fields;
	size_t field_count;
	const struct plan_access *accesses;
	size_t access_count;
	const struct plan_tail *tails;
	size_t tail_count;
	const char *const *omitted; /* fields that hold nothing, as C declares them */
	size_t omitted_count;
	/* PLAN_ENUM, PLAN_CONSTANTS */
	bool is_signed;
	const struct plan_constant *constants;
	size_t constant_count;
	/* PLAN_ALIAS */
	struct plan_use target;
};

struct plan;

/* An empty plan; the object must outlive it. */
int plan_new(const struct object *obj, enum binding_language language, struct plan **ret,
	     struct diag *d);
void plan_free(struct plan *p); /* p may be NULL */

/* The file's own names: what is taken before a type is. */
struct name_scope *plan_names(struct plan *p);

/* Plans a type and what it holds by value. hint names a type that has no name of its own; NULL when
 * it is known that it is planned already. */
int plan_define(struct plan *p, uint32_t id, const char *hint, struct plan_use *ret,
		struct diag *d);

/* An enum without a name, of which nothing may be: its constants. */
int plan_constants(struct plan *p, uint32_t id, struct diag *d);

/* A data section's variables, as a type of that name. */
int plan_section(struct plan *p, uint32_t datasec, const char *name, const struct plan_type **ret,
		 struct diag *d);

/* All types of the plan, each of a name once; valid until the next one is planned. */
const struct plan_type *const *plan_types(const struct plan *p, size_t *ret_count);

const struct model *plan_model(const struct plan *p);
bool plan_big_endian(const struct plan *p);

/* What an alias is in the end, unless that is an array; other uses are themselves. */
const struct plan_use *plan_base(const struct plan_use *use);

/* A single integer of at most 64 bits, float or enum, or an alias of one. */
bool plan_is_number(const struct plan_use *use);

/* Is it, or is each element of the array that it is, a number whose bytes lie in another order than
 * this machine has them in? */
bool plan_is_swapped(const struct plan *p, const struct plan_use *use);

#endif
