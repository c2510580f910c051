/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A growing byte buffer. Running out of memory is sticky: appends after it do nothing, and
 * strbuf_error() tells at the end, so that emitters need not check each append.
 */
#ifndef WBPF_BASE_STRBUF_H
#define WBPF_BASE_STRBUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Zero-initialise before use; strbuf_free() when done. */
struct strbuf {
	char *data; /* NUL-terminated once anything was appended, else NULL; owned */
	size_t len; /* bytes, without the NUL */
	size_t cap;
	bool failed;
};

void strbuf_free(struct strbuf *b);               /* b may be NULL; leaves it empty and usable */
void strbuf_number(struct strbuf *b, uint64_t n); /* in decimal, as "%lu" but many times faster */
void strbuf_printf(struct strbuf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void strbuf_vprintf(struct strbuf *b, const char *fmt, va_list ap)
	__attribute__((format(printf, 2, 0)));

/* Room for at least len more bytes (and a NUL) at data + len, for those who fill it themselves and
 * then add to len. False when memory ran out. */
bool strbuf_reserve(struct strbuf *b, size_t len);

/* Emitters call these some ten million times for a kernel. */
static inline void strbuf_add(struct strbuf *b, const void *data, size_t len)
{
	if (!len || (len >= b->cap - b->len && !strbuf_reserve(b, len)) || b->failed)
		return;
	memcpy(b->data + b->len, data, len);
	b->len += len;
	b->data[b->len] = '\0';
}

static inline void strbuf_puts(struct strbuf *b, const char *s)
{
	strbuf_add(b, s, strlen(s));
}

static inline void strbuf_putc(struct strbuf *b, char c)
{
	strbuf_add(b, &c, 1);
}

/* The contents as a string, never NULL. Valid until the next call that changes b. */
const char *strbuf_str(const struct strbuf *b);

/* Hands the string over (free() it) and empties b. NULL when memory ran out. */
char *strbuf_detach(struct strbuf *b);

/* 0, or -ENOMEM when any append failed. */
int strbuf_error(const struct strbuf *b);

/* A malloc()ed formatted string, or NULL when memory ran out. */
char *str_printf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
