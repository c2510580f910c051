/* SPDX-License-Identifier: BSD-2-Clause */
/* The C skeleton of a BPF object: the shape and the names of `bpftool gen skeleton`. */
#ifndef WBPF_SKELGEN_SKELETON_H
#define WBPF_SKELGEN_SKELETON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/strbuf.h"
#include "btfgen/object.h"

/* Where a skeleton has the object's bytes. */
enum skeleton_embed {
	SKELETON_ARRAY,   /* in itself */
	SKELETON_FILE,    /* in a file that is read when the object is opened */
	SKELETON_SECTION, /* in a custom section of the module */
};

struct skeleton_options {
	size_t size; /* sizeof(struct skeleton_options) */
	enum skeleton_embed embed;
	/* The file's path, NULL: the object file's name; or what is behind "wbpf.bpf." in the
	 * section's name, NULL: the object's name. */
	const char *where;
};

/* Can it stand behind "wbpf.bpf."? */
bool skeleton_is_section(const char *name);

/*
 * Appends the skeleton of obj, which must be an object file and not raw BTF, to out. options may be
 * NULL. Returns 0 or a negative errno with the diag naming the object and what in it cannot be
 * written: -EINVAL for a name that is no identifier, -ENOTSUP for something that BTF says and C for
 * wasm32 cannot.
 */
int skeleton_emit(const struct object *obj, const struct skeleton_options *options,
		  struct strbuf *out, struct diag *d);

#endif
