/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/precompiled.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <zlib.h>

struct header {
	char magic[8];
	uint64_t module_len, code_len; /* bytes; they follow in this order */
	uint32_t sum;                  /* CRC-32 of both */
	uint32_t reserved;
};

static const char magic[8] = "wbpf-m1";
enum { VERSION_AT = 6 };

bool precompiled_is(const void *bytes, size_t len)
{
	return len >= sizeof(magic) && !memcmp(bytes, magic, VERSION_AT);
}

static uint32_t sum_of(const struct precompiled *p)
{
	return (uint32_t)crc32_z(crc32_z(0, p->module, p->module_len), p->code, p->code_len);
}

int precompiled_write(const struct precompiled *p, struct strbuf *ret)
{
	struct header h = {.module_len = p->module_len, .code_len = p->code_len, .sum = sum_of(p)};

	memcpy(h.magic, magic, sizeof(magic));
	strbuf_add(ret, &h, sizeof(h));
	strbuf_add(ret, p->module, p->module_len);
	strbuf_add(ret, p->code, p->code_len);
	return strbuf_error(ret);
}

int precompiled_read(const char *name, const void *bytes, size_t len, struct precompiled *ret,
		     struct diag *d)
{
	struct header h;

	if (len < sizeof(h))
		return diag_fail(d, ENOEXEC, "%s: a precompiled module that is cut off", name);
	memcpy(&h, bytes, sizeof(h));
	size_t room = len - sizeof(h);
	if (memcmp(h.magic, magic, sizeof(magic)))
		return diag_fail(d, ENOEXEC,
				 "%s: precompiled by another version: make it again with "
				 "'wbpf-run compile'",
				 name);
	if (h.module_len > room || h.code_len != room - h.module_len)
		return diag_fail(d, ENOEXEC, "%s: a precompiled module that is cut off", name);
	*ret = (struct precompiled){
		.module = (const uint8_t *)bytes + sizeof(h),
		.code = (const uint8_t *)bytes + sizeof(h) + h.module_len,
		.module_len = h.module_len,
		.code_len = h.code_len,
	};
	if (sum_of(ret) != h.sum)
		return diag_fail(d, ENOEXEC, "%s: a precompiled module that is damaged", name);
	return 0;
}
