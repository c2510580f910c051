// SPDX-License-Identifier: BSD-2-Clause
/* Numbers from text, as glibc reads them; a third of what wasi-libc's take. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>

static unsigned int digit(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned int)(c - '0');
	c |= 0x20;
	return c >= 'a' && c <= 'z' ? (unsigned int)(c - 'a' + 10) : UINT_MAX;
}

static const char *skip_prefix(const char *s, int *base)
{
	bool hex = s[0] == '0' && (s[1] | 0x20) == 'x' && digit(s[2]) < 16;

	if (hex && (!*base || *base == 16)) {
		*base = 16;
		return s + 2;
	}
	if (!*base)
		*base = s[0] == '0' ? 8 : 10;
	return s;
}

/* min, max: of the type; an unsigned one's min is 0, and it takes negative numbers by wrapping. */
static uint64_t read_number(const char *s, char **end, int base, int64_t min, uint64_t max)
{
	const char *begin = s;
	uint64_t value = 0, limit = max;
	bool negative, any = false, over = false;
	unsigned int d;

	if (base < 0 || base == 1 || base > 36) {
		errno = EINVAL;
		return 0;
	}
	while (isspace((unsigned char)*s))
		s++;
	negative = *s == '-';
	if (*s == '-' || *s == '+')
		s++;
	s = skip_prefix(s, &base);
	if (negative && min)
		limit = -(uint64_t)min;
	for (; (d = digit(*s)) < (unsigned int)base; s++, any = true) {
		if (over || value > limit / (unsigned int)base ||
		    value * (unsigned int)base > limit - d)
			over = true;
		else
			value = value * (unsigned int)base + d;
	}
	if (end)
		*end = (char *)(any ? s : begin);
	if (over) {
		errno = ERANGE;
		return negative && min ? (uint64_t)min : max;
	}
	return negative ? -value : value;
}

long strtol(const char *restrict s, char **restrict end, int base)
{
	return (long)read_number(s, end, base, LONG_MIN, LONG_MAX);
}

unsigned long strtoul(const char *restrict s, char **restrict end, int base)
{
	return (unsigned long)read_number(s, end, base, 0, ULONG_MAX);
}

long long strtoll(const char *restrict s, char **restrict end, int base)
{
	return (long long)read_number(s, end, base, LLONG_MIN, LLONG_MAX);
}

unsigned long long strtoull(const char *restrict s, char **restrict end, int base)
{
	return read_number(s, end, base, 0, ULLONG_MAX);
}

intmax_t strtoimax(const char *restrict s, char **restrict end, int base)
{
	return strtoll(s, end, base);
}

uintmax_t strtoumax(const char *restrict s, char **restrict end, int base)
{
	return strtoull(s, end, base);
}
