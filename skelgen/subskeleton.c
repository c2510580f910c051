/* SPDX-License-Identifier: BSD-2-Clause */
#include "skelgen/subskeleton.h"

#include "skelgen/emit.h"
#include "skelgen/section.h"

static const char *const own_members[] = {
	"obj", "subskel", "maps", "struct_ops", "progs", NULL,
};

/* An arena's variables are in no map's value, so libbpf does not find them by name. */
static bool has_variables(const struct object_map *map)
{
	return object_map_is_mmaped(map) && map->datasec && map->role != MAP_ARENA;
}

/* The object that is opened later has another name, but its sections are called the same. */
static const char *name_anywhere(const struct object_map *map)
{
	return map->internal ? map->section : map->name;
}

static int add_map(struct emitter *e, size_t index, size_t *var_count)
{
	const struct object_map *map = &e->obj->maps[index];
	struct template_data *entry;
	const char *ident;
	int err = emit_map(e, index, name_anywhere(map), &ident, &entry);

	if (err || !has_variables(map))
		return err;
	const char *member = ident_add(&e->members, map->ident);
	if (!member)
		return emit_no_memory(e);
	struct template_data *section = template_add(e->data, "sections");
	template_set(section, "ident", member);
	return section_fill_pointers(e->layout, map, member, ident, section, e->data, var_count,
				     e->d);
}

static int fill(struct emitter *e)
{
	static const char *const lists[] = {"maps",     "progs", "struct_ops",
					    "sections", "vars",  NULL};
	int err = emit_begin(e, own_members, lists, "SUBSKEL_H");
	struct template_data *entry;
	size_t var_count = 0;

	for (size_t i = 0; i < e->obj->prog_count && !err; i++)
		err = emit_prog(e, i, &entry);
	for (size_t i = 0; i < e->obj->map_count && !err; i++)
		err = add_map(e, i, &var_count);
	template_setf(e->data, "var_count", "%zu", var_count);
	return err;
}

int subskeleton_emit(const struct object *obj, struct strbuf *out, struct diag *d)
{
	struct emitter e = {.obj = obj, .d = d};

	return emit_template(&e, "subskeleton.h.tmpl", fill, out);
}
