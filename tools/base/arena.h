/* SPDX-License-Identifier: BSD-2-Clause */
/* Many small pieces of memory that live and end together. */
#ifndef WBPF_BASE_ARENA_H
#define WBPF_BASE_ARENA_H

#include <stddef.h>

struct arena_block;

/* Zero-initialise before use; arena_free() when done. */
struct arena {
	struct arena_block *blocks; /* the newest first */
};

/* Zeroed, aligned for pointers and 64-bit numbers; never NULL for 0 bytes. NULL when memory ran out
 * or count * size is too much. */
void *arena_alloc(struct arena *a, size_t count, size_t size);

/* Copies of a text, of its first len bytes (a NUL is added), and of a list; NULL as above. */
char *arena_string(struct arena *a, const char *text);
char *arena_text(struct arena *a, const char *text, size_t len);
void *arena_copy(struct arena *a, const void *list, size_t count, size_t size);

void arena_free(struct arena *a); /* leaves it empty and usable */

#endif
