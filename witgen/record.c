/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "witgen/private.h"

/* A record's fields as they are found, those of anonymous structs among them. */
struct fields {
	struct wit_definition *def;
	struct kebab_scope scope;
	const char *path; /* the record's name, for what has none */
	size_t present;   /* those that are not left out */
};

void wit_definition_clear(struct wit_definition *def)
{
	for (size_t i = 0; i < def->field_count; i++) {
		wit_use_clear(&def->fields[i].use);
		free(def->fields[i].values);
	}
	free(def->fields);
	free(def->selectors);
	wit_use_clear(&def->alias);
}

static struct wit_field *add_field(struct wit_types *w, struct fields *f, const char *name)
{
	struct wit_definition *def = f->def;
	size_t n = def->field_count;

	if (!(n & (n - 1))) {
		size_t room = n ? 2 * n : 1;
		struct wit_field *fields = realloc(def->fields, room * sizeof(*fields));
		if (!fields)
			return NULL;
		def->fields = fields;
	}
	const char *unique = kebab_add(&f->scope, name, "field");
	struct wit_field *field = &def->fields[n];
	*field = (struct wit_field){.c_name = name, .selector = -1};
	field->name = unique ? arena_string(&w->texts, unique) : NULL;
	if (!field->name)
		return NULL;
	def->field_count++;
	return field;
}

static void use_bitfield(const struct model *m, const struct member *member, struct wit_use *ret)
{
	const struct type *t = model_type(m, model_resolve(m, member->type));

	if (t->is_bool || (member->bit_size == 1 && !t->is_signed)) {
		strbuf_puts(&ret->type, "bool");
		ret->kind = WIT_BOOL;
	} else if (member->bit_size > 64) {
		wit_use_wide(t->is_signed, ret);
		ret->note.len = 0;
	} else {
		wit_use_integer(member->bit_size, t->is_signed, ret);
	}
	strbuf_printf(&ret->note, "%u bit%s", member->bit_size, member->bit_size == 1 ? "" : "s");
	if (ret->kind == WIT_WIDE)
		strbuf_puts(&ret->note, t->is_signed ? ", signed: low, high" : ": low, high");
	if (t->kind == TYPE_ENUM)
		strbuf_printf(&ret->note, " of enum %s", *t->name ? t->name : "{...}");
}

/* The tag wit:bytes. */
static int use_as_bytes(struct wit_types *w, uint32_t type, const char *hint, struct wit_use *ret,
			struct diag *d)
{
	bool bytes = w->bytes;
	const struct type *t = model_type(w->m, model_resolve(w->m, type));

	if (t->kind != TYPE_ARRAY)
		return diag_fail(d, EINVAL,
				 "%s: the declaration tag 'wit:bytes' is for arrays of char", hint);
	w->bytes = true;
	int err = wit_use_type(w, model_resolve(w->m, type), hint, ret, d);
	w->bytes = bytes;
	return err;
}

int wit_use_member(struct wit_types *w, uint32_t id, uint32_t index, const char *path,
		   struct wit_field *ret, struct diag *d)
{
	const struct member *m = &model_type(w->m, id)->members[index];

	ret->selector = -1;
	ret->bit_offset = m->bit_offset;
	ret->bit_size = m->bit_size;
	if (m->bit_size) {
		use_bitfield(w->m, m, &ret->use);
		return 0;
	}
	char *hint = str_printf("%s_%s", path, ret->name);
	int err = hint ? 0 : wit_no_memory(d);
	if (!err && wit_tag(w, id, (int32_t)index, "bytes"))
		err = use_as_bytes(w, m->type, hint, &ret->use, d);
	else if (!err)
		err = wit_use_type(w, m->type, hint, &ret->use, d);
	free(hint);
	return err;
}

/* A field by its name in C, inside anonymous structs as well. */
static const struct member *find_member(const struct model *m, const struct type *t,
					const char *name, uint64_t *bit_offset)
{
	for (uint32_t i = 0; i < t->count; i++) {
		const struct member *member = &t->members[i];
		const struct type *in = model_type(m, model_skip_modifiers(m, member->type));
		if (*member->name && !strcmp(member->name, name)) {
			*bit_offset += member->bit_offset;
			return member;
		}
		if (*member->name || member->bit_size || in->kind != TYPE_STRUCT)
			continue;
		uint64_t inner = *bit_offset + member->bit_offset;
		const struct member *found = find_member(m, in, name, &inner);
		if (found) {
			*bit_offset = inner;
			return found;
		}
	}
	return NULL;
}

static int make_selector(struct wit_types *w, const struct fields *f, const char *name,
			 struct wit_selector *ret, struct diag *d)
{
	uint64_t at = 0;
	const struct member *member = find_member(w->m, model_type(w->m, f->def->id), name, &at);

	if (!member)
		return diag_fail(
			d, EINVAL,
			"struct %s: it has no field '%s', which the tag wit:variant=%s of a "
			"union names",
			f->path, name, name);
	const struct type *t = model_type(w->m, model_resolve(w->m, member->type));
	if ((t->kind != TYPE_INT && t->kind != TYPE_ENUM) || t->size > 8)
		return diag_fail(
			d, EINVAL,
			"struct %s: %s, which the tag wit:variant=%s names, is no integer of "
			"at most 64 bits",
			f->path, name, name);
	*ret = (struct wit_selector){
		.c_name = member->name,
		.bit_offset = at,
		.bits = member->bit_size ? member->bit_size : 8 * (unsigned)t->size,
		.is_signed = t->is_signed,
		.is_bitfield = member->bit_size,
	};
	return 0;
}

/* Of the union itself, wherever it is; or of this member that is one. */
static const char *variant_tag(const struct wit_types *w, uint32_t id, uint32_t index,
			       uint32_t union_id)
{
	const char *tag = wit_tag(w, id, (int32_t)index, "variant");

	return tag ? tag : wit_tag(w, union_id, -1, "variant");
}

static int use_variant(struct wit_types *w, struct fields *f, struct wit_field *field,
		       uint32_t union_id, const char *selector, struct diag *d)
{
	struct wit_definition *def = f->def, *variant = NULL;
	struct wit_selector *list =
		realloc(def->selectors, (def->selector_count + 1) * sizeof(*list));
	char *hint = str_printf("%s_%s", f->path, field->name);

	if (list)
		def->selectors = list;
	int err = list && hint ? 0 : wit_no_memory(d);
	if (!err)
		err = make_selector(w, f, selector, &list[def->selector_count], d);
	if (!err)
		err = wit_define_variant(w, union_id, hint, &variant, d);
	if (!err)
		err = wit_check_selector(variant, &list[def->selector_count], f->path, d);
	free(hint);
	if (err)
		return err;
	field->selector = (long)def->selector_count++;
	strbuf_printf(&field->use.type, "%%%s", variant->name);
	strbuf_printf(&field->use.note, "%s says which", selector);
	field->use.kind = WIT_DEFINED;
	field->use.def = variant;
	field->use.depth = variant->depth + 1;
	field->use.size = model_size(w->m, union_id);
	return 0;
}

static int add_members(struct wit_types *w, uint32_t id, uint64_t bit_offset, struct fields *f,
		       struct diag *d);

static int add_member(struct wit_types *w, uint32_t id, uint32_t index, uint64_t bit_offset,
		      struct fields *f, struct diag *d)
{
	const struct member *member = &model_type(w->m, id)->members[index];
	uint32_t type = model_skip_modifiers(w->m, member->type);
	uint32_t resolved = model_resolve(w->m, type);
	const struct type *t = model_type(w->m, type);
	const char *selector = NULL;

	if (!*member->name && member->bit_size)
		return 0; /* padding */
	if (!*member->name && t->kind == TYPE_STRUCT)
		return add_members(w, type, bit_offset + member->bit_offset, f, d);
	size_t at = f->def->field_count;
	struct wit_field *field =
		add_field(w, f, *member->name ? member->name : type_kind_name(t->kind));
	if (!field)
		return wit_no_memory(d);
	if (model_type(w->m, resolved)->kind == TYPE_UNION)
		selector = variant_tag(w, id, index, resolved);
	int err =
		wit_tag(w, id, (int32_t)index, "case")
			? diag_fail(d, EINVAL,
				    "struct %s.%s: the tag wit:case is for the members of a union",
				    f->path, member->name)
		: selector ? use_variant(w, f, field, resolved, selector, d)
			   : wit_use_member(w, id, index, f->path, field, d);
	if (err)
		return err;
	field = &f->def->fields[at];
	field->bit_offset = bit_offset + member->bit_offset;
	if (field->use.depth > WIT_MAX_DEPTH) {
		wit_use_clear(&field->use);
		strbuf_puts(&field->use.note, "too deep for WIT's tools");
	}
	if (field->use.type.len)
		f->present++;
	if (field->use.depth > f->def->depth)
		f->def->depth = field->use.depth;
	return 0;
}

static int add_members(struct wit_types *w, uint32_t id, uint64_t bit_offset, struct fields *f,
		       struct diag *d)
{
	for (uint32_t i = 0; i < model_type(w->m, id)->count; i++) {
		int err = add_member(w, id, i, bit_offset, f, d);
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

void wit_print_fields(const struct wit_definition *def, const char *list,
		      struct template_data *entry)
{
	for (size_t i = 0; i < def->field_count; i++) {
		const struct wit_field *f = &def->fields[i];
		struct template_data *field = template_add(entry, list);

		template_set(field, "field_name", f->name);
		template_set(field, "type", strbuf_str(&f->use.type));
		template_set(field, "note", strbuf_str(&f->use.note));
		template_set(field, "c_name", f->c_name);
		template_flag(field, "renamed", !only_hyphens_differ(f->name, f->c_name));
	}
}

int wit_define_record(struct wit_types *w, uint32_t id, const char *name, struct diag *d)
{
	const struct type *t = model_type(w->m, id);
	struct wit_definition *def = &w->definitions[id];
	struct fields f = {.def = def, .path = name};

	def->form = WIT_RECORD;
	def->id = id;
	int err = add_members(w, id, 0, &f, d);
	kebab_scope_clear(&f.scope);
	if (err)
		return err;
	def->left_out = !f.present;
	if (def->field_count > WIT_MAX_FIELDS)
		return diag_fail(d, ENOTSUP, "struct %s: %zu fields are more than WIT's tools take",
				 name, def->field_count);
	char *about =
		str_printf("struct %s, %" PRIu64 " bytes", *t->name ? t->name : "{...}", t->size);
	struct template_data *entry =
		f.present ? wit_add_entry(w, def, name, about) : wit_add_text(w, about);
	wit_print_fields(def, "fields", entry);
	free(about);
	return entry ? 0 : wit_no_memory(d);
}
