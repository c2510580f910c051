/* SPDX-License-Identifier: BSD-2-Clause */
#include "witgen/types.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "witgen/private.h"

/* wit-bindgen's C generator has names for lists of what has no definition. */
static bool take_plain_lists(struct kebab_scope *scope)
{
	static const char *const names[] = {
		"bool", "u8",  "u16", "u32", "u64", "s8",
		"s16",  "s32", "s64", "f32", "f64", "string",
	};
	bool ok = kebab_add(scope, "tuple2_u64_u64", "type");

	for (size_t i = 0; i < sizeof(names) / sizeof(*names) && ok; i++) {
		char *list = str_printf("list_%s", names[i]);
		ok = list && kebab_add(scope, list, "type");
		free(list);
	}
	return ok;
}

int wit_types_new(const struct model *m, bool bytes, struct template_data *data,
		  struct wit_types **ret, struct diag *d)
{
	struct wit_types *w = calloc(1, sizeof(*w));
	size_t count = model_count(m);

	*ret = NULL;
	if (!w)
		return wit_no_memory(d);
	w->m = m;
	w->data = data;
	w->bytes = bytes;
	w->definitions = calloc(count, sizeof(*w->definitions));
	w->variants = calloc(count, sizeof(*w->variants));
	w->order = calloc(2 * count, sizeof(struct wit_definition *));
	bool ok = w->definitions && w->variants && w->order && take_plain_lists(&w->scope);
	w->scope.lists = true;
	int err = ok ? wit_tags_find(w, d) : wit_no_memory(d);
	if (err)
		wit_types_free(w);
	else
		*ret = w;
	return err;
}

void wit_types_free(struct wit_types *w)
{
	if (!w)
		return;
	for (uint32_t id = 0; id < model_count(w->m); id++) {
		if (w->definitions)
			wit_definition_clear(&w->definitions[id]);
		if (!w->variants || !w->variants[id])
			continue;
		wit_definition_clear(w->variants[id]);
		free(w->variants[id]);
	}
	kebab_scope_clear(&w->scope);
	arena_free(&w->texts);
	free(w->definitions);
	free(w->variants);
	free(w->order);
	free(w->tags);
	free(w);
}

int wit_no_memory(struct diag *d)
{
	return diag_fail(d, ENOMEM, "out of memory");
}

struct template_data *wit_add_text(struct wit_types *w, const char *about)
{
	struct template_data *entry = template_add(w->data, "types");

	template_flag(entry, "is_first", !w->any);
	w->any = true;
	template_set(entry, "about", about);
	template_set(entry, "name", "");
	template_set(entry, "alias_of", "");
	template_list(entry, "fields");
	template_list(entry, "cases");
	template_list(entry, "values");
	return entry;
}

/* An entry of the template's list, with its name in the scope and its first line of comment. */
struct template_data *wit_add_entry(struct wit_types *w, struct wit_definition *def,
				    const char *name, const char *about)
{
	def->name = kebab_add(&w->scope, name, "type");
	if (!def->name)
		return NULL;
	struct template_data *entry = wit_add_text(w, about);
	template_set(entry, "name", def->name);
	w->order[w->order_count++] = def; /* there is room for all */
	return entry;
}

static int define_enum(struct wit_types *w, uint32_t id, const char *name, struct diag *d)
{
	const struct type *t = model_type(w->m, id);
	struct wit_use *integer = &w->definitions[id].alias;
	char *about = str_printf("enum %s", *t->name ? t->name : "{...}");
	struct template_data *entry = wit_add_entry(w, &w->definitions[id], name, about);

	wit_use_integer((unsigned)t->size * 8, t->is_signed, integer);
	integer->size = t->size;
	template_set(entry, "alias_of", strbuf_str(&integer->type));
	for (uint32_t i = 0; i < t->count; i++) {
		struct template_data *value = template_add(entry, "values");
		template_set(value, "value_name", t->values[i].name);
		if (t->is_signed)
			template_setf(value, "number", "%" PRId64, (int64_t)t->values[i].value);
		else
			template_setf(value, "number", "%" PRIu64, t->values[i].value);
	}
	free(about);
	return w->definitions[id].name ? 0 : wit_no_memory(d);
}

static int define_union(struct wit_types *w, uint32_t id, const char *name, struct diag *d)
{
	const struct type *t = model_type(w->m, id);
	struct wit_use *bytes = &w->definitions[id].alias;

	wit_use_union(t, bytes);
	char *about =
		str_printf("union %s: %s", *t->name ? t->name : "{...}", strbuf_str(&bytes->note));
	struct template_data *entry = wit_add_entry(w, &w->definitions[id], name, about);
	template_set(entry, "alias_of", strbuf_str(&bytes->type));
	w->definitions[id].depth = 1;
	free(about);
	return w->definitions[id].name ? 0 : wit_no_memory(d);
}

static bool same_name(const char *a, const char *b)
{
	char *ka = kebab_make(a, "type"), *kb = kebab_make(b, "type");
	bool same = ka && kb && !strcmp(ka, kb);

	free(ka);
	free(kb);
	return same;
}

/* "typedef struct event event" and "typedef struct { ... } event" define one type, not two. */
static bool names_its_target(const struct wit_types *w, const struct type *t, uint32_t target)
{
	const struct type *named = model_type(w->m, target);

	if (named->kind != TYPE_STRUCT && named->kind != TYPE_UNION && named->kind != TYPE_ENUM)
		return false;
	if (*named->name)
		return same_name(named->name, t->name);
	return !w->definitions[target].name && !w->definitions[target].left_out;
}

static int define_typedef(struct wit_types *w, uint32_t id, struct diag *d)
{
	const struct type *t = model_type(w->m, id);
	uint32_t target = model_skip_modifiers(w->m, t->target);
	struct wit_definition *def = &w->definitions[id];

	if (names_its_target(w, t, target)) {
		struct wit_definition *named = &w->definitions[target];
		int err = wit_define(w, target, t->name, d);
		if (!*model_type(w->m, target)->name && !named->spelled)
			named->spelled = id;
		def->name = named->name;
		def->left_out = named->left_out;
		def->depth = named->depth;
		def->same = named;
		return err;
	}
	struct wit_use *use = &def->alias;
	int err = wit_use_type(w, target, t->name, use, d);
	def->left_out = !use->type.len;
	def->depth = use->depth;
	if (!err && !def->left_out) {
		char *about = str_printf("typedef %s%s%s", t->name, use->note.len ? ": " : "",
					 strbuf_str(&use->note));
		struct template_data *entry = wit_add_entry(w, def, t->name, about);
		template_set(entry, "alias_of", strbuf_str(&use->type));
		free(about);
		err = def->name ? 0 : wit_no_memory(d);
	}
	return err;
}

int wit_define(struct wit_types *w, uint32_t id, const char *hint, struct diag *d)
{
	const struct type *t = model_type(w->m, id);
	const char *name = *t->name ? t->name : hint;

	if (w->definitions[id].name || w->definitions[id].left_out)
		return 0;
	w->definitions[id].id = id;
	if (*t->name)
		w->definitions[id].spelled = id;
	switch (t->kind) {
	case TYPE_TYPEDEF:
		return define_typedef(w, id, d);
	case TYPE_ENUM:
		return define_enum(w, id, name, d);
	case TYPE_UNION:
		return define_union(w, id, name, d);
	default:
		return wit_define_record(w, id, name, d);
	}
}

int wit_types_define(struct wit_types *w, uint32_t id, const char *hint, struct diag *d)
{
	struct wit_use use = {0};
	int err = 0;

	id = model_skip_modifiers(w->m, id);
	while (model_type(w->m, id)->kind == TYPE_ARRAY)
		id = model_skip_modifiers(w->m, model_type(w->m, id)->target);
	const struct type *t = model_type(w->m, id);
	bool is_record = t->kind == TYPE_STRUCT || t->kind == TYPE_UNION || t->kind == TYPE_ENUM;
	if (t->kind == TYPE_TYPEDEF || (is_record && (*t->name || hint)))
		err = wit_use_type(w, id, hint ? hint : t->name, &use, d);
	wit_use_clear(&use);
	return err;
}
