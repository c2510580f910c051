// SPDX-License-Identifier: BSD-2-Clause
/* In place of wasi-libc's, which has other numbers for the families. */
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Four decimal numbers without leading zeros, and nothing behind them. */
static bool parse4(const char *s, unsigned char to[4])
{
	for (int i = 0; i < 4; i++) {
		unsigned int n = 0;
		const char *start = s;

		while (isdigit((unsigned char)*s) && s - start < 3)
			n = n * 10 + (unsigned int)(*s++ - '0');
		if (s == start || n > 255 || (*start == '0' && s - start > 1))
			return false;
		to[i] = (unsigned char)n;
		if (*s++ != (i < 3 ? '.' : '\0'))
			return false;
	}
	return true;
}

static int hex(char c)
{
	if (isdigit((unsigned char)c))
		return c - '0';
	return isxdigit((unsigned char)c) ? tolower((unsigned char)c) - 'a' + 10 : -1;
}

struct address {
	unsigned char bytes[16];
	int len; /* bytes so far */
	int gap; /* where "::" stands, or -1 */
};

/* One group or a dotted address at the end. Returns what is behind it, or NULL. */
static const char *parse_group(const char *s, struct address *a)
{
	const char *start = s;
	unsigned int n = 0;

	while (hex(*s) >= 0 && s - start < 4)
		n = n << 4 | (unsigned int)hex(*s++);
	if (*s == '.' && a->len <= 12 && parse4(start, a->bytes + a->len)) {
		a->len += 4;
		return start + strlen(start);
	}
	if (s == start || a->len > 14 || (*s && *s != ':'))
		return NULL;
	a->bytes[a->len++] = (unsigned char)(n >> 8);
	a->bytes[a->len++] = (unsigned char)n;
	return s;
}

static bool parse6(const char *s, unsigned char to[16])
{
	struct address a = {.gap = -1};

	if (*s == ':' && *++s != ':')
		return false;
	while (*s) {
		if (*s == ':') {
			if (a.gap >= 0)
				return false;
			a.gap = a.len;
			s++;
			continue;
		}
		s = parse_group(s, &a);
		if (!s)
			return false;
		if (*s == ':' && !*++s)
			return false;
	}
	if (a.gap < 0 ? a.len != 16 : a.len == 16)
		return false;
	if (a.gap < 0)
		a.gap = a.len;
	memset(to, 0, 16);
	memcpy(to, a.bytes, (size_t)a.gap);
	memcpy(to + 16 - (a.len - a.gap), a.bytes + a.gap, (size_t)(a.len - a.gap));
	return true;
}

int inet_pton(int family, const char *restrict text, void *restrict to)
{
	unsigned char bytes[16];

	if (family == AF_INET) {
		if (!parse4(text, bytes))
			return 0;
		memcpy(to, bytes, 4);
		return 1;
	}
	if (family == AF_INET6) {
		if (!parse6(text, bytes))
			return 0;
		memcpy(to, bytes, 16);
		return 1;
	}
	errno = EAFNOSUPPORT;
	return -1;
}

in_addr_t inet_addr(const char *text)
{
	struct in_addr addr;

	return inet_aton(text, &addr) ? addr.s_addr : INADDR_NONE;
}
