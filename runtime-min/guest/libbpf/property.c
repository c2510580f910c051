// SPDX-License-Identifier: BSD-2-Clause
#include <stdlib.h>
#include <string.h>

#include "guest/libbpf/object.h"

char *wbpf_get_string(wbpf_handle h, enum wbpf_key key)
{
	char *s = NULL;
	int len, cap = 0;

	/* Twice, unless it grows in between. */
	while ((len = HOST(get, h, key, s, cap)) > cap || (!s && len == 0)) {
		free(s);
		cap = len;
		s = malloc((size_t)cap + 1);
		if (!s)
			return ret_null(-ENOMEM);
		if (!cap)
			break;
	}
	if (len < 0) {
		free(s);
		return ret_null(len);
	}
	s[len] = '\0';
	return s;
}

int wbpf_set_u32(wbpf_handle h, enum wbpf_key key, uint32_t value)
{
	return ret_err(HOST(set, h, key, &value, sizeof(value)));
}

int wbpf_set_string(wbpf_handle h, enum wbpf_key key, const char *s)
{
	return ret_err(HOST(set, h, key, s, s ? strlen(s) : 0));
}

bool wbpf_opts_ok(const void *opts, size_t size, size_t known, const char *type)
{
	const char *p = opts;
	size_t i;

	if (size < sizeof(size_t)) {
		warn("struct %s: sz is %zu, too small\n", type, size);
		return false;
	}
	for (i = known; i < size; i++) {
		if (p[i]) {
			warn("struct %s: bytes set that this version does not know\n", type);
			return false;
		}
	}
	return true;
}
