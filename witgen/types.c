// SPDX-License-Identifier: BSD-2-Clause
#include "witgen/types.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "btfgen/describe.h"
#include "witgen/kebab.h"

/* Limits of today's tools. */
enum { MAX_FIELDS = 10000, MAX_DEPTH = 90 };

/* A type's definition in the interface, by type id. */
struct definition {
	const char *name; /* NULL: none yet. The scope owns it */
	bool left_out;    /* it would be an empty record */
	unsigned depth;   /* of types within types */
};

struct wit_types {
	const struct model *m;
	struct template_data *data;
	struct kebab_scope scope;
	struct definition *definitions;
	bool any; /* a definition has been written */
};

/* A type's use: what stands behind the colon, and what is to be said about it. */
struct use {
	struct strbuf type; /* empty: left out */
	struct strbuf note; /* "16 elements", "const char *" */
	unsigned depth;
};

static void use_clear(struct use *u)
{
	strbuf_free(&u->type);
	strbuf_free(&u->note);
}

struct wit_types *wit_types_new(const struct model *m, struct template_data *data)
{
	struct wit_types *w = calloc(1, sizeof(*w));

	if (!w)
		return NULL;
	w->m = m;
	w->data = data;
	w->definitions = calloc(model_count(m), sizeof(*w->definitions));
	if (!w->definitions) {
		free(w);
		return NULL;
	}
	return w;
}

void wit_types_free(struct wit_types *w)
{
	if (!w)
		return;
	kebab_scope_clear(&w->scope);
	free(w->definitions);
	free(w);
}

static int no_memory(struct diag *d)
{
	return diag_fail(d, ENOMEM, "out of memory");
}

static int use_type(struct wit_types *w, uint32_t id, const char *hint, struct use *ret,
		    struct diag *d);
static int define(struct wit_types *w, uint32_t id, const char *hint, struct diag *d);

/* Typedefs that say no more than the WIT type does. */
static bool is_plain_typedef(const struct model *m, const struct type *t)
{
	static const char *const names[] = {
		"u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64", "bool", "u128", "s128",
	};
	const char *name = t->name;
	const struct type *base = model_type(m, model_resolve(m, t->target));

	if (base->kind != TYPE_INT)
		return false;
	if (!strncmp(name, "__", 2))
		name += 2;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(name, names[i]))
			return true;
	/* int8_t, uint_least16_t, ... */
	if (*name == 'u')
		name++;
	return !strncmp(name, "int", 3) && strlen(name) > 4 && name[3] >= '1' && name[3] <= '9' &&
	       !strcmp(name + strlen(name) - 2, "_t");
}

static bool is_char(const struct model *m, uint32_t id)
{
	const struct type *t = model_type(m, model_resolve(m, id));

	return t->kind == TYPE_INT && t->size == 1 && !t->is_bool &&
	       (t->is_char || !strcmp(t->name, "char"));
}

static void use_integer(unsigned bits, bool is_signed, struct use *ret)
{
	unsigned size = bits <= 8 ? 8 : bits <= 16 ? 16 : bits <= 32 ? 32 : 64;

	strbuf_printf(&ret->type, "%c%u", is_signed ? 's' : 'u', size);
}

static void use_int(const struct type *t, struct use *ret)
{
	if (t->is_bool) {
		strbuf_puts(&ret->type, "bool");
	} else if (t->size == 16) {
		strbuf_puts(&ret->type, "tuple<u64, u64>");
		strbuf_puts(&ret->note,
			    t->is_signed ? "signed, 128 bits: low, high" : "128 bits: low, high");
	} else {
		use_integer((unsigned)t->size * 8, t->is_signed, ret);
	}
}

static void use_float(const struct model *m, uint32_t id, struct use *ret)
{
	const struct type *t = model_type(m, id);

	if (t->size == 4 || t->size == 8) {
		strbuf_printf(&ret->type, "f%u", (unsigned)t->size * 8);
		return;
	}
	strbuf_puts(&ret->type, "list<u8>");
	strbuf_printf(&ret->note, "the %" PRIu64 " bytes of a ", t->size);
	describe_type(m, id, &ret->note);
}

static int use_array(struct wit_types *w, const struct type *t, const char *hint, struct use *ret,
		     struct diag *d)
{
	struct use element = {0};

	if (is_char(w->m, t->target)) {
		strbuf_puts(&ret->type, "string");
		if (t->count)
			strbuf_printf(&ret->note, "at most %u bytes", t->count);
		return 0;
	}
	int err = use_type(w, t->target, hint, &element, d);
	if (!err && element.type.len) {
		strbuf_printf(&ret->type, "list<%s>", strbuf_str(&element.type));
		if (t->count)
			strbuf_printf(&ret->note, "%u elements", t->count);
		else
			strbuf_puts(&ret->note, "as many elements as there are");
		if (element.note.len)
			strbuf_printf(&ret->note, ", each: %s", strbuf_str(&element.note));
		ret->depth = element.depth + 1;
	}
	if (!element.type.len)
		strbuf_puts(&ret->note, strbuf_str(&element.note));
	use_clear(&element);
	return err;
}

static void use_union(const struct type *t, struct use *ret)
{
	const char *separator = " of ";

	strbuf_puts(&ret->type, "list<u8>");
	strbuf_printf(&ret->note, "the %" PRIu64 " bytes of a union", t->size);
	for (uint32_t i = 0; i < t->count; i++) {
		if (!*t->members[i].name)
			continue;
		strbuf_printf(&ret->note, "%s%s", separator, t->members[i].name);
		separator = ", ";
	}
}

/* What is known by its name in the interface. */
static int use_definition(struct wit_types *w, uint32_t id, const char *hint, struct use *ret,
			  struct diag *d)
{
	const struct definition *def = &w->definitions[id];
	int err = define(w, id, hint, d);

	if (err)
		return err;
	if (def->left_out) {
		strbuf_puts(&ret->note, "it holds nothing");
		return 0;
	}
	strbuf_printf(&ret->type, "%%%s", def->name);
	ret->depth = def->depth + 1;
	return 0;
}

/* hint is the name that the type gets when it needs one and has none. */
static int use_type(struct wit_types *w, uint32_t id, const char *hint, struct use *ret,
		    struct diag *d)
{
	id = model_skip_modifiers(w->m, id);
	const struct type *t = model_type(w->m, id);

	switch (t->kind) {
	case TYPE_INT:
		use_int(t, ret);
		return 0;
	case TYPE_FLOAT:
		use_float(w->m, id, ret);
		return 0;
	case TYPE_PTR:
		strbuf_puts(&ret->type, "u64");
		describe_type(w->m, id, &ret->note);
		return 0;
	case TYPE_ARRAY:
		return use_array(w, t, hint, ret, d);
	case TYPE_UNION:
		if (*t->name)
			return use_definition(w, id, hint, ret, d);
		use_union(t, ret);
		return 0;
	case TYPE_TYPEDEF:
		if (is_plain_typedef(w->m, t))
			return use_type(w, t->target, hint, ret, d);
		return use_definition(w, id, hint, ret, d);
	case TYPE_STRUCT:
	case TYPE_ENUM:
		return use_definition(w, id, hint, ret, d);
	default: /* void, prototypes, what is only declared: no value has such a type */
		describe_type(w->m, id, &ret->note);
		return 0;
	}
}

static struct template_data *add_text(struct wit_types *w, const char *about)
{
	struct template_data *entry = template_add(w->data, "types");

	template_flag(entry, "is_first", !w->any);
	w->any = true;
	template_set(entry, "about", about);
	template_set(entry, "name", "");
	template_set(entry, "alias_of", "");
	template_list(entry, "fields");
	template_list(entry, "values");
	return entry;
}

/* An entry of the template's list, with its name in the scope and its first line of comment. */
static struct template_data *add_entry(struct wit_types *w, struct definition *def,
				       const char *name, const char *about)
{
	def->name = kebab_add(&w->scope, name, "type");
	if (!def->name)
		return NULL;
	struct template_data *entry = add_text(w, about);
	template_set(entry, "name", def->name);
	return entry;
}

static int define_enum(struct wit_types *w, uint32_t id, const char *name, struct diag *d)
{
	const struct type *t = model_type(w->m, id);
	struct use integer = {0};
	char *about = str_printf("enum %s", *t->name ? t->name : "{...}");
	struct template_data *entry = add_entry(w, &w->definitions[id], name, about);

	use_integer((unsigned)t->size * 8, t->is_signed, &integer);
	template_set(entry, "alias_of", strbuf_str(&integer.type));
	for (uint32_t i = 0; i < t->count; i++) {
		struct template_data *value = template_add(entry, "values");
		template_set(value, "value_name", t->values[i].name);
		if (t->is_signed)
			template_setf(value, "number", "%" PRId64, (int64_t)t->values[i].value);
		else
			template_setf(value, "number", "%" PRIu64, t->values[i].value);
	}
	use_clear(&integer);
	free(about);
	return w->definitions[id].name ? 0 : no_memory(d);
}

static int define_union(struct wit_types *w, uint32_t id, const char *name, struct diag *d)
{
	const struct type *t = model_type(w->m, id);
	struct use bytes = {0};

	use_union(t, &bytes);
	char *about =
		str_printf("union %s: %s", *t->name ? t->name : "{...}", strbuf_str(&bytes.note));
	struct template_data *entry = add_entry(w, &w->definitions[id], name, about);
	template_set(entry, "alias_of", strbuf_str(&bytes.type));
	w->definitions[id].depth = 1;
	use_clear(&bytes);
	free(about);
	return w->definitions[id].name ? 0 : no_memory(d);
}

struct field {
	const char *name;   /* the scope owns it */
	const char *c_name; /* the model owns it */
	struct use use;
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
		use_clear(&f->items[i].use);
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

static void use_bitfield(const struct model *m, const struct member *member, struct use *ret)
{
	const struct type *t = model_type(m, model_resolve(m, member->type));

	if (t->is_bool || (member->bit_size == 1 && !t->is_signed))
		strbuf_puts(&ret->type, "bool");
	else
		use_integer(member->bit_size, t->is_signed, ret);
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
		return no_memory(d);
	if (member->bit_size) {
		use_bitfield(w->m, member, &field->use);
	} else {
		char *hint = str_printf("%s_%s", path, field->name);
		int err = hint ? use_type(w, id, hint, &field->use, d) : no_memory(d);
		free(hint);
		if (err)
			return err;
	}
	if (field->use.depth > MAX_DEPTH) {
		use_clear(&field->use);
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
		const struct use *use = &f->items[i].use;
		struct template_data *field = template_add(entry, "fields");

		template_set(field, "field_name", f->items[i].name);
		template_set(field, "type", strbuf_str(&use->type));
		template_set(field, "note", strbuf_str(&use->note));
		template_set(field, "c_name", f->items[i].c_name);
		template_flag(field, "renamed",
			      !only_hyphens_differ(f->items[i].name, f->items[i].c_name));
	}
}

static int define_record(struct wit_types *w, uint32_t id, const char *name, struct diag *d)
{
	const struct type *t = model_type(w->m, id);
	struct definition *def = &w->definitions[id];
	struct fields f = {0};
	int err = add_members(w, t, name, &f, d);

	def->depth = f.depth;
	def->left_out = !err && !f.present;
	if (!err && f.count > MAX_FIELDS)
		err = diag_fail(d, ENOTSUP, "struct %s: %zu fields are more than WIT's tools take",
				name, f.count);
	if (!err) {
		char *about = str_printf("struct %s, %" PRIu64 " bytes",
					 *t->name ? t->name : "{...}", t->size);
		struct template_data *entry =
			f.present ? add_entry(w, def, name, about) : add_text(w, about);
		print_fields(&f, entry);
		free(about);
		err = entry ? 0 : no_memory(d);
	}
	fields_clear(&f);
	return err;
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
	struct definition *def = &w->definitions[id];

	if (names_its_target(w, t, target)) {
		int err = define(w, target, t->name, d);
		*def = w->definitions[target];
		return err;
	}
	struct use use = {0};
	int err = use_type(w, target, t->name, &use, d);
	def->left_out = !use.type.len;
	def->depth = use.depth;
	if (!err && !def->left_out) {
		char *about = str_printf("typedef %s%s%s", t->name, use.note.len ? ": " : "",
					 strbuf_str(&use.note));
		struct template_data *entry = add_entry(w, def, t->name, about);
		template_set(entry, "alias_of", strbuf_str(&use.type));
		free(about);
		err = def->name ? 0 : no_memory(d);
	}
	use_clear(&use);
	return err;
}

static int define(struct wit_types *w, uint32_t id, const char *hint, struct diag *d)
{
	const struct type *t = model_type(w->m, id);
	const char *name = *t->name ? t->name : hint;

	if (w->definitions[id].name || w->definitions[id].left_out)
		return 0;
	switch (t->kind) {
	case TYPE_TYPEDEF:
		return define_typedef(w, id, d);
	case TYPE_ENUM:
		return define_enum(w, id, name, d);
	case TYPE_UNION:
		return define_union(w, id, name, d);
	default:
		return define_record(w, id, name, d);
	}
}

int wit_types_define(struct wit_types *w, uint32_t id, const char *hint, struct diag *d)
{
	struct use use = {0};
	int err = 0;

	id = model_skip_modifiers(w->m, id);
	while (model_type(w->m, id)->kind == TYPE_ARRAY)
		id = model_skip_modifiers(w->m, model_type(w->m, id)->target);
	const struct type *t = model_type(w->m, id);
	bool is_record = t->kind == TYPE_STRUCT || t->kind == TYPE_UNION || t->kind == TYPE_ENUM;
	if (t->kind == TYPE_TYPEDEF || (is_record && (*t->name || hint)))
		err = use_type(w, id, hint ? hint : t->name, &use, d);
	use_clear(&use);
	return err;
}
