/* SPDX-License-Identifier: BSD-2-Clause */
/* The names that types and enumerators get in C; cdecl.h says by which rules. */
#ifndef WBPF_BTFGEN_CNAMES_H
#define WBPF_BTFGEN_CNAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "btfgen/model.h"

/* A macro of this and a name is the name, and in C++, where the name cannot be used, one with an
 * underscore. */
#define CXX_PREFIX "wbpf_name_"

/* A macro of this and a typedef's name is that, and in C++ that at file scope. */
#define TYPE_PREFIX "wbpf_type_"

struct cnames;

struct cnames *cnames_new(const struct model *m, const bool *selected); /* NULL: no memory */
void cnames_free(struct cnames *n);                                     /* n may be NULL */

/* Of a struct, union, enum or typedef; "" when it has none or is a typedef that is not written. */
const char *cnames_type(const struct cnames *n, uint32_t id);
const char *cnames_enumerator(const struct cnames *n, uint32_t enum_id, uint32_t index);

/* Is this the typedef of an exact-width integer that <stdint.h> defines alike, or bool? */
bool cnames_is_standard(const struct model *m, uint32_t typedef_id);

/* Does this typedef of an integer say no more than what it is: u32, __s64, uint8_t, uint_least16_t,
 * bool? */
bool cnames_is_plain(const struct model *m, uint32_t typedef_id);

/* Appends a name with keywords made usable; the caller looks after collisions. */
void cnames_escape(const char *name, struct strbuf *out);
bool cnames_is_escaped(const struct cnames *n, const char *name); /* is it something else then? */

#endif
