/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/utf8.h"

#include <stdint.h>

/* How many bytes the character at p has that the first one announces; 0: it begins none. */
static size_t announced(uint8_t first)
{
	if (first && first < 0x80)
		return 1;
	if (first >= 0xc2 && first < 0xe0)
		return 2;
	if (first >= 0xe0 && first < 0xf0)
		return 3;
	return first >= 0xf0 && first < 0xf5 ? 4 : 0;
}

/* What the second byte of a longer character must lie between, by its first. */
static int second_fits(uint8_t first, uint8_t second)
{
	uint8_t low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
	uint8_t high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;

	return second >= low && second <= high;
}

/* The bytes of the whole character at p, or 0. */
static size_t character(const uint8_t *p, size_t len)
{
	size_t n = announced(p[0]);

	if (!n || n > len || (n > 1 && !second_fits(p[0], p[1])))
		return 0;
	for (size_t i = 2; i < n; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	return n;
}

void utf8_add(struct strbuf *b, const char *text, size_t len)
{
	static const char replacement[] = "\xef\xbf\xbd";

	for (size_t at = 0, good; at < len; at += good ? good : 1) {
		good = character((const uint8_t *)text + at, len - at);
		if (good)
			strbuf_add(b, text + at, good);
		else
			strbuf_add(b, replacement, sizeof(replacement) - 1);
	}
}
