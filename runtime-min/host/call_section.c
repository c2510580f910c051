/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading the module's own custom sections. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>

#include "host/calls.h"
#include "host/instance.h"
#include "host/sections.h"

enum { MAX_NAME = 4096 };

int instance_section(const struct instance *in, struct wbpf_str name, const struct section **ret)
{
	int err;
	char *copy = instance_string(in, name, MAX_NAME, &err);

	if (!copy)
		return err ? err : -EFAULT;
	*ret = sections_find(in->sections, copy);
	free(copy);
	return *ret ? 0 : -ENOENT;
}

int32_t call_section_read(struct instance *in, wbpf_addr name, uint32_t offset, wbpf_addr buf,
			  uint32_t cap)
{
	const struct section *s;
	struct wbpf_str str;

	if (memory_copy_in(in->memory, &str, name, sizeof(str)))
		return -EFAULT;
	int err = instance_section(in, str, &s);
	if (err)
		return err;
	if (s->len > INT32_MAX)
		return -EFBIG;
	size_t left = offset < s->len ? s->len - offset : 0;
	if (cap > left)
		cap = (uint32_t)left;
	if (cap && memory_copy_out(in->memory, buf, s->bytes + offset, cap))
		return -EFAULT;
	return (int32_t)s->len;
}
