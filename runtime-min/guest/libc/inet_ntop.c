// SPDX-License-Identifier: BSD-2-Clause
/* In place of wasi-libc's, which has other numbers for the families. Written as glibc writes. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* The longest run of two or more zero words: its start, and *len words. */
static int longest_zeros(const uint16_t w[8], int *len)
{
	int start = -1;

	*len = 1;
	for (int i = 0; i < 8; i++) {
		int end = i;

		while (end < 8 && !w[end])
			end++;
		if (end - i > *len) {
			*len = end - i;
			start = i;
		}
		if (end > i)
			i = end;
	}
	if (start < 0)
		*len = 0;
	return start;
}

static int format4(const unsigned char *a, char *to, size_t size)
{
	return snprintf(to, size, "%u.%u.%u.%u", a[0], a[1], a[2], a[3]);
}

static void format6(const unsigned char *a, char *to, size_t size)
{
	uint16_t w[8];
	int start, len;
	size_t at = 0;

	for (int i = 0; i < 8; i++)
		w[i] = (uint16_t)(a[2 * i] << 8 | a[2 * i + 1]);
	start = longest_zeros(w, &len);
	for (int i = 0; i < 8; i++) {
		if (i == start) {
			at += (size_t)snprintf(to + at, size - at, i ? ":" : "::");
			i += len - 1;
			continue;
		}
		/* an IPv4 address, mapped or compatible */
		if (i == 6 && !start && (len == 6 || (len == 5 && w[5] == 0xffff))) {
			format4(a + 12, to + at, size - at);
			return;
		}
		at += (size_t)snprintf(to + at, size - at, "%x%s", w[i], i < 7 ? ":" : "");
	}
}

const char *inet_ntop(int family, const void *restrict addr, char *restrict to, socklen_t size)
{
	char text[INET6_ADDRSTRLEN];

	if (family == AF_INET) {
		format4(addr, text, sizeof(text));
	} else if (family == AF_INET6) {
		format6(addr, text, sizeof(text));
	} else {
		errno = EAFNOSUPPORT;
		return NULL;
	}
	if (strlen(text) >= size) {
		errno = ENOSPC;
		return NULL;
	}
	return strcpy(to, text);
}

char *inet_ntoa(struct in_addr addr)
{
	static char text[INET_ADDRSTRLEN];

	format4((const unsigned char *)&addr, text, sizeof(text));
	return text;
}
