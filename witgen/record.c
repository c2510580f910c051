/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "witgen/private.h"

struct field {
	const char *name;   /* the scope owns it */
	const char *c_name; /* the model owns it */
	struct wit_use use;
};

/* A record's fields as they are found, those of anonymous structs among them. */
struct fields {
	struct kebab_scope scope;
	struct field *items;
	size_t count, present; /* all, and those that are not left out */
	unsigned depth;
};

static void fields_clear(struct fields *f)
{
	for (size_t i = 0; i < f->count; i++)
		wit_use_clear(&f->items[i].use);
	free(f->items);
	kebab_scope_clear(&f->scope);
}

static struct field *add_field(struct fields *f, const char *name)
{
	struct field *items = realloc(f->items, (f->count + 1) * sizeof(*items));

	if (!items)
		return NULL;
	f->items = items;
	struct field *field = &items[f->count];
	*field = (struct field){.name = kebab_add(&f->scope, name, "field"), .c_name = name};
	if (!field->name)
		return NULL;
	f->count++;
	return field;
}

static void use_bitfield(const struct model *m, const struct member *member, struct wit_use *ret)
{
	const struct type *t = model_type(m, model_resolve(m, member->type));

	if (t->is_bool || (member->bit_size == 1 && !t->is_signed))
		strbuf_puts(&ret->type, "bool");
	else
		wit_use_integer(member->bit_size, t->is_signed, ret);
	strbuf_printf(&ret->note, "%u bit%s", member->bit_size, member->bit_size == 1 ? "" : "s");
}

static int add_members(struct wit_types *w, const struct type *t, const char *path,
		       struct fields *f, struct diag *d);

static int add_member(struct wit_types *w, const struct member *member, const char *path,
		      struct fields *f, struct diag *d)
{
	uint32_t id = model_skip_modifiers(w->m, member->type);
	const struct type *t = model_type(w->m, id);

	if (!*member->name && member->bit_size)
		return 0; /* padding */
	if (!*member->name && t->kind == TYPE_STRUCT)
		return add_members(w, t, path, f, d);
	struct field *field = add_field(f, *member->name ? member->name : type_kind_name(t->kind));
	if (!field)
		return wit_no_memory(d);
	if (member->bit_size) {
		use_bitfield(w->m, member, &field->use);
	} else {
		char *hint = str_printf("%s_%s", path, field->name);
		int err = hint ? wit_use_type(w, id, hint, &field->use, d) : wit_no_memory(d);
		free(hint);
		if (err)
			return err;
	}
	if (field->use.depth > WIT_MAX_DEPTH) {
		wit_use_clear(&field->use);
		field->use.depth = 0;
		strbuf_puts(&field->use.note, "too deep for WIT's tools");
	}
	if (field->use.type.len)
		f->present++;
	if (field->use.depth > f->depth)
		f->depth = field->use.depth;
	return 0;
}

static int add_members(struct wit_types *w, const struct type *t, const char *path,
		       struct fields *f, struct diag *d)
{
	for (uint32_t i = 0; i < t->count; i++) {
		int err = add_member(w, &t->members[i], path, f, d);
		if (err)
			return err;
	}
	return 0;
}

static bool only_hyphens_differ(const char *name, const char *c_name)
{
	while (*name && (*name == *c_name || (*name == '-' && *c_name == '_')))
		name++, c_name++;
	return *name == *c_name;
}

static void print_fields(const struct fields *f, struct template_data *entry)
{
	for (size_t i = 0; i < f->count; i++) {
		const struct wit_use *use = &f->items[i].use;
		struct template_data *field = template_add(entry, "fields");

		template_set(field, "field_name", f->items[i].name);
		template_set(field, "type", strbuf_str(&use->type));
		template_set(field, "note", strbuf_str(&use->note));
		template_set(field, "c_name", f->items[i].c_name);
		template_flag(field, "renamed",
			      !only_hyphens_differ(f->items[i].name, f->items[i].c_name));
	}
}

int wit_define_record(struct wit_types *w, uint32_t id, const char *name, struct diag *d)
{
	const struct type *t = model_type(w->m, id);
	struct wit_definition *def = &w->definitions[id];
	struct fields f = {0};
	int err = add_members(w, t, name, &f, d);

	def->depth = f.depth;
	def->left_out = !err && !f.present;
	if (!err && f.count > WIT_MAX_FIELDS)
		err = diag_fail(d, ENOTSUP, "struct %s: %zu fields are more than WIT's tools take",
				name, f.count);
	if (!err) {
		char *about = str_printf("struct %s, %" PRIu64 " bytes",
					 *t->name ? t->name : "{...}", t->size);
		struct template_data *entry =
			f.present ? wit_add_entry(w, def, name, about) : wit_add_text(w, about);
		print_fields(&f, entry);
		free(about);
		err = entry ? 0 : wit_no_memory(d);
	}
	fields_clear(&f);
	return err;
}
