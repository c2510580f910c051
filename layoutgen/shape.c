/* SPDX-License-Identifier: BSD-2-Clause */
#include "layoutgen/shape.h"

#include <stdlib.h>
#include <string.h>

/* Memory comes in blocks, which are freed with the shape. */
struct shape_block {
	struct shape_block *next;
	size_t used, size;
	max_align_t data[];
};

enum { BLOCK_SIZE = 64 << 10 };

struct shape *shape_new(void)
{
	return calloc(1, sizeof(struct shape));
}

void shape_free(struct shape *s)
{
	if (!s)
		return;
	while (s->blocks) {
		struct shape_block *next = s->blocks->next;
		free(s->blocks);
		s->blocks = next;
	}
	free(s);
}

void *shape_alloc(struct shape *s, size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX / 2)
		return NULL;
	bytes = (bytes + sizeof(max_align_t)) / sizeof(max_align_t) * sizeof(max_align_t);
	if (!s->blocks || s->blocks->size - s->blocks->used < bytes) {
		size_t room = bytes > BLOCK_SIZE ? bytes : BLOCK_SIZE;
		struct shape_block *b = calloc(1, sizeof(*b) + room);
		if (!b)
			return NULL;
		*b = (struct shape_block){.next = s->blocks, .size = room};
		s->blocks = b;
	}
	void *ret = (char *)s->blocks->data + s->blocks->used;
	s->blocks->used += bytes;
	return ret;
}

const char *shape_string(struct shape *s, const char *text)
{
	size_t n = strlen(text) + 1;

	if (n == 1)
		return "";
	char *ret = shape_alloc(s, n, 1);
	return ret ? memcpy(ret, text, n) : NULL;
}

const char *shape_key(struct shape *s, const char *kind, const char *name, unsigned number)
{
	bool plain = !strcmp(kind, "typedef") || !strcmp(kind, "section");
	struct strbuf key = {0};

	strbuf_printf(&key, "%s%s%s", plain ? "" : kind, plain ? "" : " ", name);
	if (number > 1)
		strbuf_printf(&key, "#%u", number);
	const char *ret = strbuf_error(&key) ? NULL : shape_string(s, strbuf_str(&key));
	strbuf_free(&key);
	return ret;
}

bool shape_is_empty(const struct shape *s)
{
	return !s->type_count && !s->constant_count;
}

static int by_name_and_value(const void *a, const void *b)
{
	const struct shape_value *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : strcmp(x->text, y->text);
}

size_t shape_sort_constants(struct shape_value *values, size_t count)
{
	size_t kept = 0;

	if (count)
		qsort(values, count, sizeof(*values), by_name_and_value);
	for (size_t i = 0; i < count; i++)
		if (!kept || by_name_and_value(&values[kept - 1], &values[i]))
			values[kept++] = values[i];
	return kept;
}

const struct shape_value *shape_find_constant(const struct shape *s, const char *name)
{
	size_t low = 0, high = s->constant_count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (strcmp(s->constants[mid].name, name) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == s->constant_count || strcmp(s->constants[low].name, name))
		return NULL;
	return &s->constants[low];
}

/* The type of this key, or NULL. */
static struct shape_type *type_of_key(const struct shape *s, const char *key)
{
	static const char *const words[] = {"struct ", "union ", "enum "};
	const char *kind = "typedef", *name = key;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t n = strlen(words[i]);
		if (!strncmp(key, words[i], n)) {
			kind = (const char *[]){"struct", "union", "enum"}[i];
			name = key + n;
		}
	}
	size_t low = 0, high = s->type_count, length = strcspn(name, "#");
	unsigned long number = name[length] ? strtoul(name + length + 1, NULL, 10) : 1;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		struct shape_type *t = &s->types[mid];
		int order = strcmp(t->kind, kind);
		if (!order)
			order = strncmp(t->name, name, length);
		if (!order)
			order = t->name[length] ? 1 : (t->number > number) - (t->number < number);
		if (!order)
			return t;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

size_t shape_first_last(const struct shape_field *f)
{
	size_t i = f->kind == SHAPE_UNION ? 0 : f->body.field_count;

	while (i > 0) {
		const struct shape_field *last = &f->body.fields[--i];
		if (last->byte_size || last->bits)
			break;
	}
	return i;
}

bool shape_is_open(const struct shape *s, const struct shape_field *f)
{
	if (f->dim_count)
		return !f->byte_size;
	if (*f->of && f->kind != SHAPE_POINTER) {
		const struct shape_type *t = type_of_key(s, f->of);
		if (t && t->is_open)
			return true;
	}
	for (size_t i = shape_first_last(f); i < f->body.field_count; i++)
		if (shape_is_open(s, &f->body.fields[i]))
			return true;
	return false;
}

/* Layouts that were written before there was "element": by the type of the elements. */
static void find_elements(const struct shape *s, struct shape_field *f)
{
	const struct shape_type *t =
		f->dim_count && !f->byte_size && !f->element_known ? type_of_key(s, f->of) : NULL;

	if (t && !t->self.dim_count) {
		f->element_size = t->self.byte_size;
		f->element_known = true;
	}
	for (size_t i = 0; i < f->body.field_count; i++)
		find_elements(s, &f->body.fields[i]);
}

void shape_finish(struct shape *s)
{
	/* Types can be nested so deep, and each round goes one step up; a file's types that hold
	 * each other are no reason not to end. */
	enum { MAX_ROUNDS = 128 };
	bool changed = true;

	for (size_t i = 0; i < s->type_count; i++)
		find_elements(s, &s->types[i].self);
	for (unsigned round = 0; changed && round < MAX_ROUNDS; round++) {
		changed = false;
		for (size_t i = 0; i < s->type_count; i++) {
			struct shape_type *t = &s->types[i];
			if (t->is_open || !shape_is_open(s, &t->self))
				continue;
			t->is_open = changed = true;
		}
	}
}

const char *shape_kind_name(enum shape_kind kind)
{
	static const char *const names[SHAPE_KIND_COUNT] = {
		[SHAPE_UNSIGNED] = "unsigned", [SHAPE_SIGNED] = "signed", [SHAPE_BOOL] = "bool",
		[SHAPE_CHAR] = "char",         [SHAPE_FLOAT] = "float",   [SHAPE_BYTES] = "bytes",
		[SHAPE_POINTER] = "pointer",   [SHAPE_ENUM] = "enum",     [SHAPE_STRUCT] = "struct",
		[SHAPE_UNION] = "union",
	};

	return names[kind];
}

int shape_compare_names(const struct shape_type *a, const struct shape_type *b)
{
	int order = strcmp(a->kind, b->kind);

	return order ? order : strcmp(a->name, b->name);
}

const struct shape_type *shape_find(const struct shape *s, const char *kind, const char *name)
{
	const struct shape_type key = {.kind = kind, .name = name};
	size_t low = 0, high = s->type_count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (shape_compare_names(&s->types[mid], &key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == s->type_count || shape_compare_names(&s->types[low], &key))
		return NULL;
	return &s->types[low];
}
