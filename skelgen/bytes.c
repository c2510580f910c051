/* SPDX-License-Identifier: BSD-2-Clause */
#include "skelgen/bytes.h"

#include <stdbool.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <zlib.h>

enum { LINE_WIDTH = 96 };

static bool is_octal_digit(uint8_t c)
{
	return c >= '0' && c <= '7';
}

/* Text stays readable; '?' does not, as two of them could begin a trigraph. */
static bool is_plain(uint8_t c)
{
	return c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '?';
}

static void put_bytes(const uint8_t *p, size_t size, const char *begin, const char *end,
		      const char *join, struct strbuf *out)
{
	size_t line = out->len;

	strbuf_puts(out, begin);
	for (size_t i = 0; i < size; i++) {
		if (out->len - line >= LINE_WIDTH) {
			strbuf_puts(out, end);
			strbuf_puts(out, join);
			line = out->len;
			strbuf_puts(out, begin);
		}
		/* An octal escape ends after three digits, or before what is none. */
		bool digit_follows = i + 1 < size && is_octal_digit(p[i + 1]);
		if (is_plain(p[i]))
			strbuf_putc(out, (char)p[i]);
		else
			strbuf_printf(out, digit_follows ? "\\%03o" : "\\%o", p[i]);
	}
	strbuf_puts(out, end);
}

void bytes_as_literal(const void *bytes, size_t size, struct strbuf *out)
{
	put_bytes(bytes, size, "\"", "\"", "\n", out);
}

void bytes_in_macro(const void *bytes, size_t size, struct strbuf *out)
{
	put_bytes(bytes, size, "\tx(\"", "\")", " \\\n", out);
}

int bytes_pack(const void *bytes, size_t size, struct strbuf *out)
{
	uLongf packed_size = compressBound(size);
	Bytef *packed = malloc(packed_size);
	int err = packed ? compress2(packed, &packed_size, bytes, size, Z_BEST_COMPRESSION)
			 : Z_MEM_ERROR;

	if (err == Z_OK) {
		strbuf_add(out, "wbpz", 4);
		for (int i = 0; i < 4; i++)
			strbuf_putc(out, (char)(size >> 8 * i));
		strbuf_add(out, packed, packed_size);
	}
	free(packed);
	return err == Z_OK ? 0 : -ENOMEM;
}
