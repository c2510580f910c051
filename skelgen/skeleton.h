/* SPDX-License-Identifier: BSD-2-Clause */
/* The C skeleton of a BPF object: the shape and the names of `bpftool gen skeleton`. */
#ifndef WBPF_SKELGEN_SKELETON_H
#define WBPF_SKELGEN_SKELETON_H

#include <stddef.h>

#include "base/diag.h"
#include "base/strbuf.h"
#include "btfgen/object.h"

/* Zero-initialise, set size to sizeof; NULL options mean the same. */
struct skeleton_options {
	size_t size;
	const char *name; /* the object's name, a C identifier; NULL: made from the file's name */
};

/*
 * Appends the skeleton to out. Returns 0 or a negative errno with the diag naming the object and
 * what in it cannot be written: -EINVAL for a name that is no identifier, -ENOTSUP for something
 * that the BTF says and C for wasm32 cannot.
 */
int skeleton_emit(const struct object *obj, const struct skeleton_options *options,
		  struct strbuf *out, struct diag *d);

#endif
