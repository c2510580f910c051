/* SPDX-License-Identifier: BSD-2-Clause */
/* A sound model's types as text: do they come to a bounded amount of it, and are fields told apart
 * by their names? */
#include "btfgen/model_check.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/*
 * What has no name, or is of a field without one, is written where it is used, at each use, so that
 * few types can come to any number of fields. How many a type comes to, with what is written inside
 * it:
 */
static uint64_t count_written(const struct model *m, uint64_t *known, uint32_t id)
{
	const struct type *t = model_type(m, id);
	uint64_t n = t->count;

	if (known[id])
		return known[id] - 1;
	if (t->kind == TYPE_ENUM)
		return n;
	for (uint32_t i = 0; i < t->count && n < UINT32_MAX; i++) {
		uint32_t of = model_element(m, t->members[i].type);
		const struct type *inner = model_type(m, of);
		if (*inner->name && *t->members[i].name)
			continue;
		if (inner->kind == TYPE_STRUCT || inner->kind == TYPE_UNION ||
		    inner->kind == TYPE_ENUM)
			n += count_written(m, known, of);
	}
	known[id] = n + 1;
	return n;
}

/* Compilers come to little more than there are, as each such type has one place in the source. */
static int check_amount(const struct model *m, struct diag *d)
{
	enum { FACTOR = 16, ALWAYS = 1 << 12 };
	uint64_t *known = calloc(model_count(m), sizeof(*known));
	uint64_t parts = 0, written = 0;

	if (!known)
		return diag_fail(d, ENOMEM, "out of memory");
	for (uint32_t id = 1; id < model_count(m); id++) {
		const struct type *t = model_type(m, id);
		if (t->kind != TYPE_STRUCT && t->kind != TYPE_UNION && t->kind != TYPE_ENUM)
			continue;
		parts += t->count;
		written += count_written(m, known, id);
	}
	free(known);
	return written > ALWAYS + FACTOR * parts
		       ? diag_fail(
				 d, EINVAL,
				 "anonymous types inside one another that come to too many fields")
		       : 0;
}

/* The names of one struct or union with those in what has no name inside it, or of one section. */
struct scope {
	const char **names;
	size_t count, capacity;
};

static bool add_name(struct scope *s, const char *name)
{
	if (s->count == s->capacity) {
		size_t capacity = s->capacity ? 2 * s->capacity : 256;
		const char **names = realloc(s->names, capacity * sizeof(*names));
		if (!names)
			return false;
		s->names = names;
		s->capacity = capacity;
	}
	s->names[s->count++] = name;
	return true;
}

static bool add_fields(const struct model *m, const struct type *t, struct scope *s)
{
	bool ok = true;

	for (uint32_t i = 0; ok && i < t->count; i++) {
		const struct member *f = &t->members[i];
		const struct type *inner = model_type(m, model_resolve(m, f->type));
		if (*f->name)
			ok = add_name(s, f->name);
		else if (inner->kind == TYPE_STRUCT || inner->kind == TYPE_UNION)
			ok = add_fields(m, inner, s);
	}
	return ok;
}

/* Static variables are not shown to anybody, and neither are those that libbpf puts in the place of
 * kernel functions, all of one name. */
static bool add_variables(const struct model *m, const struct type *t, struct scope *s)
{
	bool ok = true, shown = strcmp(t->name, ".ksyms");

	for (uint32_t i = 0; ok && shown && i < t->count; i++) {
		const struct type *var = model_type(m, t->vars[i].var);
		if (var->kind == TYPE_VAR && var->linkage != VAR_STATIC)
			ok = add_name(s, var->name);
	}
	return ok;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int check_scope(const struct model *m, uint32_t id, struct scope *s, struct diag *d)
{
	const struct type *t = model_type(m, id);
	bool section = t->kind == TYPE_DATASEC;

	s->count = 0;
	if (!(section ? add_variables(m, t, s) : add_fields(m, t, s)))
		return diag_fail(d, ENOMEM, "out of memory");
	if (s->count)
		qsort(s->names, s->count, sizeof(*s->names), by_name);
	for (size_t i = 1; i < s->count; i++)
		if (!strcmp(s->names[i - 1], s->names[i]))
			return diag_fail(d, EINVAL, "%s %s (type %u): two %s %s",
					 type_kind_name(t->kind),
					 *t->name ? t->name : "(anonymous)", id,
					 section ? "variables" : "fields", s->names[i]);
	return 0;
}

static int check_scopes(const struct model *m, struct diag *d)
{
	struct scope s = {0};
	int err = 0;

	for (uint32_t id = 1; !err && id < model_count(m); id++) {
		enum type_kind kind = model_type(m, id)->kind;
		if (kind == TYPE_STRUCT || kind == TYPE_UNION || kind == TYPE_DATASEC)
			err = check_scope(m, id, &s, d);
	}
	free(s.names);
	return err;
}

int model_check_written(const struct model *m, struct diag *d)
{
	int err = check_amount(m, d);

	return err ? err : check_scopes(m, d);
}
