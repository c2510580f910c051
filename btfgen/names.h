/* SPDX-License-Identifier: BSD-2-Clause */
/* Identifiers: what the generated languages and the readers agree on. */
#ifndef WBPF_BTFGEN_NAMES_H
#define WBPF_BTFGEN_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/strmap.h"

/* Is it an identifier of C (ASCII letters, digits, '_'; not empty, no leading digit)? */
bool name_is_identifier(const char *s);
size_t name_identifier_length(const char *s); /* 0 when it is none */

/* Makes it one, in place: what does not belong becomes '_'. An empty string stays empty. */
void name_sanitize(char *s);

/* Has it no control characters, which steer terminals and end lines? And makes it so, in place. */
bool name_is_printable(const char *s);
void name_make_printable(char *s);

bool name_is_c_keyword(const char *s);   /* of C11, C23 or GNU C: not usable as a name in C */
bool name_is_cxx_keyword(const char *s); /* of C++20, and no keyword of C */

/*
 * Does wasi-libc use this name, so that a header must not define it? One list for each name space:
 * struct, union and enum tags; typedefs, functions and variables; and macros, which spoil a name
 * wherever it stands.
 */
bool name_is_libc_tag(const char *s);
bool name_is_libc_ordinary(const char *s);
bool name_is_libc_macro(const char *s);

/* Puts the keywords of both languages and the macros into a table, each with a value that is not
 * NULL; for those who ask about many names. False when memory ran out. */
bool names_list_special(struct strmap *ret);

#endif
