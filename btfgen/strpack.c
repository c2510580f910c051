/* SPDX-License-Identifier: BSD-2-Clause */
#include "btfgen/strpack.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

int strpack_add(struct strpack *p, const char *text, uint32_t *where)
{
	if (p->count == p->capacity) {
		size_t capacity = p->capacity ? 2 * p->capacity : 64;
		struct strpack_string *strings = realloc(p->strings, capacity * sizeof(*strings));
		if (!strings)
			return -ENOMEM;
		p->strings = strings;
		p->capacity = capacity;
	}
	p->strings[p->count++] = (struct strpack_string){text, where};
	return 0;
}

/* By their last bytes first, and the longer of two that end alike first: what is a part of another
 * one comes right behind such a one. */
static int compare(const void *a, const void *b)
{
	const char *x = ((const struct strpack_string *)a)->text;
	const char *y = ((const struct strpack_string *)b)->text;
	size_t m = strlen(x), n = strlen(y);

	while (m && n) {
		m--;
		n--;
		if (x[m] != y[n])
			return (unsigned char)x[m] < (unsigned char)y[n] ? 1 : -1;
	}
	return m == n ? 0 : m ? -1 : 1;
}

static bool ends_with(const char *text, size_t len, const char *end, size_t end_len)
{
	return len >= end_len && !memcmp(text + len - end_len, end, end_len);
}

int strpack_finish(struct strpack *p, struct strbuf *out)
{
	const char *last = "";
	size_t last_len = 0, last_at = 0, begin = out->len;

	strbuf_putc(out, '\0');
	if (p->count)
		qsort(p->strings, p->count, sizeof(*p->strings), compare);
	for (size_t i = 0; i < p->count; i++) {
		const char *text = p->strings[i].text;
		size_t len = strlen(text);
		if (!ends_with(last, last_len, text, len)) {
			last = text;
			last_len = len;
			last_at = out->len - begin;
			strbuf_add(out, text, len + 1);
		}
		size_t at = len ? last_at + last_len - len : 0;
		if (at > UINT32_MAX)
			return -E2BIG;
		*p->strings[i].where = (uint32_t)at;
	}
	return strbuf_error(out);
}

void strpack_clear(struct strpack *p)
{
	free(p->strings);
	*p = (struct strpack){0};
}
