/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * C declarations for wasm32, as finished text: what a type, a member or a record's body is written
 * as. Names of types follow these rules:
 *  - a name that wasi-libc's headers use gets "___bpf" behind it (struct timespec___bpf); a
 *    typedef of a scalar with such a name is not written at all, its fields are spelled with the
 *    fixed-width type behind it and name it in a comment; uint32_t and its like stay;
 *  - of different types of one name the second gets "___2" behind it, the third "___3";
 *  - a keyword of C gets "_" behind it; a keyword of C++ alone is written as wbpf_name_KEYWORD, a
 *    macro that is the keyword in C, and in C++ the keyword with "_" behind it;
 *  - so is a typedef with the name of a tag that it is no typedef of, and a field in an anonymous
 *    struct or union with the name of the struct around it, both of which C++ refuses.
 */
#ifndef WBPF_BTFGEN_CDECL_H
#define WBPF_BTFGEN_CDECL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/strbuf.h"
#include "btfgen/layout.h"

struct cdecl;

/*
 * The names of the types for which selected[id] is true (model_count() elements, read during the
 * call), or of all when it is NULL. The layout must outlive it. 0 or -ENOMEM.
 */
int cdecl_new(const struct layout *l, const bool *selected, struct cdecl **ret, struct diag *d);
void cdecl_free(struct cdecl *c); /* c may be NULL */

/* The name a named struct, union, enum or typedef has in C; "" when it has none, or when it is a
 * typedef that is not written. */
const char *cdecl_type_name(const struct cdecl *c, uint32_t id);

/*
 * Appends a field's name as C has it; siblings are those of its struct, or NULL. tag: of a field in
 * an anonymous struct or union the name of the struct around it, which the field cannot have in
 * C++; else NULL.
 */
void cdecl_field_name(const struct cdecl *c, const struct record *siblings, const char *tag,
		      const char *name, struct strbuf *out);

/*
 * Appends a declaration without its semicolon ("uint64_t total[4]"; no name: "uint64_t[4]").
 * Anonymous structs and unions are written out, their lines indented by indent tabs and one more.
 * 0, or -ENOTSUP with the diag naming what C cannot say.
 */
int cdecl_declare(const struct cdecl *c, uint32_t type, const char *name, unsigned indent,
		  struct strbuf *out, struct diag *d);

/* Appends " / * struct task_struct * * /" (with no blanks in the marks), what the declaration of
 * this type cannot show: pointees, sizes of long, typedefs; nothing when it shows all. */
void cdecl_comment(const struct cdecl *c, uint32_t type, struct strbuf *out);

/* Appends " __attribute__((packed, aligned(4)))", or nothing. */
void cdecl_attributes(const struct record *r, struct strbuf *out);

/*
 * Appends the definition of a named struct, union, enum or typedef, or of an anonymous enum, with
 * its semicolon and new line; nothing for a typedef that is not written. 0 or -ENOTSUP.
 */
int cdecl_define(const struct cdecl *c, uint32_t id, struct strbuf *out, struct diag *d);

#endif
