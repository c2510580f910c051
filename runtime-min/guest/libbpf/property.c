// SPDX-License-Identifier: BSD-2-Clause
#include <stdlib.h>
#include <string.h>

#include "guest/libbpf/object.h"

void *wbpf_get_bytes(wbpf_handle h, enum wbpf_key key, int *ret_len)
{
	int len, cap = 64; /* most are names: one call is enough */
	char *s = malloc((size_t)cap + 1);

	while (s && (len = HOST(get, h, key, s, cap)) > cap) {
		free(s);
		cap = len;
		s = malloc((size_t)cap + 1);
	}
	if (!s)
		return ret_null(-ENOMEM);
	if (len < 0) {
		free(s);
		return ret_null(len);
	}
	s[len] = '\0';
	*ret_len = len;
	return s;
}

char *wbpf_get_string(wbpf_handle h, enum wbpf_key key)
{
	int len;

	return wbpf_get_bytes(h, key, &len);
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
