/* SPDX-License-Identifier: BSD-2-Clause */
/* The C header of an object's types, with assertions for every size and offset. */
#ifndef WBPF_BTFGEN_CHEADER_H
#define WBPF_BTFGEN_CHEADER_H

#include "base/diag.h"
#include "base/strbuf.h"
#include "btfgen/object.h"
#include "btfgen/select.h"

/*
 * Appends the header to out: the types that select.h chooses and everything inside them by value.
 * options may be NULL. Returns 0 or a negative errno with the diag naming the type and the field:
 * -ENOENT a named type is not in the BTF; -ENOTSUP C for wasm32 cannot have it; -EINVAL raw BTF and
 * nothing named.
 */
int cheader_emit(const struct object *o, const struct select_options *options, struct strbuf *out,
		 struct diag *d);

#endif
