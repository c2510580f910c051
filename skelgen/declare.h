/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Declarations of a section's variables in C, such that a user's code that was written for
 * bpftool's skeleton compiles against them, natively and for wasm32: scalars keep their C names
 * where these have the same size everywhere, structs, unions and enums are named and not defined.
 */
#ifndef WBPF_SKELGEN_DECLARE_H
#define WBPF_SKELGEN_DECLARE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/strbuf.h"
#include "btfgen/layout.h"

struct declare_options {
	bool keep_const; /* else const and volatile are dropped, as a skeleton's user sets variables
			  */
	unsigned indent; /* tabs in front of the lines after the first, of an inline struct */
};

/*
 * Appends "int64_t total[4];", a struct without a name with its members and their padding. A
 * pointer is a union of a pointer and of the 8 bytes that it has everywhere in the kernel, called
 * __NAME_room; in an array it is a number. Returns 0, or -ENOTSUP with the diag naming what C
 * cannot say; -ENOMEM.
 */
int declare(const struct layout *l, uint32_t type, const char *name,
	    const struct declare_options *options, struct strbuf *out, struct diag *d);

/* The same for one slot of a record; name is also what a hole of whole bytes is called. */
int declare_slot(const struct layout *l, const struct slot *slot, const char *name,
		 const struct declare_options *options, struct strbuf *out, struct diag *d);

/*
 * A pointer to such a variable: "int64_t (*total)[4];". To one that is a pointer itself it is a
 * pointer to a pointer, for the lower half in a module.
 */
int declare_pointer_to(const struct layout *l, uint32_t type, const char *name,
		       const struct declare_options *options, struct strbuf *out, struct diag *d);

/* Is it declared as the union? */
bool declare_is_pointer(const struct model *m, uint32_t type);

/* Is the type whole with its declaration? Others the user may not have defined when all that there
 * is of them is a pointer. */
bool declare_defines(const struct model *m, uint32_t type);

/* Appends " __attribute__((packed))" or the like, where the record needs it. */
void declare_attributes(const struct record *r, struct strbuf *out);

#endif
