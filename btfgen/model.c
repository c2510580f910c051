/* SPDX-License-Identifier: BSD-2-Clause */
#include "btfgen/model.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

enum { MAX_CHAIN = 128 };

struct model {
	struct model_types list; /* first: model_type() looks here */
	uint32_t capacity;
	unsigned pointer_size;
	bool big_endian;
	struct arena memory; /* strings and lists */
};

static const struct type void_type = {.kind = TYPE_VOID, .name = "void", .component = -1};

bool type_is_long_long(const struct type *t)
{
	return t->kind == TYPE_INT && strstr(t->name, "long long");
}

bool type_is_long(const struct type *t)
{
	return t->kind == TYPE_INT && strstr(t->name, "long") && !type_is_long_long(t);
}

const char *type_kind_name(enum type_kind kind)
{
	static const char *const names[TYPE_KIND_COUNT] = {
		[TYPE_VOID] = "void",
		[TYPE_INT] = "int",
		[TYPE_FLOAT] = "float",
		[TYPE_PTR] = "pointer",
		[TYPE_ARRAY] = "array",
		[TYPE_STRUCT] = "struct",
		[TYPE_UNION] = "union",
		[TYPE_ENUM] = "enum",
		[TYPE_FWD] = "forward declaration",
		[TYPE_TYPEDEF] = "typedef",
		[TYPE_CONST] = "const",
		[TYPE_VOLATILE] = "volatile",
		[TYPE_RESTRICT] = "restrict",
		[TYPE_TYPE_TAG] = "type tag",
		[TYPE_FUNC] = "function",
		[TYPE_FUNC_PROTO] = "function prototype",
		[TYPE_VAR] = "variable",
		[TYPE_DATASEC] = "data section",
		[TYPE_DECL_TAG] = "declaration tag",
	};

	return kind < TYPE_KIND_COUNT ? names[kind] : "unknown kind";
}

static const char *copy_string(struct model *m, const char *s)
{
	return s && *s ? arena_string(&m->memory, s) : "";
}

static void *copy_list(struct model *m, const void *list, size_t count, size_t element)
{
	return arena_copy(&m->memory, list, count, element);
}

struct model *model_new(unsigned pointer_size, bool big_endian)
{
	struct model *m = calloc(1, sizeof(*m));
	if (!m)
		return NULL;
	m->capacity = 256;
	m->list.types = calloc(m->capacity, sizeof(*m->list.types));
	if (!m->list.types) {
		free(m);
		return NULL;
	}
	m->list.types[0] = void_type;
	m->list.count = 1;
	m->pointer_size = pointer_size;
	m->big_endian = big_endian;
	return m;
}

void model_free(struct model *m)
{
	if (!m)
		return;
	arena_free(&m->memory);
	free(m->list.types);
	free(m);
}

static bool copy_members(struct model *m, struct type *t)
{
	struct member *list = copy_list(m, t->members, t->count, sizeof(*list));

	for (uint32_t i = 0; list && i < t->count; i++)
		if (!(list[i].name = copy_string(m, list[i].name)))
			return false;
	t->members = list;
	return list;
}

static bool copy_values(struct model *m, struct type *t)
{
	struct enumerator *list = copy_list(m, t->values, t->count, sizeof(*list));

	for (uint32_t i = 0; list && i < t->count; i++)
		if (!(list[i].name = copy_string(m, list[i].name)))
			return false;
	t->values = list;
	return list;
}

static bool copy_lists(struct model *m, struct type *t)
{
	if (!t->count || t->kind == TYPE_ARRAY) {
		t->members = NULL;
		return true;
	}
	switch (t->kind) {
	case TYPE_STRUCT:
	case TYPE_UNION:
		return copy_members(m, t);
	case TYPE_ENUM:
		return copy_values(m, t);
	case TYPE_FUNC_PROTO:
		return (t->params = copy_list(m, t->params, t->count, sizeof(*t->params)));
	case TYPE_DATASEC:
		return (t->vars = copy_list(m, t->vars, t->count, sizeof(*t->vars)));
	default:
		t->count = 0;
		t->members = NULL;
		return true;
	}
}

uint32_t model_add(struct model *m, const struct type *t)
{
	if (m->list.count == UINT32_MAX)
		return 0;
	if (m->list.count == m->capacity) {
		struct type *types =
			realloc(m->list.types, 2 * (size_t)m->capacity * sizeof(*types));
		if (!types)
			return 0;
		m->list.types = types;
		m->capacity *= 2;
	}
	struct type copy = *t;
	copy.name = copy_string(m, t->name);
	if (!copy.name || !copy_lists(m, &copy))
		return 0;
	if (copy.kind == TYPE_PTR)
		copy.size = m->pointer_size;
	m->list.types[m->list.count] = copy;
	return m->list.count++;
}

unsigned model_pointer_size(const struct model *m)
{
	return m->pointer_size;
}

bool model_big_endian(const struct model *m)
{
	return m->big_endian;
}

uint32_t model_skip_modifiers(const struct model *m, uint32_t id)
{
	for (int i = 0; i < MAX_CHAIN; i++) {
		const struct type *t = model_type(m, id);
		if (t->kind != TYPE_CONST && t->kind != TYPE_VOLATILE && t->kind != TYPE_RESTRICT &&
		    t->kind != TYPE_TYPE_TAG)
			break;
		id = t->target;
	}
	return id;
}

uint32_t model_resolve(const struct model *m, uint32_t id)
{
	for (int i = 0; i < MAX_CHAIN; i++) {
		id = model_skip_modifiers(m, id);
		if (model_type(m, id)->kind != TYPE_TYPEDEF)
			break;
		id = model_type(m, id)->target;
	}
	return id;
}

/* Clang only declares a struct that nothing but members of others point to; another source of the
 * object may define it. */
static uint32_t defined(const struct model *m, uint32_t id)
{
	const struct type *t = model_type(m, id);
	uint32_t definition = 0;

	if (t->kind == TYPE_FWD && t->fwd != FWD_ENUM)
		definition = model_find(m, t->fwd == FWD_UNION ? TYPE_UNION : TYPE_STRUCT, t->name);
	return definition ? definition : id;
}

bool model_arena_pointer(const struct model *m, uint32_t id, uint32_t *ret)
{
	const struct type *pointer = model_type(m, model_resolve(m, id));
	bool tagged = false;

	if (pointer->kind != TYPE_PTR || pointer->size != 8)
		return false;
	/* The tag may be behind a typedef, which stays what is pointed to. */
	for (id = pointer->target;; id = model_type(m, id)->target) {
		const struct type *t = model_type(m, id);
		if (t->kind == TYPE_TYPE_TAG)
			tagged |= !strcmp(t->name, "arena") || !strcmp(t->name, "address_space(1)");
		else if (t->kind != TYPE_TYPEDEF && t->kind != TYPE_CONST &&
			 t->kind != TYPE_VOLATILE && t->kind != TYPE_RESTRICT)
			break;
	}
	if (tagged)
		*ret = defined(m, model_skip_modifiers(m, pointer->target));
	return tagged;
}

uint64_t model_size(const struct model *m, uint32_t id)
{
	uint64_t factor = 1;

	for (int i = 0; i < MAX_CHAIN; i++) {
		const struct type *t = model_type(m, model_resolve(m, id));
		if (t->kind == TYPE_VAR) {
			id = t->target;
		} else if (t->kind == TYPE_ARRAY) {
			factor *= t->count;
			id = t->target;
		} else {
			return factor * t->size;
		}
	}
	return 0;
}

uint32_t model_element(const struct model *m, uint32_t id)
{
	for (int i = 0; i < MAX_CHAIN; i++) {
		id = model_resolve(m, id);
		if (model_type(m, id)->kind != TYPE_ARRAY)
			break;
		id = model_type(m, id)->target;
	}
	return id;
}

bool model_has_size(const struct model *m, uint32_t id)
{
	switch (model_type(m, model_element(m, id))->kind) {
	case TYPE_INT:
	case TYPE_FLOAT:
	case TYPE_PTR:
	case TYPE_STRUCT:
	case TYPE_UNION:
	case TYPE_ENUM:
		return true;
	default:
		return false;
	}
}

static uint32_t find_from(const struct model *m, enum type_kind kind, const char *name,
			  uint32_t first)
{
	for (uint32_t id = first; id < m->list.count; id++)
		if (m->list.types[id].kind == kind && !strcmp(m->list.types[id].name, name))
			return id;
	return 0;
}

uint32_t model_find(const struct model *m, enum type_kind kind, const char *name)
{
	return find_from(m, kind, name, 1);
}

uint32_t model_find_spelled_from(const struct model *m, const char *spelling, uint32_t first)
{
	static const struct {
		const char *prefix;
		enum type_kind kind;
	} spellings[] = {
		{"struct ", TYPE_STRUCT}, {"union ", TYPE_UNION}, {"enum ", TYPE_ENUM},
		{"", TYPE_STRUCT},        {"", TYPE_UNION},       {"", TYPE_ENUM},
		{"", TYPE_TYPEDEF},
	};

	for (size_t i = 0; *spelling && i < sizeof(spellings) / sizeof(spellings[0]); i++) {
		size_t n = strlen(spellings[i].prefix);
		if (strncmp(spelling, spellings[i].prefix, n))
			continue;
		uint32_t id = find_from(m, spellings[i].kind, spelling + n, first);
		if (id)
			return id;
	}
	return 0;
}

uint32_t model_find_spelled(const struct model *m, const char *spelling)
{
	return model_find_spelled_from(m, spelling, 1);
}
