/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The layout: from what BTF says about structs, unions and data sections to slots that tile each of
 * them and can be printed one after the other. It is computed here once; emitters print slots and
 * do no offset arithmetic.
 *
 * Target: clang for wasm32 (its C ABI is the generic Itanium one: integers and floats of 1 to 16
 * bytes aligned to their size, bitfields allocated from the lowest bit, one that would straddle a
 * unit of its type moved to the next, unless packed). Scalars are spelled with fixed-width types,
 * so that the same slots hold for 64-bit machines. WebAssembly is little-endian: of a big-endian
 * model the offsets and sizes are the same, and what is printed has to convert.
 */
#ifndef WBPF_BTFGEN_LAYOUT_H
#define WBPF_BTFGEN_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "btfgen/model.h"

enum slot_kind {
	SLOT_FIELD,     /* an ordinary field, possibly an anonymous struct or union */
	SLOT_BITFIELD,  /* bit_size bits of an integer or enum */
	SLOT_PAD_BITS,  /* a hole: bit_size bits of an unsigned integer of unit bytes */
	SLOT_PAD_BYTES, /* a hole: bit_size / 8 bytes, written as an array */
};

struct slot {
	enum slot_kind kind;
	const char *name;     /* as in BTF; "" for anonymous structs and unions and for holes */
	uint32_t type;        /* id; 0 for holes */
	uint32_t var;         /* in a data section: id of the TYPE_VAR, else 0 */
	int32_t index;        /* of the member or section variable, -1 for holes */
	uint64_t bit_offset;  /* from the record's start; in a byte, the lowest bit is the first for
				 little endian, the highest for big endian */
	uint64_t bit_size;    /* 0 for what takes no room, as a flexible array */
	uint64_t byte_offset; /* of the byte that bit_offset lies in */
	uint64_t byte_size;   /* whole bytes; 0 for bits */
	unsigned unit;        /* SLOT_PAD_BITS: 1, 2, 4 or 8 bytes */
	/* Big endian only, where C for wasm32 has no bitfields in that order: these slots are a
	 * run of bytes, and each bitfield of it says which of their bits it has. */
	uint32_t run_slots; /* of the first slot of a run: how many it has; else 0 */
	uint32_t run_bytes; /* of the first slot of a run: its size */
	uint64_t run_bit;   /* of a slot in a run: from the highest bit of the run's first byte */
};

/* A struct, a union or a data section. */
struct record {
	uint32_t id;
	uint64_t size;    /* bytes */
	uint64_t align;   /* bytes, as C for wasm32 gives it to what is printed */
	bool packed;      /* the natural layout would differ: print packed ... */
	uint64_t aligned; /* ... and, when not 0, aligned(this) */
	bool is_union;    /* all slots begin at 0; else each begins where the one before ends */
	const struct slot *slots;
	size_t slot_count;
};

struct layout;

/*
 * Lays out all structs, unions and data sections of the model, which must be sound and outlive the
 * layout. What cannot be laid out is no error until it is asked for. 0 or -ENOMEM.
 */
int layout_new(const struct model *m, struct layout **ret, struct diag *d);
void layout_free(struct layout *l); /* l may be NULL */
const struct model *layout_model(const struct layout *l);

/*
 * The record of a TYPE_STRUCT, TYPE_UNION or TYPE_DATASEC; it lives as long as the layout.
 * 0, or -ENOTSUP with the diag naming the type and the field that C for wasm32 cannot have there.
 * In a data section, static variables are holes: their names need not be unique, and skeletons do
 * not show them.
 */
int layout_record(const struct layout *l, uint32_t id, const struct record **ret, struct diag *d);

/* Alignment in bytes, under wasm32 and as printed, of any type that has a size. */
uint64_t layout_align(const struct layout *l, uint32_t id);

/*
 * Do the slots tile [0, size), and would clang put them where they say? Repeats the C rules from
 * the slots alone, so it also judges records that were made elsewhere. 0, or -EINVAL with the diag
 * naming the type and the slot.
 */
int layout_check(const struct layout *l, const struct record *r, struct diag *d);

/* How a scalar is spelled. */
enum scalar_class {
	SCALAR_NONE, /* a struct, union, array, or nothing that has a size */
	SCALAR_UNSIGNED,
	SCALAR_SIGNED,
	SCALAR_BOOL,    /* 1 byte, 0 or 1 */
	SCALAR_CHAR,    /* C's char */
	SCALAR_FLOAT,   /* 4 or 8 bytes */
	SCALAR_BYTES,   /* a float that wasm32 has no type for: so many bytes */
	SCALAR_POINTER, /* an address in the kernel or the BPF program: an unsigned integer */
	SCALAR_ENUM,
};

struct scalar {
	enum scalar_class class;
	unsigned size;  /* bytes; of SCALAR_UNSIGNED and SCALAR_SIGNED 1, 2, 4, 8 or 16 */
	bool is_signed; /* SCALAR_SIGNED, and SCALAR_ENUM when it has negative values */
	uint32_t id;    /* the type behind modifiers and typedefs */
};

struct scalar layout_scalar(const struct model *m, uint32_t id);

/*
 * Visits each named field of a record, those inside its anonymous structs and unions too, in
 * order. path[0 .. depth - 1] are the steps from the record down to the field, byte_offset counts
 * from the record's start. Fields inside named fields of anonymous type are visited too (path
 * "in.x"; through an array it is its first element). A visit that returns not 0 ends the walk with
 * that value.
 */
struct layout_step {
	const struct record *record;
	const struct slot *slot; /* of record */
};

typedef int layout_visit(void *context, const struct layout_step *path, size_t depth,
			 uint64_t byte_offset);
int layout_walk(const struct layout *l, const struct record *r, layout_visit *visit, void *context);

#endif
