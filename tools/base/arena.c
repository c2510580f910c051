/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 64 << 10, ALIGNMENT = 8 };

struct arena_block {
	struct arena_block *next;
	size_t used, size; /* of data */
	_Alignas(ALIGNMENT) char data[];
};

static bool add_block(struct arena *a, size_t len)
{
	size_t size = len > BLOCK_SIZE ? len : BLOCK_SIZE;
	struct arena_block *b = malloc(sizeof(*b) + size);

	if (!b)
		return false;
	*b = (struct arena_block){.next = a->blocks, .size = size};
	a->blocks = b;
	return true;
}

/* len bytes, whose contents are not set. */
static char *take(struct arena *a, size_t len, size_t alignment)
{
	struct arena_block *b = a->blocks;
	size_t at = b ? (b->used + alignment - 1) & -alignment : 0;

	if (len > SIZE_MAX / 4)
		return NULL;
	if (!b || at > b->size || b->size - at < len) {
		if (!add_block(a, len))
			return NULL;
		b = a->blocks;
		at = 0;
	}
	b->used = at + len;
	return b->data + at;
}

void *arena_alloc(struct arena *a, size_t count, size_t size)
{
	size_t len;

	if (__builtin_mul_overflow(count, size, &len))
		return NULL;
	char *p = take(a, len, ALIGNMENT);
	return p ? memset(p, 0, len) : NULL;
}

char *arena_text(struct arena *a, const char *text, size_t len)
{
	char *p = len < SIZE_MAX ? take(a, len + 1, 1) : NULL;

	if (!p)
		return NULL;
	memcpy(p, text, len);
	p[len] = '\0';
	return p;
}

char *arena_string(struct arena *a, const char *text)
{
	return arena_text(a, text, strlen(text));
}

void *arena_copy(struct arena *a, const void *list, size_t count, size_t size)
{
	size_t len;

	if (__builtin_mul_overflow(count, size, &len))
		return NULL;
	char *p = take(a, len, ALIGNMENT);
	return p && len ? memcpy(p, list, len) : p;
}

void arena_free(struct arena *a)
{
	while (a->blocks) {
		struct arena_block *next = a->blocks->next;
		free(a->blocks);
		a->blocks = next;
	}
}
