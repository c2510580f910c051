/* SPDX-License-Identifier: BSD-2-Clause */
/* WIT for an object's own types: what a component passes on once the bytes are decoded. */
#ifndef WBPF_WITGEN_WIT_H
#define WBPF_WITGEN_WIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/strbuf.h"
#include "btfgen/object.h"
#include "btfgen/select.h"

/* Zero-initialise, set both sizes to sizeof; NULL options mean the same. */
struct wit_options {
	size_t size;
	struct select_options select; /* which types, beyond the object's own */
	bool bytes;                   /* arrays of char are list<u8>, not string */
};

/*
 * Appends one package to out: an interface with the types that the options select, and a world.
 * Returns 0 or a negative errno with the diag naming the type and the field: -EINVAL for a
 * declaration tag that is wrong.
 */
int wit_emit(const struct object *obj, const struct wit_options *options, struct strbuf *out,
	     struct diag *d);

/*
 * Appends a C header with functions that fill what wit-bindgen's C generator makes of the package
 * that wit_emit() writes with the same options. Returns as that does, and -ENOTSUP for what the C
 * header of the types cannot have.
 */
int wit_decoder_emit(const struct object *obj, const struct wit_options *options,
		     struct strbuf *out, struct diag *d);

#endif
