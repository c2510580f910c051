/* SPDX-License-Identifier: BSD-2-Clause */
#include "skelgen/skeleton.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "btfgen/layout.h"
#include "btfgen/names.h"
#include "skelgen/bytes.h"
#include "skelgen/ident.h"
#include "skelgen/section.h"
#include "skelgen/struct_ops.h"
#include "templates/template.h"

/* Members of the skeleton that are there before the object's data sections. */
static const char *const own_members[] = {
	"skeleton", "obj", "maps", "struct_ops", "progs", "links",
};

struct emitter {
	const struct object *obj;
	struct layout *layout;
	struct template_data *data;
	struct ident_scope maps, progs, links, members;
	bool has_struct_ops;
	struct diag *d;
};

static int no_memory(struct emitter *e)
{
	return diag_fail(e->d, ENOMEM, "out of memory");
}

static void set_guard(struct emitter *e)
{
	char *guard = str_printf("__%s_SKEL_H__", e->obj->name);

	for (char *p = guard; p && *p; p++)
		if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - 'a' + 'A');
	template_set(e->data, "guard", guard);
	free(guard);
}

/* Whether the map's value is memory that the program shares with its BPF half. */
static bool is_mmaped(const struct object_map *m)
{
	if (m->role == MAP_ARENA)
		return m->initial;
	return m->internal && m->mmapable;
}

static int add_section(struct emitter *e, const struct object_map *map, struct template_data *entry)
{
	/* There is one arena in an object, and its variables are known by that name. */
	const char *ident = ident_add(&e->members, map->role == MAP_ARENA ? "arena" : map->ident);

	if (!ident)
		return no_memory(e);
	template_set(entry, "section", ident);
	struct template_data *section = template_add(e->data, "sections");
	template_set(section, "ident", ident);
	return section_fill(e->layout, map, ident, section, e->d);
}

static int add_struct_ops(struct emitter *e, const struct object_map *map, const char *ident)
{
	struct template_data *ops = template_add(e->data, "struct_ops");

	e->has_struct_ops = true;
	template_set(ops, "ident", ident);
	return struct_ops_fill(e->layout, map, ident, ops, e->d);
}

static int add_link(struct emitter *e, const char *name, struct template_data *entry)
{
	const char *link = ident_add(&e->links, name);

	if (!link)
		return no_memory(e);
	template_set(template_add(e->data, "links"), "ident", link);
	template_set(entry, "link", link);
	return 0;
}

/* A name as a string of C: ELF allows any. */
static void set_string(struct template_data *data, const char *name, const char *value)
{
	struct strbuf literal = {0};

	bytes_as_literal(value, strlen(value), &literal);
	template_set(data, name, strbuf_str(&literal));
	strbuf_free(&literal);
}

static int add_prog(struct emitter *e, size_t index)
{
	const struct object_prog *prog = &e->obj->progs[index];
	const char *ident = ident_add(&e->progs, prog->name);

	if (!ident)
		return no_memory(e);
	struct template_data *entry = template_add(e->data, "progs");
	template_setf(entry, "index", "%zu", index);
	template_set(entry, "ident", ident);
	set_string(entry, "bpf_name", prog->name);
	return add_link(e, prog->name, entry);
}

static int add_map(struct emitter *e, size_t index)
{
	const struct object_map *map = &e->obj->maps[index];
	const char *ident = ident_add(&e->maps, map->ident);
	int err = 0;

	if (!ident)
		return no_memory(e);
	struct template_data *entry = template_add(e->data, "maps");
	template_setf(entry, "index", "%zu", index);
	template_set(entry, "ident", ident);
	set_string(entry, "bpf_name", map->name);
	template_set(entry, "section", "");
	template_set(entry, "link", "");
	if (is_mmaped(map))
		err = add_section(e, map, entry);
	if (!err && map->role == MAP_STRUCT_OPS)
		err = add_struct_ops(e, map, ident);
	if (!err && map->role == MAP_STRUCT_OPS)
		err = add_link(e, map->ident, entry);
	return err;
}

static void set_elf_bytes(struct emitter *e)
{
	struct strbuf literal = {0};

	bytes_as_literal(e->obj->elf, e->obj->elf_size, &literal);
	char *s = strbuf_detach(&literal);
	template_set(e->data, "elf_bytes", s);
	free(s);
}

static int fill(struct emitter *e)
{
	static const char *const lists[] = {"maps", "progs", "links", "struct_ops", "sections"};
	int err = 0;

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		template_list(e->data, lists[i]);
	for (size_t i = 0; i < sizeof(own_members) / sizeof(*own_members); i++)
		if (!ident_add(&e->members, own_members[i]))
			return no_memory(e);
	for (size_t i = 0; i < e->obj->prog_count && !err; i++)
		err = add_prog(e, i);
	for (size_t i = 0; i < e->obj->map_count && !err; i++)
		err = add_map(e, i);
	if (err)
		return err;

	template_set_comment(e->data, "file", e->obj->file);
	template_set(e->data, "name", e->obj->name);
	set_guard(e);
	set_elf_bytes(e);
	template_setf(e->data, "map_count", "%zu", e->obj->map_count);
	template_setf(e->data, "prog_count", "%zu", e->obj->prog_count);
	/* Without links an entry is what every libbpf knows: name, map, mmaped. Older ones take
	 * no longer one. */
	template_set(e->data, "map_stride",
		     e->has_struct_ops ? "sizeof(*s->maps)" : "3 * sizeof(void *)");
	return 0;
}

static int check_object(const struct object *obj, struct diag *d)
{
	if (model_big_endian(obj->model))
		return diag_fail(
			d, ENOTSUP,
			"%s: big-endian: skeletons are made from little-endian BPF objects "
			"only (-target bpfel); \"wbpf-gen header\" has its types",
			obj->path);
	if (!obj->is_bpf)
		return diag_fail(d, EINVAL,
				 "%s: has types only; a skeleton is made from a BPF object file",
				 obj->path);
	if (!name_is_identifier(obj->name) || name_is_c_keyword(obj->name))
		return diag_fail(
			d, EINVAL,
			"%s: the object's name '%s' is no identifier of C: choose one with --name",
			obj->path, obj->name);
	return 0;
}

int skeleton_emit(const struct object *obj, struct strbuf *out, struct diag *d)
{
	struct emitter e = {.obj = obj, .d = d};
	int err = check_object(obj, d);

	if (err)
		return err;
	err = layout_new(obj->model, &e.layout, d);
	if (err)
		return err;
	e.data = template_data_new();
	err = e.data ? fill(&e) : no_memory(&e);
	if (err)
		diag_prefix(d, "%s: ", obj->path);
	else
		err = template_render("skeleton.h.tmpl", e.data, out, d);
	template_data_free(e.data);
	layout_free(e.layout);
	ident_scope_clear(&e.maps);
	ident_scope_clear(&e.progs);
	ident_scope_clear(&e.links);
	ident_scope_clear(&e.members);
	return err;
}
