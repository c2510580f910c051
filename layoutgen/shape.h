/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The shape of types: the layout without ids, so that layouts of two objects, or of an object and a
 * file, can be compared. Types and fields go by their names. Everything in it is finished text and
 * numbers: what prints or compares a shape computes no offset.
 */
#ifndef WBPF_LAYOUTGEN_SHAPE_H
#define WBPF_LAYOUTGEN_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/strbuf.h"
#include "btfgen/object.h"

/* What a field holds, or each element of the array that it is. */
enum shape_kind {
	SHAPE_UNSIGNED,
	SHAPE_SIGNED,
	SHAPE_BOOL,
	SHAPE_CHAR,
	SHAPE_FLOAT,
	SHAPE_BYTES, /* a float that wasm32 has no type for */
	SHAPE_POINTER,
	SHAPE_ENUM,
	SHAPE_STRUCT,
	SHAPE_UNION,
	SHAPE_KIND_COUNT,
};

struct shape_hole {
	uint64_t byte_offset; /* from the outermost type's start */
	uint64_t bit_size;
	unsigned bit; /* in the byte at byte_offset, 0 .. 7 */
};

struct shape_value {
	const char *name;
	const char *text; /* decimal */
};

struct shape_field;

/* What a type or a field writes out itself: its own fields or enumerators. */
struct shape_body {
	struct shape_field *fields;
	size_t field_count;
	struct shape_hole *holes; /* neighbours are one; of a union none */
	size_t hole_count;
	struct shape_value *values;
	size_t value_count;
	/* Of a section: its static variables, by rising offset, with name, type and place. Several
	 * can have one name, and no skeleton shows them: nothing is compared by them. */
	struct shape_field *statics;
	size_t static_count;
};

struct shape_field {
	const char *name;        /* "" for an anonymous struct or union */
	const char *type;        /* as the BPF program has it: "char[16]" */
	const char *declaration; /* "char comm[16]"; NULL in a shape that was read from a file */
	enum shape_kind kind;
	bool is_signed;       /* SHAPE_ENUM: it has negative values */
	const char *of;       /* key of the struct, union, enum or typedef it is made of, or "" */
	const uint32_t *dims; /* lengths of the array, outermost first; 0: flexible */
	size_t dim_count;
	/* Of an array that has no size (it is flexible, or its length is 0): the bytes of each
	 * innermost element, which nothing else tells. A file can leave them out. */
	uint64_t element_size;
	bool element_known;
	uint64_t byte_offset;   /* from the outermost type's start */
	uint64_t byte_size;     /* 0 for a bitfield */
	unsigned bit;           /* of a bitfield: its lowest bit in the byte at byte_offset */
	uint64_t bits;          /* of a bitfield: its width, else 0 */
	bool is_long;           /* of a bitfield: declared as long; false in a shape from a file */
	struct shape_body body; /* of an anonymous struct, union or enum */
};

/* A struct, union, enum or typedef that has a name, or a data section. */
struct shape_type {
	const char *kind; /* "enum", "section", "struct", "typedef", "union" */
	const char *name;
	unsigned number; /* of different types of one kind and name the second has 2 */
	const char *key; /* "struct event", "event_t", ".bss"; with number "struct event#2" */
	uint64_t align;  /* bytes, under wasm32 */
	bool is_open;    /* it ends with an array without a size, so data lies behind its end */
	struct shape_field self; /* what it is: its size, a typedef's array, its body */
};

struct shape {
	bool big_endian;
	unsigned pointer_size;    /* bytes: 4 or 8 */
	struct shape_type *types; /* by kind, name and number */
	size_t type_count;
	/* The enumerators of enums that have no name and that no field or typedef is of: constants,
	 * by name and value. Which enum each is in says nothing. */
	struct shape_value *constants;
	size_t constant_count;
	struct shape_block *blocks; /* all memory behind the pointers */
};

/* Zero-initialise options and set size to sizeof; NULL options mean the same. */
struct shape_options {
	size_t size;
	/* Only these and what they contain ("event", "struct event"; NULL-ended). When NULL: what
	 * the object's maps hold, its data sections, and what these point to. */
	const char *const *types;
	bool all; /* every type that has a name, and the data sections */
	/* Beside these, or alone when there are no other options: the object's types and sections
	 * that have the kind and name of one in here, and the enumerators that have the name of a
	 * constant in here. That one is missing is no error. */
	const struct shape *like;
	bool only_like;
};

/*
 * The shape of an object's types. 0, or a negative errno with the diag naming the type and the
 * field: -ENOENT a named type is not there, -ENOTSUP it cannot be laid out or has no size, -EINVAL
 * only types and nothing named, -ENOMEM.
 */
int shape_make(const struct object *o, const struct shape_options *options, struct shape **ret,
	       struct diag *d);

/* For those that make shapes: an empty one; and memory that lives as long as it does, zeroed, NULL
 * when there is none. */
struct shape *shape_new(void);
void *shape_alloc(struct shape *s, size_t count, size_t size);
const char *shape_string(struct shape *s, const char *text);
const char *shape_key(struct shape *s, const char *kind, const char *name, unsigned number);
/* When all types are there, in their order: fills in what follows from the types that fields are
 * of. */
void shape_finish(struct shape *s);
void shape_free(struct shape *s); /* s may be NULL */

const char *shape_kind_name(enum shape_kind kind);
int shape_compare_names(const struct shape_type *a, const struct shape_type *b);

/* The first type of this kind and name, or NULL; further ones follow it. */
const struct shape_type *shape_find(const struct shape *s, const char *kind, const char *name);

/* Does it say nothing? */
bool shape_is_empty(const struct shape *s);

/* Constants in the order that they have in a shape, each once. Returns how many there are then. */
size_t shape_sort_constants(struct shape_value *values, size_t count);

/* The first constant of this name, or NULL; further ones follow it. */
const struct shape_value *shape_find_constant(const struct shape *s, const char *name);

/* Is it an array without a size, or does it end with one? */
bool shape_is_open(const struct shape *s, const struct shape_field *f);

/*
 * Of a struct's or union's fields, the index of the first that the struct ends with: the last one
 * that takes room, and arrays without a size behind it. 0 for a union, whose fields all are where
 * it ends.
 */
size_t shape_first_last(const struct shape_field *f);

#endif
