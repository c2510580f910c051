/* SPDX-License-Identifier: BSD-2-Clause */
#include "skelgen/skeleton.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "skelgen/bytes.h"
#include "skelgen/emit.h"
#include "skelgen/section.h"

/* Members of the skeleton that are there before the object's data sections. */
static const char *const own_members[] = {
	"skeleton", "obj", "maps", "struct_ops", "progs", "links", NULL,
};

struct skeleton {
	struct emitter e; /* first */
	const struct skeleton_options *options;
};

static int add_section(struct emitter *e, const struct object_map *map, struct template_data *entry)
{
	/* There is one arena in an object, and its variables are known by that name. */
	const char *ident = ident_add(&e->members, map->role == MAP_ARENA ? "arena" : map->ident);

	if (!ident)
		return emit_no_memory(e);
	template_set(entry, "section", ident);
	struct template_data *section = template_add(e->data, "sections");
	template_set(section, "ident", ident);
	return section_fill(e->layout, map, ident, section, e->d);
}

static int add_link(struct emitter *e, const char *name, struct template_data *entry)
{
	const char *link = ident_add(&e->links, name);

	if (!link)
		return emit_no_memory(e);
	template_set(template_add(e->data, "links"), "ident", link);
	template_set(entry, "link", link);
	return 0;
}

static int add_prog(struct emitter *e, size_t index)
{
	struct template_data *entry;
	int err = emit_prog(e, index, &entry);

	return err ? err : add_link(e, e->obj->progs[index].name, entry);
}

static int add_map(struct emitter *e, size_t index)
{
	const struct object_map *map = &e->obj->maps[index];
	struct template_data *entry;
	const char *ident;
	int err = emit_map(e, index, map->name, &ident, &entry);

	if (err)
		return err;
	template_set(entry, "section", "");
	template_set(entry, "link", "");
	if (object_map_is_mmaped(map))
		err = add_section(e, map, entry);
	if (!err && map->role == MAP_STRUCT_OPS)
		err = add_link(e, map->ident, entry);
	return err;
}

static void set_elf_bytes(struct emitter *e, bool in_macro)
{
	struct strbuf literal = {0};

	if (in_macro)
		bytes_in_macro(e->obj->elf, e->obj->elf_size, &literal);
	else
		bytes_as_literal(e->obj->elf, e->obj->elf_size, &literal);
	template_set(e->data, "elf_bytes", strbuf_str(&literal));
	strbuf_free(&literal);
}

static int set_packed_bytes(struct emitter *e)
{
	struct strbuf packed = {0}, literal = {0};
	int err = bytes_pack(e->obj->elf, e->obj->elf_size, &packed);

	if (!err)
		err = strbuf_error(&packed);
	if (!err)
		bytes_as_literal(packed.data, packed.len, &literal);
	template_set(e->data, "packed_bytes", strbuf_str(&literal));
	strbuf_free(&literal);
	strbuf_free(&packed);
	return err ? emit_no_memory(e) : 0;
}

/* Where the object's bytes are. */
static int set_embed(struct emitter *e, const struct skeleton_options *o)
{
	bool file = o->embed == SKELETON_FILE, section = o->embed == SKELETON_SECTION;
	const char *where = o->where ? o->where : file ? e->obj->file : e->obj->name;

	template_flag(e->data, "in_array", !file && !section);
	template_flag(e->data, "in_file", file);
	template_flag(e->data, "in_section", section);
	if (section && !skeleton_is_section(where))
		return diag_fail(e->d, EINVAL,
				 "'%s' cannot name a section: letters, digits, '_' and '.' can",
				 where);
	if (section)
		template_set(e->data, "where", where);
	else
		emit_set_string(e->data, "where", where);
	template_set(e->data, "packed_bytes", "");
	if (file)
		template_set(e->data, "elf_bytes", "");
	else
		set_elf_bytes(e, section);
	return file || section ? 0 : set_packed_bytes(e);
}

static int fill(struct emitter *e)
{
	static const char *const lists[] = {"maps",       "progs",    "links",
					    "struct_ops", "sections", NULL};
	int err = emit_begin(e, own_members, lists, "SKEL_H");

	for (size_t i = 0; i < e->obj->prog_count && !err; i++)
		err = add_prog(e, i);
	for (size_t i = 0; i < e->obj->map_count && !err; i++)
		err = add_map(e, i);
	if (err)
		return err;
	/* Without links an entry is what every libbpf knows: name, map, mmaped. Older ones take
	 * no longer one. */
	template_set(e->data, "map_stride",
		     e->has_struct_ops ? "sizeof(*s->maps)" : "3 * sizeof(void *)");
	return set_embed(e, ((struct skeleton *)e)->options);
}

bool skeleton_is_section(const char *name)
{
	return *name && !name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
					   "0123456789_.")];
}

int skeleton_emit(const struct object *obj, const struct skeleton_options *options,
		  struct strbuf *out, struct diag *d)
{
	static const struct skeleton_options defaults = {.size = sizeof(defaults)};
	struct skeleton s = {.e = {.obj = obj, .d = d}, .options = options ? options : &defaults};

	return emit_template(&s.e, "skeleton.h.tmpl", fill, out);
}
