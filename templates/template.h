/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The renderer of the fixed text in generated files. README.md describes the template language.
 *
 * A template is filled from a tree of names: values, flags and lists. The template declares every
 * name that it may use in its first lines, so three kinds of drift are caught: a name in its text
 * that it does not declare (fails the build, when the template is embedded), a declared name that
 * the caller does not set, and a name that the caller sets and the template does not declare (both
 * fail the rendering).
 */
#ifndef WBPF_TEMPLATES_TEMPLATE_H
#define WBPF_TEMPLATES_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/strbuf.h"

/*
 * A set of names. Running out of memory is sticky, as in a strbuf: the functions below accept NULL
 * for data and do nothing then, and template_render() reports it at the end. Strings are copied.
 * Setting a name a second time replaces it; a name has one type for good. A NULL value is what
 * something that allocates gave for want of memory.
 */
struct template_data;

struct template_data *template_data_new(void);       /* NULL when memory ran out */
void template_data_free(struct template_data *data); /* data may be NULL */

void template_set(struct template_data *data, const char *name, const char *value);
void template_setf(struct template_data *data, const char *name, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void template_set_number(struct template_data *data, const char *name, uint64_t value);

/* A large value, which is not copied: it must stay as it is until data is rendered. */
void template_refer(struct template_data *data, const char *name, const struct strbuf *value);

/* A value that stands in a comment: what could end one or not be printed becomes '?'. */
void template_set_comment(struct template_data *data, const char *name, const char *text);

void template_flag(struct template_data *data, const char *name, bool on);

/* Makes the list exist, so that an empty one counts as set. Harmless when it does already. */
void template_list(struct template_data *data, const char *name);

/* Appends an element to the list (which it makes) and returns its names; the list owns it. */
struct template_data *template_add(struct template_data *data, const char *list);

/*
 * Renders the embedded template of that file name ("skeleton.h.tmpl") to the end of out. On failure
 * out is as long as it was before. Returns 0; -ENOENT: no such template; -EINVAL: the names do not
 * fit, the diag says which, in which line; -ENOMEM.
 */
int template_render(const char *name, const struct template_data *data, struct strbuf *out,
		    struct diag *d);

/* The same for a template that is not embedded; name is what a diag calls it. */
int template_render_text(const char *name, const char *text, size_t len,
			 const struct template_data *data, struct strbuf *out, struct diag *d);

/*
 * Checks a template without filling it: its syntax, that it uses only the names that it declares,
 * each as what it is, and that it uses them all. Returns 0 or -EINVAL with the line in the diag.
 */
int template_check(const char *name, const char *text, size_t len, struct diag *d);

#endif
