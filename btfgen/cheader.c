/* SPDX-License-Identifier: BSD-2-Clause */
#include "btfgen/cheader.h"

#include <ctype.h>
#include <endian.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "btfgen/cdecl.h"
#include "btfgen/cnames.h"
#include "btfgen/layout.h"
#include "btfgen/names.h"
#include "btfgen/order.h"
#include "templates/template.h"

struct header {
	const struct model *m;
	struct layout *l;
	struct cdecl *c;
	struct order order;
	struct template_data *data;
	struct strbuf definitions; /* with their assertions; made here, as there are very many */
	struct strbuf type;        /* the spelling of the one whose fields are asserted */
};

/* "in.list[0].x": anonymous steps have no name, and a field of an array is that of its first
 * element. */
static void add_path(const struct header *h, const struct layout_step *path, size_t depth,
		     struct strbuf *out)
{
	const char *tag = cdecl_type_name(h->c, path[0].record->id);
	size_t start = out->len;

	for (size_t i = 0; i < depth; i++) {
		const struct slot *s = path[i].slot;
		if (!*s->name)
			continue;
		/* Pointers into an arena are in an anonymous union of their own. */
		uint32_t to;
		bool is_nested =
			out->len == start && (i || model_arena_pointer(h->m, s->type, &to));
		if (out->len > start)
			strbuf_putc(out, '.');
		cdecl_field_name(h->c, path[i].record, is_nested ? tag : NULL, s->name, out);
		const struct type *t = model_type(h->m, model_skip_modifiers(h->m, s->type));
		while (i + 1 < depth && t->kind == TYPE_ARRAY) {
			strbuf_puts(out, "[0]");
			t = model_type(h->m, model_skip_modifiers(h->m, t->target));
		}
	}
}

static int add_offset(void *context, const struct layout_step *path, size_t depth,
		      uint64_t byte_offset)
{
	struct header *h = context;
	struct strbuf *out = &h->definitions;

	/* C has no address of a bitfield. */
	if (path[depth - 1].slot->kind == SLOT_BITFIELD)
		return 0;
	strbuf_puts(out, "WBPF_ASSERT_OFFSET(");
	strbuf_add(out, h->type.data, h->type.len);
	strbuf_puts(out, ", ");
	add_path(h, path, depth, out);
	strbuf_puts(out, ", ");
	strbuf_number(out, byte_offset);
	strbuf_puts(out, ");\n");
	return 0;
}

/* The record whose fields a definition writes out: its own, or that of a typedef's anonymous one.
 */
static uint32_t written_record(const struct model *m, uint32_t id)
{
	const struct type *t = model_type(m, id);

	if (t->kind == TYPE_TYPEDEF) {
		id = model_skip_modifiers(m, t->target);
		t = model_type(m, id);
		if (*t->name)
			return 0;
	}
	return t->kind == TYPE_STRUCT || t->kind == TYPE_UNION ? id : 0;
}

static int add_assertions(struct header *h, uint32_t id, struct diag *d)
{
	static const char *const prefixes[TYPE_KIND_COUNT] = {
		[TYPE_STRUCT] = "struct ",
		[TYPE_UNION] = "union ",
		[TYPE_ENUM] = "enum ",
	};
	const struct type *t = model_type(h->m, id);
	struct strbuf *out = &h->definitions;

	h->type.len = 0;
	strbuf_puts(&h->type, prefixes[t->kind] ? prefixes[t->kind] : "");
	strbuf_puts(&h->type, cdecl_type_name(h->c, id));
	if (*t->name) {
		strbuf_puts(out, "WBPF_ASSERT_SIZE(");
		strbuf_puts(out, strbuf_str(&h->type));
		strbuf_puts(out, ", ");
		strbuf_number(out, model_size(h->m, id));
		strbuf_puts(out, ");\n");
	}
	uint32_t of = written_record(h->m, id);
	const struct record *r = NULL;
	if (!of)
		return 0;
	int err = layout_record(h->l, of, &r, d);
	if (!err)
		err = layout_walk(h->l, r, add_offset, h);
	return err ? diag_fail(d, -err, "out of memory") : 0;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

struct words {
	char **list;
	size_t count;
};

/* Each wbpf_name_NAME in the text is a macro that the header has to define, and so for any prefix.
 */
static int find_words(const char *text, const char *prefix, struct words *w)
{
	static const char letters[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

	for (const char *s = text; (s = strstr(s, prefix));) {
		s += strlen(prefix);
		size_t n = strspn(s, letters);
		char **list = realloc(w->list, (w->count + 1) * sizeof(*list));
		if (!list)
			return -ENOMEM;
		w->list = list;
		w->list[w->count] = strndup(s, n);
		if (!w->list[w->count++])
			return -ENOMEM;
	}
	return 0;
}

static void set_words(struct header *h, const char *list, struct words *w)
{
	template_list(h->data, list);
	if (w->count)
		qsort(w->list, w->count, sizeof(*w->list), by_text);
	for (size_t i = 0; i < w->count; i++) {
		if (!i || strcmp(w->list[i], w->list[i - 1]))
			template_set(template_add(h->data, list), "name", w->list[i]);
	}
}

static int add_definition(struct header *h, uint32_t id, struct diag *d)
{
	struct strbuf *out = &h->definitions;
	size_t start = out->len;

	strbuf_putc(out, '\n');
	size_t behind = out->len;
	int err = cdecl_define(h->c, id, out, d);
	if (!err && out->len > behind)
		return add_assertions(h, id, d);
	out->len = start;
	return err;
}

static int add_macros_for(struct header *h, const char *prefix, const char *list)
{
	struct words words = {0};
	int err = find_words(strbuf_str(&h->definitions), prefix, &words);

	if (!err)
		set_words(h, list, &words);
	for (size_t i = 0; i < words.count; i++)
		free(words.list[i]);
	free(words.list);
	return err;
}

static int add_definitions(struct header *h, struct diag *d)
{
	int err = 0;

	for (size_t i = 0; !err && i < h->order.count; i++)
		err = add_definition(h, h->order.ids[i], d);
	/* The template ends the last line. */
	if (!err && h->definitions.len)
		h->definitions.data[--h->definitions.len] = '\0';
	if (!err &&
	    (strbuf_error(&h->definitions) || strbuf_error(&h->type) ||
	     add_macros_for(h, CXX_PREFIX, "renamed") || add_macros_for(h, TYPE_PREFIX, "hidden")))
		err = diag_fail(d, ENOMEM, "out of memory");
	template_refer(h->data, "definitions", &h->definitions);
	return err;
}

/* Headers of one name with different contents can be included together. By eight bytes, as a
 * kernel's header has millions; the same on every machine. */
static uint32_t hash_of(const struct strbuf *text)
{
	uint64_t hash = text->len;

	for (size_t i = 0; i < text->len; i += 8) {
		uint64_t word = 0;
		memcpy(&word, text->data + i, text->len - i < 8 ? text->len - i : 8);
		hash = (hash ^ le64toh(word)) * 0x9e3779b97f4a7c15;
		hash ^= hash >> 32;
	}
	return (uint32_t)hash;
}

static void set_guard(struct header *h, const char *name)
{
	struct strbuf guard = {0};

	strbuf_puts(&guard, "WBPF_");
	for (; *name; name++)
		strbuf_putc(&guard, (char)toupper((unsigned char)*name));
	strbuf_printf(&guard, "_TYPES_H_%08" PRIX32, hash_of(&h->definitions));
	template_set(h->data, "guard", strbuf_str(&guard));
	strbuf_free(&guard);
}

/* A file's name may hold what would end the comment it is put into. */
static void set_file(struct header *h, const char *file)
{
	struct strbuf clean = {0};

	for (; *file; file++)
		strbuf_putc(&clean, *file == '*' || (unsigned char)*file < ' ' ? '?' : *file);
	template_set(h->data, "file", strbuf_str(&clean));
	strbuf_free(&clean);
}

/* Behind the definitions, where they change no field's name. One that the C library could use gets
 * "___bpf" behind it, as types do. */
static void add_macros(struct header *h, const struct object *o)
{
	template_list(h->data, "macros");
	for (size_t i = 0; i < o->macro_count; i++) {
		const char *name = o->macros[i].name;
		bool is_libc = name_is_libc_macro(name) || name_is_libc_ordinary(name) ||
			       name_is_libc_tag(name);
		struct template_data *item = template_add(h->data, "macros");
		template_setf(item, "name", "%s%s", name, is_libc ? "___bpf" : "");
		template_set(item, "value", o->macros[i].value);
		template_flag(item, "c_only", name_is_cxx_keyword(name));
	}
}

static int emit(struct header *h, const struct object *o, struct strbuf *out, struct diag *d)
{
	int err = layout_new(h->m, &h->l, d);
	if (!err)
		err = cdecl_new(h->l, h->order.has, &h->c, d);
	if (err)
		return err;
	h->data = template_data_new();
	set_file(h, o->file);
	template_flag(h->data, "big_endian", model_big_endian(h->m));
	err = add_definitions(h, d);
	set_guard(h, o->name);
	add_macros(h, o);
	return err ? err : template_render("cheader.h.tmpl", h->data, out, d);
}

/* A type that is named must be there to be used; one that is only declared is not. */
static int check_named(const struct object *o, const char *const *types, struct diag *d)
{
	for (; types && *types; types++) {
		uint32_t id = select_find(o, *types);
		if (id && !model_has_size(o->model, id))
			return diag_fail(d, ENOTSUP, "type %s has no size, so nothing can be of it",
					 *types);
	}
	return 0;
}

static int choose(struct header *h, const struct object *o, const struct select_options *options,
		  struct diag *d)
{
	uint32_t *roots;
	size_t count;

	int err = check_named(o, options->types, d);
	if (err)
		return err;
	err = select_types(o, options, &roots, &count, d);
	if (err)
		return err;
	err = order_types(h->m, roots, count, &h->order, d);
	free(roots);
	return err;
}

int cheader_emit(const struct object *o, const struct select_options *options, struct strbuf *out,
		 struct diag *d)
{
	static const struct select_options none = {0};
	struct header h = {.m = o->model};

	if (!options)
		options = &none;
	int err = choose(&h, o, options, d);
	if (!err)
		err = emit(&h, o, out, d);
	if (err && strncmp(d->text, o->path, strlen(o->path)))
		diag_prefix(d, "%s: ", o->path);
	template_data_free(h.data);
	cdecl_free(h.c);
	layout_free(h.l);
	order_free(&h.order);
	strbuf_free(&h.definitions);
	strbuf_free(&h.type);
	return err;
}
