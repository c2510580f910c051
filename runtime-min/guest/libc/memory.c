// SPDX-License-Identifier: BSD-2-Clause
/* Copying by Wasm's own instructions, which engines make the machine's best of. */
#include <stdint.h>
#include <string.h>

/* Below this many bytes a loop is faster than what an engine calls. */
enum { SHORT = 32 };

void *memcpy(void *restrict to, const void *restrict from, size_t len)
{
	unsigned char *t = to;
	const unsigned char *f = from;

	if (len >= SHORT)
		return __builtin_memcpy(to, from, len);
	while (len--)
		*t++ = *f++;
	return to;
}

void *memmove(void *to, const void *from, size_t len)
{
	return __builtin_memmove(to, from, len);
}

void *memset(void *to, int c, size_t len)
{
	unsigned char *t = to;

	if (len >= SHORT)
		return __builtin_memset(to, c, len);
	while (len--)
		*t++ = (unsigned char)c;
	return to;
}
