/* SPDX-License-Identifier: BSD-2-Clause */
/* Identifiers in each language's style, unique in their scope. */
#ifndef WBPF_BINDGEN_NAMES_H
#define WBPF_BINDGEN_NAMES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/strmap.h"
#include "bindgen/bindings.h"

enum name_style {
	NAME_TYPE,     /* TaskStruct */
	NAME_FIELD,    /* Rust: task_struct, for functions too; Go: TaskStruct */
	NAME_CONSTANT, /* Rust: TASK_STRUCT; Go: TaskStruct */
};

/* What a C name becomes. A keyword gets "_" behind it, what begins with no letter a letter in
 * front. A malloc()ed string, or NULL when memory ran out. */
char *name_make(enum binding_language language, enum name_style style, const char *name);

/* Zero-initialise; name_scope_clear() when done. */
struct name_scope {
	struct strmap taken;
	struct arena texts;
};

/* name_make(), with a number behind it when the scope has it already. The scope owns the result;
 * NULL: memory ran out. */
const char *name_add(struct name_scope *scope, enum binding_language language,
		     enum name_style style, const char *name);

/* The same for a name NAME and others that are made of it: the same number keeps "prefixNAME" free
 * as well (in Rust's fields "prefix_NAME"). *ret_other is it; prefix is a C name. */
const char *name_add_pair(struct name_scope *scope, enum binding_language language,
			  enum name_style style, const char *name, const char *prefix,
			  const char **ret_other);

/* Takes a name as it is. False: memory ran out. */
bool name_reserve(struct name_scope *scope, const char *name);
void name_scope_clear(struct name_scope *scope);

#endif
