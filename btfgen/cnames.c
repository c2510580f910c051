/* SPDX-License-Identifier: BSD-2-Clause */
#include "btfgen/cnames.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/strmap.h"
#include "btfgen/layout.h"
#include "btfgen/names.h"

/* C's name spaces for what stands at file scope. */
enum space { SPACE_TAG, SPACE_ORDINARY, SPACE_COUNT };

/* A name before it is made unique, which several types may have. */
struct base {
	enum space space;
	unsigned number; /* of the use that was named last */
	uint32_t first;  /* id of the first type that has it */
	const char *text;
};

struct use {
	struct base *base;
	const char *name; /* what it comes to */
};

struct cnames {
	const struct model *m;
	struct arena memory;
	struct strmap escaped; /* names that cnames_escape() changes */
	struct strmap bases[SPACE_COUNT];
	struct use *uses; /* by id; of an enum its own name, if it has one, then the enumerators */
	size_t count;
	uint32_t *first; /* by id: index of the type's first use, plus 1; 0 when it has none */
};

/* The typedefs that headers spell integers with. */
static const struct {
	const char *name;
	unsigned size;
	enum scalar_class class;
} standard[] = {
	{"int8_t", 1, SCALAR_SIGNED},     {"int16_t", 2, SCALAR_SIGNED},
	{"int32_t", 4, SCALAR_SIGNED},    {"int64_t", 8, SCALAR_SIGNED},
	{"uint8_t", 1, SCALAR_UNSIGNED},  {"uint16_t", 2, SCALAR_UNSIGNED},
	{"uint32_t", 4, SCALAR_UNSIGNED}, {"uint64_t", 8, SCALAR_UNSIGNED},
	{"bool", 1, SCALAR_BOOL},
};

static bool has_standard_name(const char *name)
{
	for (size_t i = 0; i < sizeof(standard) / sizeof(standard[0]); i++)
		if (*name == *standard[i].name && !strcmp(name, standard[i].name))
			return true;
	return false;
}

/* A field hides the typedef of its name from the fields behind it: in C++, and with clang also in C
 * when it lies in an anonymous struct or union. Those that every struct may need are not hidden. */
static bool is_reserved(const char *name)
{
	return name_is_libc_macro(name) || has_standard_name(name);
}

void cnames_escape(const char *name, struct strbuf *out)
{
	if (name_is_cxx_keyword(name))
		strbuf_puts(out, CXX_PREFIX);
	strbuf_puts(out, name);
	if (name_is_c_keyword(name))
		strbuf_putc(out, '_');
	else if (is_reserved(name))
		strbuf_puts(out, "___bpf");
}

bool cnames_is_standard(const struct model *m, uint32_t typedef_id)
{
	const struct type *t = model_type(m, typedef_id);
	struct scalar s = layout_scalar(m, typedef_id);

	for (size_t i = 0; i < sizeof(standard) / sizeof(standard[0]); i++)
		if (s.class == standard[i].class && s.size == standard[i].size &&
		    !strcmp(t->name, standard[i].name))
			return true;
	return false;
}

bool cnames_is_plain(const struct model *m, uint32_t typedef_id)
{
	static const char *const names[] = {
		"u8", "u16", "u32", "u64", "s8", "s16", "s32", "s64", "bool", "u128", "s128",
	};
	const struct type *t = model_type(m, typedef_id);
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

/* A typedef that is left out: the libraries have one of that name, and its fields can be spelled
 * without it. */
static bool is_left_out(const struct model *m, uint32_t id)
{
	const char *name = model_type(m, id)->name;

	if (!name_is_libc_ordinary(name) && !name_is_libc_macro(name) && !name_is_c_keyword(name))
		return false;
	return layout_scalar(m, id).class != SCALAR_NONE;
}

/* The text must live as long as n. */
static struct base *get_base(struct cnames *n, enum space space, const char *text)
{
	void **place = strmap_put(&n->bases[space], text);

	if (!place)
		return NULL;
	struct base *b = *place ? *place : arena_alloc(&n->memory, 1, sizeof(*b));
	if (b && !*place)
		*b = (struct base){.space = space, .text = text};
	*place = b;
	return b;
}

/* In C++ a tag is also a type by itself, and meets the C library's typedefs. */
static bool is_tag_taken(const char *name)
{
	size_t n = strlen(name);

	return name_is_libc_tag(name) ||
	       (n > 2 && !strcmp(name + n - 2, "_t") && name_is_libc_ordinary(name) &&
		!name_is_cxx_keyword(name));
}

static bool list_escaped(struct cnames *n)
{
	bool ok = names_list_special(&n->escaped);

	for (size_t i = 0; ok && i < sizeof(standard) / sizeof(standard[0]); i++) {
		void **place = strmap_put(&n->escaped, standard[i].name);
		ok = place;
		if (place)
			*place = n;
	}
	return ok;
}

bool cnames_is_escaped(const struct cnames *n, const char *name)
{
	return strmap_find(&n->escaped, name);
}

/* The name as it is escaped in its name space; NULL when memory ran out. */
static const char *escape_in(struct cnames *n, enum space space, const char *name)
{
	bool taken = space == SPACE_TAG ? is_tag_taken(name) : name_is_libc_ordinary(name);
	struct strbuf text = {0};

	if (!taken && !cnames_is_escaped(n, name))
		return name;
	if (taken && name_is_cxx_keyword(name))
		strbuf_puts(&text, name); /* wchar_t, and with the suffix no keyword */
	else
		cnames_escape(name, &text);
	if (taken && !is_reserved(name) && !name_is_c_keyword(name))
		strbuf_puts(&text, "___bpf");
	const char *ret = strbuf_error(&text) ? NULL : arena_string(&n->memory, strbuf_str(&text));
	strbuf_free(&text);
	return ret;
}

static bool add_use(struct cnames *n, enum space space, const char *name, uint32_t id)
{
	const char *text = escape_in(n, space, name);
	struct base *base = text ? get_base(n, space, text) : NULL;

	if (!base)
		return false;
	if (!base->first)
		base->first = id;
	if (!n->first[id])
		n->first[id] = (uint32_t)n->count + 1;
	n->uses[n->count++].base = base;
	return true;
}

static bool is_tag(const struct type *t)
{
	return t->kind == TYPE_STRUCT || t->kind == TYPE_UNION || t->kind == TYPE_ENUM;
}

/* No more uses than there can be. */
static size_t count_uses(const struct model *m, const bool *selected)
{
	size_t count = 0;

	for (uint32_t id = 1; id < model_count(m); id++) {
		const struct type *t = model_type(m, id);
		if (!selected || selected[id])
			count += 1 + (t->kind == TYPE_ENUM ? t->count : 0);
	}
	return count;
}

static bool collect(struct cnames *n, const bool *selected)
{
	bool ok = true;

	for (uint32_t id = 1; ok && id < model_count(n->m); id++) {
		const struct type *t = model_type(n->m, id);
		if (selected && !selected[id])
			continue;
		if (is_tag(t) && *t->name)
			ok = add_use(n, SPACE_TAG, t->name, id);
		if (t->kind == TYPE_TYPEDEF && !is_left_out(n->m, id))
			ok = add_use(n, SPACE_ORDINARY, t->name, id);
		for (uint32_t i = 0; ok && t->kind == TYPE_ENUM && i < t->count; i++)
			ok = add_use(n, SPACE_ORDINARY, t->values[i].name, id);
	}
	return ok;
}

/* In C++ a typedef can have the name of a tag only when it is a typedef of just this type. Those of
 * the name behind the first are numbered, and meet no tag. */
static bool part_typedefs_from_tags(struct cnames *n)
{
	for (uint32_t id = 1; id < model_count(n->m); id++) {
		const struct type *t = model_type(n->m, id);
		if (t->kind != TYPE_TYPEDEF || !n->first[id])
			continue;
		struct base *b = n->uses[n->first[id] - 1].base;
		const struct base *tag = strmap_find(&n->bases[SPACE_TAG], b->text);
		if (b->first != id || !tag || tag->first == t->target)
			continue;
		char *text = str_printf(CXX_PREFIX "%s", b->text);
		b->text = text ? arena_string(&n->memory, text) : NULL;
		free(text);
		if (!b->text)
			return false;
	}
	return true;
}

/* "class" is class_ in C++; when that is taken, it gets another name in both languages. */
static bool is_taken_in_cxx(const struct cnames *n, const struct base *b)
{
	if (strncmp(b->text, CXX_PREFIX, strlen(CXX_PREFIX)))
		return false;
	char *name = str_printf("%s_", b->text + strlen(CXX_PREFIX));
	bool taken = name && (strmap_find(&n->bases[SPACE_TAG], name) ||
			      strmap_find(&n->bases[SPACE_ORDINARY], name));
	free(name);
	return taken;
}

/* The first of a name keeps it; the next get a number behind it, one that nothing else has. */
static const char *unique_name(struct cnames *n, struct base *b)
{
	bool taken = is_taken_in_cxx(n, b);
	const char *text = b->text + (taken ? strlen(CXX_PREFIX) : 0);
	bool first = !b->number++;
	struct strbuf name = {0};

	if (first && !taken)
		return text;
	if (first) {
		strbuf_printf(&name, "%s___bpf", text);
	} else {
		strbuf_printf(&name, "%s___%u", text, b->number);
		while (!name.failed && strmap_find(&n->bases[b->space], strbuf_str(&name))) {
			name.len = 0;
			strbuf_printf(&name, "%s___%u", text, ++b->number);
		}
	}
	const char *ret = strbuf_error(&name) ? NULL : arena_string(&n->memory, strbuf_str(&name));
	strbuf_free(&name);
	return ret;
}

static bool make_unique(struct cnames *n)
{
	bool ok = true;

	for (size_t i = 0; ok && i < n->count; i++) {
		n->uses[i].name = unique_name(n, n->uses[i].base);
		ok = n->uses[i].name;
	}
	return ok;
}

static bool init(struct cnames *n, const bool *selected)
{
	size_t count = count_uses(n->m, selected);

	n->uses = calloc(count + 1, sizeof(*n->uses));
	n->first = calloc(model_count(n->m), sizeof(*n->first));
	return n->uses && n->first && list_escaped(n);
}

struct cnames *cnames_new(const struct model *m, const bool *selected)
{
	struct cnames *n = calloc(1, sizeof(*n));
	if (!n)
		return NULL;
	n->m = m;
	if (!init(n, selected) || !collect(n, selected) || !part_typedefs_from_tags(n) ||
	    !make_unique(n)) {
		cnames_free(n);
		return NULL;
	}
	return n;
}

void cnames_free(struct cnames *n)
{
	if (!n)
		return;
	arena_free(&n->memory);
	for (int space = 0; space < SPACE_COUNT; space++)
		strmap_free(&n->bases[space]);
	strmap_free(&n->escaped);
	free(n->uses);
	free(n->first);
	free(n);
}

const char *cnames_type(const struct cnames *n, uint32_t id)
{
	bool named = id < model_count(n->m) && n->first[id] && *model_type(n->m, id)->name;

	return named ? n->uses[n->first[id] - 1].name : "";
}

const char *cnames_enumerator(const struct cnames *n, uint32_t enum_id, uint32_t index)
{
	const struct type *t = model_type(n->m, enum_id);

	if (t->kind != TYPE_ENUM || index >= t->count || !n->first[enum_id])
		return "";
	return n->uses[n->first[enum_id] - 1 + (*t->name ? 1 : 0) + index].name;
}
