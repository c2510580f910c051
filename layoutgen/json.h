/* SPDX-License-Identifier: BSD-2-Clause */
/* A shape as JSON. README.md describes the form; it only grows, and readers skip keys that they do
 * not know. */
#ifndef WBPF_LAYOUTGEN_JSON_H
#define WBPF_LAYOUTGEN_JSON_H

#include "base/diag.h"
#include "base/strbuf.h"
#include "layoutgen/shape.h"

/* The form's number, which changes when a reader of the old form would misread the new one. */
enum { LAYOUT_JSON_VERSION = 1 };

/* Appends the shape, a field a line. 0 or -ENOMEM. */
int json_write(const struct shape *s, struct strbuf *out, struct diag *d);

/* Does a text that begins so want to be JSON? BTF and ELF begin otherwise. */
bool json_is_meant(const struct strbuf *text);

/*
 * Reads what json_write() wrote; name is what the diag calls it. Whatever the text is, the time and
 * memory that this takes grow with its length. 0, -EINVAL with the diag naming the line, or the
 * type, the field and the key; -ENOTSUP a form of a later version; -ENOMEM.
 */
int json_read(const char *name, const struct strbuf *text, struct shape **ret, struct diag *d);

/*
 * For json_read(): the name of a field that a body, or one that a field writes out itself, has
 * twice; NULL when there is none. *ret_err is 0 or -ENOMEM.
 */
const char *json_field_twice(const struct shape_body *b, int *ret_err);

#endif
