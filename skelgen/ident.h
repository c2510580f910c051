/* SPDX-License-Identifier: BSD-2-Clause */
/* C identifiers for things that a BPF object names, and their uniqueness within one scope. */
#ifndef WBPF_SKELGEN_IDENT_H
#define WBPF_SKELGEN_IDENT_H

#include <stddef.h>

/*
 * Makes an identifier of any name: what is no letter, digit or underscore becomes an underscore (so
 * "count.seen", a static variable of a function, is count_seen), a leading digit gets an underscore
 * in front, a C keyword one behind. A malloc()ed string, or NULL when memory ran out.
 */
char *ident_make(const char *name);

/* The identifiers of one scope. Zero-initialise; ident_scope_clear() when done. */
struct ident_scope {
	char **idents; /* owned */
	size_t count;
};

/*
 * ident_make(), and when the scope has that identifier already, a number behind it: "name_2". The
 * scope owns the result. NULL when memory ran out.
 */
const char *ident_add(struct ident_scope *scope, const char *name);
void ident_scope_clear(struct ident_scope *scope);

#endif
