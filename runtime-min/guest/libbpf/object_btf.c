// SPDX-License-Identifier: BSD-2-Clause
/* An object's own BTF. In a module only when the program asks for it (see wbpf_object_take_btf). */
#include <stdlib.h>

#include <bpf/btf.h>

#include "guest/libbpf/object.h"

int wbpf_object_take_btf(struct bpf_object *obj)
{
	int len = HOST(get, obj->handle, WBPF_KEY_OBJECT_BTF, NULL, 0);
	void *bytes;

	if (len <= 0)
		return len == -ENOENT ? 0 : len;
	bytes = malloc((size_t)len);
	if (!bytes)
		return -ENOMEM;
	len = HOST(get, obj->handle, WBPF_KEY_OBJECT_BTF, bytes, len);
	obj->btf = len < 0 ? ret_null(len) : btf__new(bytes, (uint32_t)len);
	free(bytes);
	return obj->btf ? 0 : -errno;
}

void wbpf_object_drop_btf(struct bpf_object *obj)
{
	btf__free(obj->btf);
}

struct btf *bpf_object__btf(const struct bpf_object *obj)
{
	return obj ? obj->btf : NULL;
}

int bpf_object__btf_fd(const struct bpf_object *obj)
{
	return obj->btf ? btf__fd(obj->btf) : -1;
}
