/* SPDX-License-Identifier: BSD-2-Clause */
#include "bindgen/skeleton.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bindgen/language.h"
#include "templates/template.h"

struct skeleton {
	struct plan *p;
	const struct object *obj;
	enum binding_language language;
	struct template_data *data;
	struct name_scope maps, progs, members;
	struct diag *d;
};

static int no_memory(struct skeleton *s)
{
	return diag_fail(s->d, ENOMEM, "out of memory");
}

/* --- names --------------------------------------------------------------------------------------
 */

static int check(const struct object *obj, struct diag *d)
{
	if (model_big_endian(obj->model))
		return diag_fail(
			d, ENOTSUP,
			"big-endian: skeletons are made from little-endian BPF objects only "
			"(-target bpfel); without --skeleton come its types");
	if (!obj->is_bpf)
		return diag_fail(d, EINVAL,
				 "has types only; a skeleton is made from a BPF object file");
	return 0;
}

/* The parts of the skeleton's own types' names, behind the object's. */
static const char *const parts[] = {"", "_maps", "_progs", "_progs_mut"};

int bindings_reserve(struct plan *p, const struct object *obj, enum binding_language language,
		     struct diag *d)
{
	int err = check(obj, d);

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts) && !err; i++) {
		char *c_name = str_printf("%s%s", obj->name, parts[i]);
		char *name = c_name ? name_make(language, NAME_TYPE, c_name) : NULL;
		char *open = name ? str_printf("Open%s", name) : NULL;
		if (!open || !name_reserve(plan_names(p), name) ||
		    (language == BINDINGS_GO && !i && !name_reserve(plan_names(p), open)))
			err = diag_fail(d, ENOMEM, "out of memory");
		free(c_name);
		free(name);
		free(open);
	}
	return err;
}

/* --- text ---------------------------------------------------------------------------------------
 */

/* The object as a literal: Rust's goes on behind a backslash at a line's end. Go's is one line, as
 * a sum of thousands takes its compiler long. */
static void set_bytes(struct skeleton *s, struct strbuf *text)
{
	enum { PER_LINE = 24 };

	strbuf_reserve(text, s->obj->elf_size * 4 + s->obj->elf_size / 4);
	for (size_t i = 0; i < s->obj->elf_size; i++) {
		unsigned char c = s->obj->elf[i];
		if (i && i % PER_LINE == 0 && s->language == BINDINGS_RUST)
			strbuf_puts(text, "\\\n");
		if (c == 0 && s->language == BINDINGS_RUST)
			strbuf_puts(text, "\\0");
		else if (isalnum(c))
			strbuf_putc(text, (char)c);
		else
			strbuf_printf(text, "\\x%02x", c);
	}
	template_refer(s->data, "elf", text);
}

/* --- maps ---------------------------------------------------------------------------------------
 */

/* Whose values are data: BPF_MAP_TYPE_HASH, ARRAY, ... of linux/bpf.h. */
static bool has_data(uint32_t type)
{
	static const uint32_t types[] = {1, 2, 5, 6, 7, 9, 10, 11, 19, 21, 24, 28, 29, 32};

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (type == types[i])
			return true;
	return false;
}

/* The guest packages have no arenas. */
static bool is_shared(const struct object_map *m)
{
	return object_map_is_mmaped(m) && m->datasec && m->role != MAP_ARENA;
}

/* Of a key or a value, which is planned already; bytes where the object does not say. */
static int set_type(struct skeleton *s, struct template_data *entry, const char *name, uint32_t id,
		    uint32_t size)
{
	struct strbuf text = {0};
	struct plan_use use;
	int err = 0;

	if (id && model_size(s->obj->model, id) == size) {
		err = plan_define(s->p, id, NULL, &use, s->d);
		if (!err)
			(s->language == BINDINGS_RUST ? rust_use : go_use)(s->p, &use, &text);
	} else {
		strbuf_printf(&text, s->language == BINDINGS_RUST ? "[u8; %u]" : "[%u]byte", size);
	}
	template_set(entry, name, strbuf_str(&text));
	strbuf_free(&text);
	return err;
}

static int add_section(struct skeleton *s, size_t index, const char *map)
{
	const struct object_map *m = &s->obj->maps[index];
	struct template_data *entry = template_add(s->data, "sections");
	const struct plan_type *type;
	const char *name = name_add(&s->members, s->language, NAME_FIELD, m->ident);
	int err = name ? plan_section(s->p, m->datasec, m->ident, &type, s->d) : no_memory(s);

	if (err)
		return err;
	template_set(entry, "name", name);
	template_set(entry, "type", type->name);
	template_set_comment(entry, "section", m->section);
	if (s->language == BINDINGS_RUST)
		template_set_number(entry, "index", index);
	else
		template_set(entry, "map", map);
	return 0;
}

static int add_map(struct skeleton *s, size_t index)
{
	const struct object_map *m = &s->obj->maps[index];
	struct template_data *entry = template_add(s->data, "maps");
	const char *name = name_add(&s->maps, s->language, NAME_FIELD, m->ident);
	bool typed = !m->internal && m->key_size && m->value_size && has_data(m->type);
	int err = 0;

	if (!name)
		return no_memory(s);
	template_set(entry, "name", name);
	template_set_number(entry, "index", index);
	template_set_comment(entry, "bpf_name", m->name);
	template_flag(entry, "typed", typed);
	template_set(entry, "key", "");
	template_set(entry, "value", "");
	if (typed)
		err = set_type(s, entry, "key", m->key_type, m->key_size);
	if (typed && !err)
		err = set_type(s, entry, "value", m->value_type, m->value_size);
	return err || !is_shared(m) ? err : add_section(s, index, name);
}

static int fill(struct skeleton *s)
{
	int err = 0;

	template_list(s->data, "maps");
	template_list(s->data, "sections");
	template_list(s->data, "progs");
	for (size_t i = 0; i < s->obj->map_count && !err; i++)
		err = add_map(s, i);
	for (size_t i = 0; i < s->obj->prog_count && !err; i++) {
		struct template_data *entry = template_add(s->data, "progs");
		const char *name =
			name_add(&s->progs, s->language, NAME_FIELD, s->obj->progs[i].name);
		if (!name)
			err = no_memory(s);
		template_set(entry, "name", name);
		template_set_number(entry, "index", i);
		template_set_comment(entry, "bpf_name", s->obj->progs[i].name);
		template_set_comment(entry, "section", s->obj->progs[i].section);
	}
	return err;
}

int bindings_skeleton(struct plan *p, const struct object *obj, enum binding_language language,
		      struct strbuf *out, struct diag *d)
{
	struct skeleton s = {.p = p, .obj = obj, .language = language, .d = d};
	char *name = name_make(language, NAME_TYPE, obj->name);
	struct strbuf elf = {0};
	int err = 0;

	s.data = template_data_new();
	template_set(s.data, "skeleton", name);
	template_set_comment(s.data, "file", obj->file);
	set_bytes(&s, &elf);
	/* Functions of the skeleton itself, which those for sections are beside. */
	static const char *const own[] = {"open",   "open_with", "open_and_load", "load",
					  "attach", "maps",      "progs",         "progs_mut",
					  "object", "close",     "name",          "programs",
					  "map",    "section",   "program",       "elf"};
	for (size_t i = 0; i < sizeof(own) / sizeof(*own) && !err; i++)
		if (!name_add(&s.members, language, NAME_FIELD, own[i]))
			err = no_memory(&s);
	if (!err)
		err = fill(&s);
	if (!err)
		err = template_render(language == BINDINGS_RUST ? "rust_skeleton.tmpl"
								: "go_skeleton.tmpl",
				      s.data, out, d);
	template_data_free(s.data);
	name_scope_clear(&s.maps);
	name_scope_clear(&s.progs);
	name_scope_clear(&s.members);
	strbuf_free(&elf);
	free(name);
	return err;
}
