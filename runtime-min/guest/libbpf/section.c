// SPDX-License-Identifier: BSD-2-Clause
/* BPF objects in custom sections of the module. */
#include <stdlib.h>

#include <wbpf/section.h>

#include "guest/libbpf/skeleton.h"

void *wbpf_section__read(const char *section, size_t *size)
{
	struct wbpf_str name = wbpf_str(section);
	int len = HOST(section_read, &name, 0, NULL, 0);
	void *bytes = len < 0 ? NULL : malloc(len ? (size_t)len : 1);

	if (!bytes)
		return ret_null(len < 0 ? len : -ENOMEM);
	HOST(section_read, &name, 0, bytes, (uint32_t)len);
	*size = (size_t)len;
	return bytes;
}

struct bpf_object *wbpf_section__open(const char *section, const struct bpf_object_open_opts *opts)
{
	struct bpf_object *obj;

	if (!section)
		return ret_null(-EINVAL);
	obj = wbpf_object_open(section, strlen(section), WBPF_OPEN_SECTION, opts);
	if (!obj && errno == ENOENT)
		warn("the module has no section '%s' with a BPF object\n", section);
	return obj;
}

int wbpf_section__open_skeleton(const char *section, struct bpf_object_skeleton *s,
				const struct bpf_object_open_opts *opts)
{
	struct bpf_object_open_opts o;
	int err = wbpf_skeleton_opts(s, opts, &o);

	if (err)
		return ret_err(err);
	*s->obj = wbpf_section__open(section, &o);
	return *s->obj ? ret_err(wbpf_skeleton_take(s)) : -errno;
}
