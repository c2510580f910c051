// SPDX-License-Identifier: BSD-2-Clause
/*
 * In place of wasi-libc's: equal elements stay in their order, as the GNU C library leaves them,
 * which shows in every sorted list that a program prints.
 */
#include <stdlib.h>
#include <string.h>

struct sorting {
	size_t size; /* of an element */
	int (*compare)(const void *a, const void *b);
	char *spare; /* as long as what is sorted; NULL: there is no memory */
};

static void swap(char *a, char *b, size_t size)
{
	while (size--) {
		char c = *a;

		*a++ = *b;
		*b++ = c;
	}
}

static void insert(const struct sorting *s, char *base, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		char *at = base + i * s->size;

		for (; at > base && s->compare(at - s->size, at) > 0; at -= s->size)
			swap(at - s->size, at, s->size);
	}
}

static void merge(const struct sorting *s, char *base, size_t count)
{
	size_t left = count / 2 * s->size, size = s->size;
	char *a = s->spare, *a_end = a + left;
	char *b = base + left, *b_end = base + count * size;

	memcpy(a, base, left);
	for (char *to = base; a < a_end; to += size) {
		if (b < b_end && s->compare(a, b) > 0) {
			memcpy(to, b, size);
			b += size;
		} else {
			memcpy(to, a, size);
			a += size;
		}
	}
}

static void sort(const struct sorting *s, char *base, size_t count)
{
	size_t half = count / 2;

	if (count < 8 || !s->spare) {
		insert(s, base, count);
		return;
	}
	sort(s, base, half);
	sort(s, base + half * s->size, count - half);
	merge(s, base, count);
}

void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *))
{
	struct sorting s = {.size = size, .compare = compare};

	if (count < 2 || !size)
		return;
	s.spare = malloc(count / 2 * size);
	sort(&s, base, count);
	free(s.spare);
}
