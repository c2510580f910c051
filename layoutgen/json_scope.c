/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "layoutgen/json.h"

static size_t count_names(const struct shape_body *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->field_count; i++)
		n += *b->fields[i].name ? 1 : count_names(&b->fields[i].body);
	return n;
}

/* Those of anonymous fields are in the scope of what they are in. */
static const char **add_names(const struct shape_body *b, const char **at)
{
	for (size_t i = 0; i < b->field_count; i++) {
		if (*b->fields[i].name)
			*at++ = b->fields[i].name;
		else
			at = add_names(&b->fields[i].body, at);
	}
	return at;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The fields' own bodies: of a named field a scope of its own. */
static const char *twice_inside(const struct shape_body *b, int *ret_err)
{
	const char *twice = NULL;

	for (size_t i = 0; !twice && !*ret_err && i < b->field_count; i++) {
		const struct shape_field *f = &b->fields[i];
		twice = *f->name ? json_field_twice(&f->body, ret_err)
				 : twice_inside(&f->body, ret_err);
	}
	return twice;
}

const char *json_field_twice(const struct shape_body *b, int *ret_err)
{
	size_t count = count_names(b);
	const char **names = calloc(count + 1, sizeof(*names)), *twice = NULL;

	*ret_err = names ? 0 : -ENOMEM;
	if (!names)
		return NULL;
	add_names(b, names);
	if (count)
		qsort(names, count, sizeof(*names), by_name);
	for (size_t i = 1; !twice && i < count; i++)
		if (!strcmp(names[i - 1], names[i]))
			twice = names[i];
	free(names);
	return twice ? twice : twice_inside(b, ret_err);
}
