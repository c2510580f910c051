/* SPDX-License-Identifier: BSD-2-Clause */
#include "skelgen/section.h"

#include <errno.h>
#include <stdlib.h>

#include "skelgen/declare.h"
#include "skelgen/emit.h"
#include "skelgen/ident.h"

struct section {
	const struct layout *layout;
	const struct object_map *map;
	const char *ident;
	struct template_data *data;
	struct strbuf fields;
	struct ident_scope scope;
	unsigned holes; /* so far */
	struct diag *d;
};

static void add_assert(struct template_data *data, const char *what, const char *name,
		       char *condition)
{
	struct template_data *a = template_add(data, "asserts");

	template_set(a, "condition", condition);
	template_setf(a, "text", "unexpected %s of '%s'", what, name);
	free(condition);
}

void section_assert_offset(struct template_data *data, const char *pointer, const char *field,
			   uint64_t offset)
{
	add_assert(data, "offset", field,
		   str_printf("__builtin_offsetof(__typeof__(*s->%s), %s) == %llu", pointer, field,
			      (unsigned long long)offset));
}

/* "stats.inner[0].x": anonymous structs and unions have no part of it. */
static void spell_path(const struct model *m, const struct layout_step *path, size_t depth,
		       struct strbuf *out)
{
	for (size_t i = 0; i < depth; i++) {
		if (!*path[i].slot->name)
			continue;
		strbuf_printf(out, "%s%s", out->len ? "." : "", path[i].slot->name);
		if (i + 1 == depth)
			break;
		uint32_t id = model_skip_modifiers(m, path[i].slot->type);
		while (model_type(m, id)->kind == TYPE_ARRAY) {
			strbuf_puts(out, "[0]");
			id = model_skip_modifiers(m, model_type(m, id)->target);
		}
	}
}

/* For every field that the skeleton itself writes out and that has an address. */
static int visit_field(void *context, const struct layout_step *path, size_t depth,
		       uint64_t byte_offset)
{
	struct section *s = context;
	const struct slot *slot = path[depth - 1].slot;
	struct strbuf name = {0};

	if (slot->kind != SLOT_FIELD)
		return 0;
	if (depth == 1)
		add_assert(s->data, "size", slot->name,
			   str_printf(declare_is_pointer(layout_model(s->layout), slot->type)
					      ? "sizeof(s->%s->__%s_room) == %llu"
					      : "sizeof(s->%s->%s) == %llu",
				      s->ident, slot->name, (unsigned long long)slot->byte_size));
	spell_path(layout_model(s->layout), path, depth, &name);
	section_assert_offset(s->data, s->ident, strbuf_str(&name), byte_offset);
	strbuf_free(&name);
	return 0;
}

static void new_line(struct section *s)
{
	strbuf_puts(&s->fields, s->fields.len ? "\n\t\t" : "\t\t");
}

static int add_var(struct section *s, const struct slot *slot)
{
	struct declare_options o = {.keep_const = s->map->role == MAP_KCONFIG, .indent = 2};
	const char *name = ident_add(&s->scope, slot->name);

	if (!name)
		return diag_fail(s->d, ENOMEM, "out of memory");
	new_line(s);
	return declare_slot(s->layout, slot, name, &o, &s->fields, s->d);
}

/* Neighbouring holes are one, with a name, as in bpftool's skeletons. */
static int add_hole(struct section *s, uint64_t bytes)
{
	char *wanted = bytes ? str_printf("__pad%u", s->holes++) : NULL;
	const char *name = wanted ? ident_add(&s->scope, wanted) : NULL;

	free(wanted);
	if (!bytes)
		return 0;
	if (!name)
		return diag_fail(s->d, ENOMEM, "out of memory");
	new_line(s);
	strbuf_printf(&s->fields, "char %s[%llu];", name, (unsigned long long)bytes);
	return 0;
}

static int add_slots(struct section *s, const struct record *r)
{
	uint64_t hole = 0; /* bytes */

	for (size_t i = 0; i < r->slot_count; i++) {
		const struct slot *slot = &r->slots[i];
		if (slot->kind != SLOT_FIELD) {
			hole += slot->kind == SLOT_PAD_BITS ? slot->unit : slot->byte_size;
			continue;
		}
		int err = add_hole(s, hole);
		if (!err)
			err = add_var(s, slot);
		if (err)
			return err;
		hole = 0;
	}
	return add_hole(s, hole);
}

int section_fill(const struct layout *l, const struct object_map *map, const char *ident,
		 struct template_data *data, struct diag *d)
{
	struct section s = {.layout = l, .map = map, .ident = ident, .data = data, .d = d};
	struct strbuf attributes = {0};
	int err = 0;

	template_list(data, "asserts");
	/* Constants that only the compiler knows have no variables, but are mapped all the same. */
	if (map->datasec) {
		const struct record *r;
		err = layout_record(l, map->datasec, &r, d);
		if (!err)
			err = add_slots(&s, r);
		if (!err)
			err = layout_walk(l, r, visit_field, &s);
		if (!err)
			declare_attributes(r, &attributes);
	}
	template_set(data, "fields", strbuf_str(&s.fields));
	template_set(data, "attributes", strbuf_str(&attributes));
	strbuf_free(&attributes);
	strbuf_free(&s.fields);
	ident_scope_clear(&s.scope);
	return err;
}

/* One variable of a subskeleton: its field, and where open() finds it. */
static int add_pointer(struct section *s, const struct slot *slot, struct template_data *vars,
		       const char *map)
{
	struct declare_options o = {.keep_const = s->map->role == MAP_KCONFIG, .indent = 2};
	const char *name = ident_add(&s->scope, slot->name);

	if (!name)
		return diag_fail(s->d, ENOMEM, "out of memory");
	struct template_data *var = template_add(vars, "vars");
	emit_set_string(var, "bpf_name", slot->name);
	template_set(var, "map", map);
	template_setf(var, "field", "%s.%s", s->ident, name);
	const struct model *m = layout_model(s->layout);
	if (declare_defines(m, slot->type) && !declare_is_pointer(m, slot->type))
		add_assert(s->data, "size", name,
			   str_printf("sizeof(*s->%s.%s) == %llu", s->ident, name,
				      (unsigned long long)slot->byte_size));
	new_line(s);
	return declare_pointer_to(s->layout, slot->type, name, &o, &s->fields, s->d);
}

int section_fill_pointers(const struct layout *l, const struct object_map *map, const char *ident,
			  const char *map_ident, struct template_data *data,
			  struct template_data *vars, size_t *count, struct diag *d)
{
	struct section s = {.layout = l, .map = map, .ident = ident, .data = data, .d = d};
	const struct record *r;
	int err = layout_record(l, map->datasec, &r, d);

	template_list(data, "asserts");
	for (size_t i = 0; !err && i < r->slot_count; i++) {
		if (r->slots[i].kind != SLOT_FIELD)
			continue;
		err = add_pointer(&s, &r->slots[i], vars, map_ident);
		++*count;
	}
	template_set(data, "fields", strbuf_str(&s.fields));
	strbuf_free(&s.fields);
	ident_scope_clear(&s.scope);
	return err;
}
