/* SPDX-License-Identifier: BSD-2-Clause */
/* WIT identifiers: kebab-case words, each of letters and digits and beginning with a letter. */
#ifndef WBPF_WITGEN_KEBAB_H
#define WBPF_WITGEN_KEBAB_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/strmap.h"

/*
 * The WIT identifier for a C one, without the '%' in front: "taskComm_16" and "task_comm16" are
 * "task-comm16". Names that break the generators behind WIT (restrict, typeof, errno, len, self,
 * into) get the suffix ("field", "type"). A malloc()ed string, or NULL when memory ran out.
 */
char *kebab_make(const char *name, const char *suffix);

/*
 * The identifiers of one scope: a record's fields, an interface's types. Zero-initialise.
 * lists: of types, which wit-bindgen's C generator puts beside its own lists of them, so that
 * "list-head" and a list of "head" would be one name.
 */
struct kebab_scope {
	bool lists;
	struct strmap taken; /* by letters and digits alone */
	struct arena texts;
};

/*
 * kebab_make(), unique in the scope in the sense of the component model: by its letters and digits
 * alone, in lower case. A clash gets a number. The scope owns the result; NULL: memory ran out.
 */
const char *kebab_add(struct kebab_scope *scope, const char *name, const char *suffix);
void kebab_scope_clear(struct kebab_scope *scope);

#endif
