/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/strbuf.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void strbuf_free(struct strbuf *b)
{
	if (!b)
		return;
	free(b->data);
	*b = (struct strbuf){0};
}

bool strbuf_reserve(struct strbuf *b, size_t len)
{
	if (b->failed)
		return false;
	if (len < b->cap - b->len)
		return true;
	if (len > SIZE_MAX / 4 - b->len) {
		b->failed = true;
		return false;
	}
	size_t cap = b->cap ? b->cap : 256;
	while (cap - b->len <= len)
		cap *= 2;
	char *data = realloc(b->data, cap);
	if (!data) {
		b->failed = true;
		return false;
	}
	b->data = data;
	b->cap = cap;
	return true;
}

void strbuf_number(struct strbuf *b, uint64_t n)
{
	char digits[20], *end = digits + sizeof(digits), *at = end;

	do
		*--at = (char)('0' + n % 10);
	while (n /= 10);
	strbuf_add(b, at, (size_t)(end - at));
}

void strbuf_vprintf(struct strbuf *b, const char *fmt, va_list ap)
{
	size_t room = b->cap - b->len;
	va_list again;

	if (b->failed)
		return;
	va_copy(again, ap);
	int n = vsnprintf(room ? b->data + b->len : NULL, room, fmt, ap);
	/* Mostly there is room; what was cut off is printed again. */
	if (n < 0)
		b->failed = true;
	else if (n && (size_t)n >= room && strbuf_reserve(b, (size_t)n))
		vsnprintf(b->data + b->len, (size_t)n + 1, fmt, again);
	va_end(again);
	if (!b->failed)
		b->len += (size_t)n;
	else if (room)
		b->data[b->len] = '\0';
}

void strbuf_printf(struct strbuf *b, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	strbuf_vprintf(b, fmt, ap);
	va_end(ap);
}

const char *strbuf_str(const struct strbuf *b)
{
	return b->data ? b->data : "";
}

char *strbuf_detach(struct strbuf *b)
{
	char *s = NULL;

	if (!b->failed)
		s = b->data ? b->data : strdup("");
	else
		free(b->data);
	*b = (struct strbuf){0};
	return s;
}

int strbuf_error(const struct strbuf *b)
{
	return b->failed ? -ENOMEM : 0;
}

char *str_printf(const char *fmt, ...)
{
	struct strbuf b = {0};
	va_list ap;
	va_start(ap, fmt);
	strbuf_vprintf(&b, fmt, ap);
	va_end(ap);
	return strbuf_detach(&b);
}
