/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a BPF object's types are about, from its BTF alone: of objects in the byte order that libbpf
 * does not open here. Map definitions are as libbpf documents them (struct members "key", "value"
 * and "values" of the variables in ".maps").
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "btfgen/read.h"

struct roots {
	const struct model *m;
	uint32_t *ids;
	size_t count, capacity;
	bool no_memory;
};

static void add(struct roots *r, uint32_t id)
{
	if (r->count == r->capacity) {
		size_t capacity = r->capacity ? 2 * r->capacity : 16;
		uint32_t *ids = realloc(r->ids, capacity * sizeof(*ids));
		if (!ids) {
			r->no_memory = true;
			return;
		}
		r->ids = ids;
		r->capacity = capacity;
	}
	r->ids[r->count++] = id;
}

static const struct type *resolved(const struct model *m, uint32_t id)
{
	return model_type(m, model_resolve(m, id));
}

static void add_map(struct roots *r, uint32_t definition, unsigned depth)
{
	const struct type *map = resolved(r->m, definition);

	for (uint32_t i = 0; map->kind == TYPE_STRUCT && i < map->count; i++) {
		const struct member *f = &map->members[i];
		const struct type *t = resolved(r->m, f->type);
		if (t->kind == TYPE_PTR && (!strcmp(f->name, "key") || !strcmp(f->name, "value")))
			add(r, t->target);
		/* "values" of a map of maps: pointers to the definition of the inner ones. */
		if (strcmp(f->name, "values") || t->kind != TYPE_ARRAY || depth)
			continue;
		t = resolved(r->m, t->target);
		if (t->kind == TYPE_PTR)
			add_map(r, t->target, depth + 1);
	}
}

static void add_variable(struct roots *r, uint32_t type)
{
	add(r, type);
	const struct type *t = model_type(r->m, model_element(r->m, type));
	if (t->kind == TYPE_PTR)
		add(r, t->target);
}

/* Kernel symbols and functions are no variables of the object. */
static bool is_data(const char *section)
{
	static const char *const prefixes[] = {".bss", ".data", ".rodata", ".kconfig", ".arena"};

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (!strncmp(section, prefixes[i], strlen(prefixes[i])))
			return true;
	return false;
}

static void add_section(struct roots *r, const struct type *section)
{
	bool maps = !strcmp(section->name, ".maps");

	if (!maps && !is_data(section->name))
		return;
	for (uint32_t i = 0; i < section->count; i++) {
		const struct type *var = model_type(r->m, section->vars[i].var);
		if (var->kind != TYPE_VAR)
			continue;
		if (maps)
			add_map(r, var->target, 0);
		else
			add_variable(r, var->target);
	}
}

int read_roots(struct object *o, struct diag *d)
{
	struct roots r = {.m = o->model};

	for (uint32_t id = 1; id < model_count(o->model); id++)
		if (model_type(o->model, id)->kind == TYPE_DATASEC)
			add_section(&r, model_type(o->model, id));
	o->roots = r.ids;
	o->root_count = r.count;
	return r.no_memory ? diag_fail(d, ENOMEM, "out of memory") : 0;
}
