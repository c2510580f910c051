/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The type model: what BTF says about types, in structs of our own, so that nothing behind the
 * reader depends on libbpf or on where the types came from.
 *
 * A type is known by its id, a small integer. Id 0 is void. When the model was read from BTF, ids
 * are the BTF's own (after libbpf's linker has merged equal types). The facts behind each kind are
 * in the kernel's Documentation/bpf/btf.rst.
 *
 * A model that object_read() or model_check() accepted is sound: every id in it is in range, names
 * are C identifiers where the language wants them, chains of modifiers, typedefs and arrays end,
 * every by-value member has a size, and no struct contains itself. The functions below rely on it.
 */
#ifndef WBPF_BTFGEN_MODEL_H
#define WBPF_BTFGEN_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

enum type_kind {
	TYPE_VOID,
	TYPE_INT,
	TYPE_FLOAT,
	TYPE_PTR,
	TYPE_ARRAY,
	TYPE_STRUCT,
	TYPE_UNION,
	TYPE_ENUM, /* of 1, 2, 4 or 8 bytes: BTF's ENUM and ENUM64 */
	TYPE_FWD,  /* a struct, union or enum that is only declared */
	TYPE_TYPEDEF,
	TYPE_CONST,
	TYPE_VOLATILE,
	TYPE_RESTRICT,
	TYPE_TYPE_TAG,
	TYPE_FUNC,
	TYPE_FUNC_PROTO,
	TYPE_VAR,
	TYPE_DATASEC,
	TYPE_DECL_TAG,
	TYPE_KIND_COUNT,
};

/* One field of a struct or union. */
struct member {
	const char *name;    /* "" for an unnamed bitfield or an anonymous struct or union */
	uint32_t type;       /* id */
	uint32_t bit_offset; /* from the start of the enclosing struct: of its lowest bit for
				little endian, of its highest for big endian */
	uint32_t bit_size;   /* width of a bitfield, 0 for an ordinary field */
};

struct enumerator {
	const char *name;
	uint64_t value; /* sign-extended to 64 bits when the enum is signed */
};

struct param {
	uint32_t type; /* 0 as the last one: "..." */
};

/* A variable's place in a data section. */
struct section_var {
	uint32_t var;    /* id of a TYPE_VAR (in .ksyms also of a TYPE_FUNC) */
	uint32_t offset; /* bytes from the section's start */
	uint32_t size;   /* bytes */
};

enum var_linkage { VAR_STATIC, VAR_GLOBAL, VAR_EXTERN };
enum fwd_what { FWD_STRUCT, FWD_UNION, FWD_ENUM };

/* A kernel has 130,000 of these, which are gone through many times: no byte is lost in it. */
struct type {
	const char *name; /* never NULL, "" when anonymous; of a TYPE_TAG or DECL_TAG its text */
	union {           /* count elements, by kind; NULL when count is 0 */
		const struct member *members;    /* STRUCT, UNION */
		const struct enumerator *values; /* ENUM */
		const struct param *params;      /* FUNC_PROTO */
		const struct section_var *vars;  /* DATASEC, by rising offset */
	};
	uint64_t size; /* bytes: INT, FLOAT, PTR, STRUCT, UNION, ENUM, DATASEC; else 0 */
	/* Id: what PTR, TYPEDEF, a modifier, VAR or DECL_TAG refers to, the element of ARRAY, the
	 * prototype of FUNC, the return type of FUNC_PROTO. */
	uint32_t target;
	uint32_t count;    /* members, enumerators, params, section vars; elements of ARRAY */
	int32_t component; /* DECL_TAG: index of the member or param it is about, or -1 */
	enum type_kind kind : 8;
	enum var_linkage linkage : 8; /* VAR, FUNC */
	enum fwd_what fwd : 8;        /* FWD */
	uint8_t int_bits; /* INT: its width, size * 8 except in old compilers' bitfields */
	bool is_signed;   /* INT, ENUM */
	bool is_bool;     /* INT */
	bool is_char;     /* INT */
};

struct model;

/*
 * Building: for readers and tests. pointer_size is 4 or 8 bytes. model_add() copies the type with
 * its strings and lists (name may be NULL for "") and gives it the next id, the first being 1;
 * 0 means that memory ran out. Types may refer to ids that are added later.
 */
struct model *model_new(unsigned pointer_size, bool big_endian);
void model_free(struct model *m);
uint32_t model_add(struct model *m, const struct type *t);

/* Is the model sound, as said above? 0, or -EINVAL with the diag naming the type and the field. */
int model_check(const struct model *m, struct diag *d);

/* Reading. Strings and types live as long as the model. */
static inline uint32_t model_count(const struct model *m); /* ids are 0 .. count - 1 */
static inline const struct type *model_type(const struct model *m, uint32_t id); /* never NULL; void
										   if unknown */
unsigned model_pointer_size(const struct model *m);                              /* bytes: 4 or 8 */
bool model_big_endian(const struct model *m);

uint32_t model_skip_modifiers(const struct model *m, uint32_t id); /* const, volatile, ..., tags */
uint32_t model_resolve(const struct model *m, uint32_t id);        /* these and typedefs */

/*
 * Is it, behind modifiers and typedefs, a pointer of 8 bytes whose BTF says that it points into a
 * BPF arena? Clang keeps no address space in BTF, so a source says it with a type tag as well:
 * __attribute__((address_space(1), btf_type_tag("arena"))). The kernel's own BTF has the tag
 * "address_space(1)". *ret is what it points to, without modifiers; of a
 * struct that is only declared, its definition where the model has one.
 */
bool model_arena_pointer(const struct model *m, uint32_t id, uint32_t *ret);

/* Bytes of an object of this type; 0 for void, FWD, functions and flexible arrays. */
uint64_t model_size(const struct model *m, uint32_t id);

/* What an array of arrays of ... is made of; the resolved type itself when it is no array. */
uint32_t model_element(const struct model *m, uint32_t id);

/* Can a field be of this type? Not of void, FWD and functions; of flexible arrays, yes. */
bool model_has_size(const struct model *m, uint32_t id);

/* The first type of this kind and name, or 0. */
uint32_t model_find(const struct model *m, enum type_kind kind, const char *name);

/* The first struct, union, enum or typedef that "struct x", "union x", "enum x" or plain "x" (any
 * of the four, in this order) names, or 0. */
uint32_t model_find_spelled(const struct model *m, const char *spelling);

/* The same among the ids from first on, which is at least 1. */
uint32_t model_find_spelled_from(const struct model *m, const char *spelling, uint32_t first);

/* What a model begins with. For these two only, which are called millions of times. */
struct model_types {
	struct type *types; /* of id 0 it is void */
	uint32_t count;
};

static inline uint32_t model_count(const struct model *m)
{
	return ((const struct model_types *)(const void *)m)->count;
}

static inline const struct type *model_type(const struct model *m, uint32_t id)
{
	const struct model_types *list = (const void *)m;

	return &list->types[id < list->count ? id : 0];
}

/* By its name in BTF: compilers write "unsigned long" and "long unsigned int". */
bool type_is_long(const struct type *t);
bool type_is_long_long(const struct type *t);

const char *type_kind_name(enum type_kind kind); /* "struct", "typedef", ... for messages */

#endif
