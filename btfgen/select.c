/* SPDX-License-Identifier: BSD-2-Clause */
#include "btfgen/select.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"

struct selection {
	const struct model *m;
	uint32_t *ids;
	size_t count;
	bool *seen; /* by id */
};

static bool is_definition(const struct type *t)
{
	return t->kind == TYPE_STRUCT || t->kind == TYPE_UNION || t->kind == TYPE_ENUM ||
	       t->kind == TYPE_TYPEDEF;
}

/* The id without what an emitter would take off first. */
static uint32_t strip(const struct model *m, uint32_t id)
{
	id = model_skip_modifiers(m, id);
	while (model_type(m, id)->kind == TYPE_ARRAY)
		id = model_skip_modifiers(m, model_type(m, id)->target);
	return id;
}

static void add(struct selection *s, uint32_t id)
{
	id = strip(s->m, id);
	if (!is_definition(model_type(s->m, id)) || s->seen[id])
		return;
	s->seen[id] = true;
	s->ids[s->count++] = id; /* there is room for every type */
}

static void add_section(struct selection *s, uint32_t datasec)
{
	const struct type *section = model_type(s->m, datasec);

	for (uint32_t i = 0; i < section->count; i++) {
		const struct type *var = model_type(s->m, section->vars[i].var);
		add(s, var->target);
		const struct type *t =
			model_type(s->m, strip(s->m, model_resolve(s->m, var->target)));
		if (t->kind == TYPE_PTR)
			add(s, t->target);
	}
}

static void add_maps(struct selection *s, const struct object *obj)
{
	for (size_t i = 0; i < obj->map_count; i++) {
		const struct object_map *map = &obj->maps[i];
		/* The kernel's table of functions is nothing that the two halves share. */
		if (map->role == MAP_STRUCT_OPS)
			continue;
		if (map->datasec) {
			add_section(s, map->datasec);
			continue;
		}
		add(s, map->key_type);
		add(s, map->value_type);
		add(s, map->inner_key_type);
		add(s, map->inner_value_type);
	}
}

uint32_t select_find(const struct object *obj, const char *spelling)
{
	uint32_t id = obj->first_type > 1
			      ? model_find_spelled_from(obj->model, spelling, obj->first_type)
			      : 0;

	return id ? id : model_find_spelled(obj->model, spelling);
}

static int add_named(struct selection *s, const struct object *obj, const char *name,
		     struct diag *d)
{
	uint32_t id = select_find(obj, name);

	if (!id && obj->is_header)
		return diag_fail(d, ENOENT, "%s: neither it nor what it includes has a type '%s'",
				 obj->path, name);
	if (!id && !obj->is_bpf)
		return diag_fail(d, ENOENT,
				 "%s: its BTF has no struct, union, enum or typedef '%s'",
				 obj->path, name);
	if (!id)
		return diag_fail(
			d, ENOENT,
			"%s: neither its BTF nor its debug information has a struct, union, "
			"enum or typedef '%s'. clang keeps what maps and global variables "
			"use: add 'const %s%s *unused __attribute__((unused));' to the BPF "
			"source",
			obj->path, name, strchr(name, ' ') ? "" : "struct ", name);
	add(s, id);
	return 0;
}

static bool names_types(const struct select_options *options)
{
	return options && options->types && *options->types;
}

/* What is there to choose by when nothing is named. */
static int add_default(struct selection *s, const struct object *obj,
		       const struct select_options *options, struct diag *d)
{
	bool asked = names_types(options) || (options && options->all);

	if (obj->is_header && !obj->root_count && !asked)
		return diag_fail(d, ENOENT,
				 "%s: declares no struct, union, enum or typedef with a size "
				 "itself; --all takes those of what it includes, --type one",
				 obj->path);
	if (!obj->is_bpf && !obj->root_count && !asked)
		return diag_fail(d, EINVAL,
				 "%s: has types only, and no maps or variables to choose by: name "
				 "some with --type, or ask for --all",
				 obj->path);
	add_maps(s, obj);
	for (size_t i = 0; i < obj->root_count; i++)
		add(s, obj->roots[i]);
	return 0;
}

static void add_all(struct selection *s, const struct object *obj)
{
	if (obj->is_header)
		for (size_t i = 0; i < obj->included_count; i++)
			add(s, obj->roots[obj->root_count + i]);
	else
		/* The enumerators of an enum have names of their own. */
		for (uint32_t id = obj->first_type; id < model_count(s->m); id++)
			if (*model_type(s->m, id)->name || model_type(s->m, id)->kind == TYPE_ENUM)
				add(s, id);
}

int select_types(const struct object *obj, const struct select_options *options, uint32_t **ret,
		 size_t *ret_count, struct diag *d)
{
	size_t total = model_count(obj->model);
	struct selection s = {
		.m = obj->model,
		.ids = calloc(total, sizeof(*s.ids)),
		.seen = calloc(total, sizeof(*s.seen)),
	};
	int err = 0;

	if (!s.ids || !s.seen) {
		err = diag_fail(d, ENOMEM, "%s: out of memory", obj->path);
	} else {
		err = add_default(&s, obj, options, d);
		for (const char *const *t = options ? options->types : NULL; t && *t && !err; t++)
			err = add_named(&s, obj, *t, d);
		if (options && options->all)
			add_all(&s, obj);
	}
	free(s.seen);
	if (err) {
		free(s.ids);
		s = (struct selection){0};
	}
	*ret = s.ids;
	*ret_count = s.count;
	return err;
}

static int visit_variables(const struct object *obj, const struct type *section,
			   select_visit *visit, void *context, struct diag *d)
{
	int err = 0;

	for (uint32_t i = 0; section->kind == TYPE_DATASEC && i < section->count && !err; i++) {
		const struct type *var = model_type(obj->model, section->vars[i].var);
		if (var->kind == TYPE_VAR)
			err = visit(context, var->target, var->name, d);
	}
	return err;
}

int select_unnamed(const struct object *obj, select_visit *visit, void *context, struct diag *d)
{
	int err = 0;

	for (size_t i = 0; i < obj->map_count && !err; i++) {
		const struct object_map *map = &obj->maps[i];
		char *key = str_printf("%s_key", map->ident);
		char *value = str_printf("%s_value", map->ident);
		err = key && value ? visit(context, map->key_type, key, d)
				   : diag_fail(d, ENOMEM, "out of memory");
		if (!err)
			err = visit(context, map->value_type, value, d);
		if (!err)
			err = visit_variables(obj, model_type(obj->model, map->datasec), visit,
					      context, d);
		free(key);
		free(value);
	}
	return err;
}
