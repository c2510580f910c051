/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/strmap.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 64 };

struct strmap_entry {
	const char *name; /* NULL: nothing is here */
	uint32_t hash;
	void *value;
};

/* FNV-1a, with its upper half, which is the better one, mixed into the lower. */
static uint32_t hash_of(const char *name)
{
	uint32_t hash = 2166136261;

	for (; *name; name++)
		hash = (hash ^ (unsigned char)*name) * 16777619;
	return hash ^ hash >> 16;
}

/* Where the name is, or has its place. At least one place is always empty. */
static struct strmap_entry *place_of(const struct strmap *m, const char *name, uint32_t hash)
{
	size_t at = hash & (m->capacity - 1);

	while (m->entries[at].name &&
	       (m->entries[at].hash != hash || strcmp(m->entries[at].name, name)))
		at = (at + 1) & (m->capacity - 1);
	return &m->entries[at];
}

static uint32_t length_bit(const char *name)
{
	size_t length = strlen(name);

	return 1U << (length < 31 ? length : 31);
}

/* Most tables are asked for names that they do not have, and few of these need their hash. */
void *strmap_find(const struct strmap *m, const char *name)
{
	if (!(m->lengths[(unsigned char)*name] & length_bit(name)))
		return NULL;
	return place_of(m, name, hash_of(name))->value;
}

static bool grow(struct strmap *m)
{
	struct strmap bigger = {
		.capacity = m->capacity ? 2 * m->capacity : FIRST_CAPACITY,
	};

	bigger.entries = calloc(bigger.capacity, sizeof(*bigger.entries));
	if (!bigger.entries)
		return false;
	for (size_t i = 0; i < m->capacity; i++) {
		const struct strmap_entry *e = &m->entries[i];
		if (e->name)
			*place_of(&bigger, e->name, e->hash) = *e;
	}
	free(m->entries);
	m->entries = bigger.entries;
	m->capacity = bigger.capacity;
	return true;
}

void **strmap_put(struct strmap *m, const char *name)
{
	uint32_t hash = hash_of(name);

	if (m->count >= m->capacity / 4 * 3 && !grow(m))
		return NULL;
	struct strmap_entry *e = place_of(m, name, hash);
	if (!e->name) {
		*e = (struct strmap_entry){.name = name, .hash = hash};
		m->lengths[(unsigned char)*name] |= length_bit(name);
		m->count++;
	}
	return &e->value;
}

void strmap_free(struct strmap *m)
{
	free(m->entries);
	*m = (struct strmap){0};
}
