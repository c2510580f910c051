/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/handle.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { GENERATIONS = 1 << 12, INDEX_BITS = 14, GENERATION_SHIFT = 14, KIND_SHIFT = 26 };

_Static_assert(HANDLE_LIMIT == 1 << INDEX_BITS, "an index fills its bits");

void handle_table_init(struct handle_table *t)
{
	*t = (struct handle_table){.first_free = HANDLE_LIMIT, .last_free = HANDLE_LIMIT};
}

void handle_table_free(struct handle_table *t)
{
	for (uint32_t i = 0; i < t->count; i++)
		free(t->entries[i]);
	free(t->entries);
	handle_table_init(t);
}

static int grow(struct handle_table *t)
{
	uint32_t cap = t->cap ? t->cap * 2 : 32;
	struct handle **entries = realloc(t->entries, cap * sizeof(*entries));

	if (!entries)
		return -ENOMEM;
	t->entries = entries;
	t->cap = cap;
	return 0;
}

static struct handle *take_entry(struct handle_table *t, uint32_t *ret_index, int *err)
{
	/* A fresh index while there are some: the longer a stale handle stays invalid, the better.
	 */
	if (t->first_free != HANDLE_LIMIT && t->count >= 1024) {
		uint32_t index = t->first_free;
		struct handle *h = t->entries[index];
		t->first_free = h->next_free;
		if (t->first_free == HANDLE_LIMIT)
			t->last_free = HANDLE_LIMIT;
		*ret_index = index;
		return h;
	}
	if (t->count == HANDLE_LIMIT) {
		*err = -EMFILE;
		return NULL;
	}
	if (t->count == t->cap && grow(t)) {
		*err = -ENOMEM;
		return NULL;
	}
	struct handle *h = calloc(1, sizeof(*h));
	if (!h) {
		*err = -ENOMEM;
		return NULL;
	}
	*ret_index = t->count;
	t->entries[t->count++] = h;
	return h;
}

struct handle *handle_new(struct handle_table *t, enum wbpf_kind kind, int *err)
{
	uint32_t index;
	struct handle *h = take_entry(t, &index, err);

	if (!h)
		return NULL;
	uint16_t generation = (uint16_t)((h->generation + 1) % GENERATIONS);
	*h = (struct handle){
		.kind = (uint16_t)kind,
		.generation = generation,
		.fd = -1,
		.value = (wbpf_handle)(WBPF_HANDLE_BIT | (uint32_t)kind << KIND_SHIFT |
				       (uint32_t)generation << GENERATION_SHIFT | index),
	};
	return h;
}

void handle_release(struct handle_table *t, struct handle *h)
{
	uint32_t index = (uint32_t)h->value & (HANDLE_LIMIT - 1);

	*h = (struct handle){.generation = h->generation, .fd = -1, .next_free = HANDLE_LIMIT};
	if (t->last_free == HANDLE_LIMIT)
		t->first_free = index;
	else
		t->entries[t->last_free]->next_free = index;
	t->last_free = index;
}
