/* SPDX-License-Identifier: BSD-2-Clause */
/* A table of values by name. */
#ifndef WBPF_BASE_STRMAP_H
#define WBPF_BASE_STRMAP_H

#include <stddef.h>
#include <stdint.h>

struct strmap_entry;

/* Zero-initialise before use; strmap_free() when done. */
struct strmap {
	struct strmap_entry *entries;
	size_t count, capacity;
	uint32_t lengths[256]; /* of the names, a bit for each, by their first bytes */
};

/* The value of that name, or NULL. */
void *strmap_find(const struct strmap *m, const char *name);

/* Where the value of that name is kept, until the next call; NULL is in it when the name is new.
 * The name is not copied, and must live as long as m. NULL when memory ran out. */
void **strmap_put(struct strmap *m, const char *name);

void strmap_free(struct strmap *m); /* frees neither names nor values; leaves it empty */

#endif
