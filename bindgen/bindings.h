/* SPDX-License-Identifier: BSD-2-Clause */
/* Rust and Go: an object's types with the kernel's layout, and typed skeletons. */
#ifndef WBPF_BINDGEN_BINDINGS_H
#define WBPF_BINDGEN_BINDINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/strbuf.h"
#include "btfgen/object.h"
#include "btfgen/select.h"

enum binding_language { BINDINGS_RUST, BINDINGS_GO };

/* Zero-initialise, set both sizes to sizeof. */
struct bindings_options {
	size_t size;
	struct select_options select; /* which types, beyond the object's own */
	enum binding_language language;
	const char *package; /* of Go's package clause; NULL: the object's name, without "_bpf" */
	bool skeleton;       /* the object itself as well, with its maps, programs and sections */
};

/*
 * Appends one source file: the types that the options select, each with assertions of its size and
 * its fields' places that are checked when it is compiled; and the skeleton. Returns 0 or a
 * negative errno with the diag naming the type and the field: -ENOENT a named type is not there,
 * -ENOTSUP a skeleton of a big-endian object or of one without programs and maps, -EINVAL a
 * package's name that is none.
 */
int bindings_emit(const struct object *obj, const struct bindings_options *options,
		  struct strbuf *out, struct diag *d);

#endif
