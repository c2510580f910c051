// SPDX-License-Identifier: BSD-2-Clause
/*
 * The module's allocator: many blocks of all sizes, filled, checked, resized and freed in random
 * order, and none may lie over another.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCKS = 500, ROUNDS = 400000 };

static struct block {
	unsigned char *p;
	size_t len;
	unsigned char fill;
} blocks[BLOCKS];

static unsigned int state = 12345;
static size_t live;
static int wrong;

static unsigned int dice(unsigned int n)
{
	state = state * 1664525 + 1013904223;
	return (state >> 8) % n;
}

static size_t size(void)
{
	static const unsigned int most[] = {16, 100, 1000, 5000, 70000, 300000};

	return dice(most[dice(100) ? dice(4) : dice(6)]);
}

static void check(const struct block *b)
{
	for (size_t i = 0; i < b->len; i++) {
		if (b->p[i] != b->fill) {
			wrong++;
			return;
		}
	}
}

static void fill(struct block *b, unsigned char *p, size_t len)
{
	b->p = p;
	b->len = len;
	b->fill = (unsigned char)dice(256);
	live += len;
	memset(p, b->fill, len);
}

static void drop(struct block *b)
{
	check(b);
	live -= b->len;
	free(b->p);
	b->p = NULL;
}

static void resize(struct block *b)
{
	size_t len = size(), both = len < b->len ? len : b->len;
	unsigned char *p = realloc(b->p, len);

	if (!p)
		return;
	live -= b->len;
	b->p = p;
	b->len = both;
	check(b);
	fill(b, p, len);
}

static void take(struct block *b)
{
	size_t len = size(), align = 16;
	unsigned char *p;
	void *q = NULL;

	switch (dice(8)) {
	case 0:
		p = calloc(1, len);
		for (size_t i = 0; p && i < len; i++)
			wrong += p[i] != 0;
		break;
	case 1:
		align = (size_t)16 << dice(9);
		p = aligned_alloc(align, len);
		break;
	case 2:
		align = (size_t)4 << dice(11);
		wrong += posix_memalign(&q, align, len) != 0;
		p = q;
		break;
	default:
		p = malloc(len);
	}
	if (!p) {
		wrong++;
		return;
	}
	wrong += (uintptr_t)p % align != 0;
	fill(b, p, len);
}

int main(void)
{
	volatile size_t huge = SIZE_MAX;
	size_t most = 0, before;
	void *volatile p;

	for (int i = 0; i < ROUNDS; i++) {
		struct block *b = &blocks[dice(BLOCKS)];

		if (!b->p)
			take(b);
		else if (dice(3))
			drop(b);
		else
			resize(b);
		if (live > most)
			most = live;
		/* Somebody else's memory in between. */
		if (i % 100000 == 50000)
			__builtin_wasm_memory_grow(0, 1);
	}
	for (int i = 0; i < BLOCKS; i++) {
		if (blocks[i].p)
			drop(&blocks[i]);
	}
	before = __builtin_wasm_memory_size(0) * 65536;
	printf("wrong %d, most %zu in use, %zu of memory\n", wrong, most, before);
	wrong += before > 4 * most + (1 << 20);
	/* All is free again, in one piece or few. */
	p = malloc(most / 2);
	wrong += !p || __builtin_wasm_memory_size(0) * 65536 > before + most / 2 + 65536;
	free(p);
	/* What cannot be had. The compiler must not know what malloc() is for. */
	p = malloc(huge);
	wrong += p != NULL || errno != ENOMEM;
	p = calloc(huge / 2, 4);
	wrong += p != NULL;
	p = aligned_alloc(4096, huge - 5000);
	wrong += p != NULL;
	p = realloc(NULL, 10);
	wrong += !p;
	p = realloc(p, huge);
	wrong += p != NULL;
	printf("wrong %d\n", wrong);
	return wrong != 0;
}
