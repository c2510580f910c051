/* SPDX-License-Identifier: BSD-2-Clause */
#include "btfgen/cnames.h"

#include <stdlib.h>
#include <string.h>

#include "btfgen/layout.h"
#include "btfgen/names.h"

/* A macro of this and a keyword of C++ is the keyword, and in C++ one with an underscore. */
#define CXX_PREFIX "wbpf_name_"

/* C's name spaces for what stands at file scope. */
enum space { SPACE_TAG, SPACE_ORDINARY };

struct use {
	enum space space;
	char *base; /* the name before it is made unique; owned */
	uint32_t id;
	uint32_t index; /* of an enumerator, else 0 */
	char *name;     /* what it comes to; owned */
	bool enumerator;
};

struct cnames {
	const struct model *m;
	struct use *uses; /* by id and index */
	size_t count, capacity;
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
		if (!strcmp(name, standard[i].name))
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

/* A typedef that is left out: the libraries have one of that name, and its fields can be spelled
 * without it. */
static bool is_left_out(const struct model *m, uint32_t id)
{
	const char *name = model_type(m, id)->name;

	if (!name_is_libc_ordinary(name) && !name_is_libc_macro(name) && !name_is_c_keyword(name))
		return false;
	return layout_scalar(m, id).class != SCALAR_NONE;
}

static bool add_use(struct cnames *n, enum space space, const char *name, uint32_t id,
		    uint32_t index, bool enumerator)
{
	if (n->count == n->capacity) {
		size_t capacity = n->capacity ? 2 * n->capacity : 64;
		struct use *uses = realloc(n->uses, capacity * sizeof(*uses));
		if (!uses)
			return false;
		n->uses = uses;
		n->capacity = capacity;
	}
	struct strbuf base = {0};
	cnames_escape(name, &base);
	bool taken = space == SPACE_TAG ? name_is_libc_tag(name) : name_is_libc_ordinary(name);
	if (taken && !is_reserved(name) && !name_is_c_keyword(name))
		strbuf_puts(&base, "___bpf");
	n->uses[n->count] = (struct use){
		.space = space,
		.base = strbuf_detach(&base),
		.id = id,
		.index = index,
		.enumerator = enumerator,
	};
	return n->uses[n->count++].base;
}

static bool collect(struct cnames *n, const bool *selected)
{
	bool ok = true;

	for (uint32_t id = 1; ok && id < model_count(n->m); id++) {
		const struct type *t = model_type(n->m, id);
		if (selected && !selected[id])
			continue;
		bool tag = t->kind == TYPE_STRUCT || t->kind == TYPE_UNION || t->kind == TYPE_ENUM;
		if (tag && *t->name)
			ok = add_use(n, SPACE_TAG, t->name, id, 0, false);
		if (t->kind == TYPE_TYPEDEF && !is_left_out(n->m, id))
			ok = add_use(n, SPACE_ORDINARY, t->name, id, 0, false);
		for (uint32_t i = 0; ok && t->kind == TYPE_ENUM && i < t->count; i++)
			ok = add_use(n, SPACE_ORDINARY, t->values[i].name, id, i, true);
	}
	return ok;
}

static int by_name(const void *a, const void *b)
{
	const struct use *x = *(struct use *const *)a, *y = *(struct use *const *)b;

	if (x->space != y->space)
		return x->space < y->space ? -1 : 1;
	int order = strcmp(x->base, y->base);
	if (order)
		return order;
	return x < y ? -1 : x > y; /* they lie in one array, in the order of ids */
}

static bool is_base(struct use **sorted, size_t count, enum space space, const char *name)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = sorted[mid]->space == space  ? strcmp(sorted[mid]->base, name)
			    : sorted[mid]->space < space ? -1
							 : 1;
		if (!order)
			return true;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return false;
}

/* "class" is class_ in C++; when that is taken, it gets another name in both languages. */
static bool is_taken_in_cxx(struct use **sorted, size_t count, const struct use *u)
{
	if (strncmp(u->base, CXX_PREFIX, strlen(CXX_PREFIX)))
		return false;
	char *name = str_printf("%s_", u->base + strlen(CXX_PREFIX));
	bool taken = name && is_base(sorted, count, u->space, name);
	free(name);
	return taken;
}

/* The first of a name keeps it; the next get a number behind it, one that nothing else has. */
static char *unique_name(struct use **sorted, size_t count, const struct use *u, unsigned *number)
{
	bool taken = is_taken_in_cxx(sorted, count, u);
	const char *base = u->base + (taken ? strlen(CXX_PREFIX) : 0);

	if (*number == 1)
		return str_printf("%s%s", base, taken ? "___bpf" : "");
	for (;; ++*number) {
		char *name = str_printf("%s___%u", base, *number);
		if (!name || !is_base(sorted, count, u->space, name))
			return name;
		free(name);
	}
}

static bool make_unique(struct cnames *n)
{
	struct use **sorted = calloc(n->count ? n->count : 1, sizeof(*sorted));
	if (!sorted)
		return false;
	for (size_t i = 0; i < n->count; i++)
		sorted[i] = &n->uses[i];
	if (n->count)
		qsort(sorted, n->count, sizeof(*sorted), by_name);

	unsigned number = 1;
	bool ok = true;
	for (size_t i = 0; ok && i < n->count; i++) {
		struct use *u = sorted[i], *before = i ? sorted[i - 1] : NULL;
		bool again = before && before->space == u->space && !strcmp(before->base, u->base);
		number = again ? number + 1 : 1;
		u->name = unique_name(sorted, n->count, u, &number);
		ok = u->name;
	}
	free(sorted);
	return ok;
}

struct cnames *cnames_new(const struct model *m, const bool *selected)
{
	struct cnames *n = calloc(1, sizeof(*n));
	if (!n)
		return NULL;
	n->m = m;
	if (!collect(n, selected) || !make_unique(n)) {
		cnames_free(n);
		return NULL;
	}
	return n;
}

void cnames_free(struct cnames *n)
{
	if (!n)
		return;
	for (size_t i = 0; i < n->count; i++) {
		free(n->uses[i].base);
		free(n->uses[i].name);
	}
	free(n->uses);
	free(n);
}

static int compare_use(const struct use *u, uint32_t id, uint32_t index, bool enumerator)
{
	if (u->id != id)
		return u->id < id ? -1 : 1;
	if (u->enumerator != enumerator)
		return u->enumerator ? 1 : -1;
	return u->index < index ? -1 : u->index > index;
}

static const char *find(const struct cnames *n, uint32_t id, uint32_t index, bool enumerator)
{
	size_t low = 0, high = n->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = compare_use(&n->uses[mid], id, index, enumerator);
		if (!order)
			return n->uses[mid].name;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return "";
}

const char *cnames_type(const struct cnames *n, uint32_t id)
{
	return find(n, id, 0, false);
}

const char *cnames_enumerator(const struct cnames *n, uint32_t enum_id, uint32_t index)
{
	return find(n, enum_id, index, true);
}
