/* SPDX-License-Identifier: BSD-2-Clause */
/* WIT for an object's own types: what a component passes on once the bytes are decoded. */
#ifndef WBPF_WITGEN_WIT_H
#define WBPF_WITGEN_WIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/strbuf.h"
#include "btfgen/object.h"

/* Zero-initialise, set size to sizeof; NULL options mean the same. */
struct wit_options {
	size_t size;
	const char *const *types; /* further types to include (--type), NULL-ended; may be NULL */
	bool all;                 /* every named type of the BTF */
};

/*
 * Appends one package to out: an interface with the types and a world. Returns 0 or a negative
 * errno with the diag naming the type and the field.
 */
int wit_emit(const struct object *obj, const struct wit_options *options, struct strbuf *out,
	     struct diag *d);

#endif
