/* SPDX-License-Identifier: BSD-2-Clause */
/* Typed skeletons for Rust's and Go's guest packages. */
#ifndef WBPF_BINDGEN_SKELETON_H
#define WBPF_BINDGEN_SKELETON_H

#include "base/diag.h"
#include "base/strbuf.h"
#include "bindgen/plan.h"

/* Takes the skeleton's names, before types take theirs. */
int bindings_reserve(struct plan *p, const struct object *obj, enum binding_language language,
		     struct diag *d);

/* Plans the types of keys, values and sections, and appends the skeleton's text. */
int bindings_skeleton(struct plan *p, const struct object *obj, enum binding_language language,
		      struct strbuf *out, struct diag *d);

#endif
