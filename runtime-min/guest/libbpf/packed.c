// SPDX-License-Identifier: BSD-2-Clause
/* The object file behind a compressed one. Only the host unpacks: it keeps what it opened. */
#include <wbpf/packed.h>

#include "guest/libbpf/object.h"

void *wbpf_packed__read(const void *packed, size_t len, size_t *size)
{
	struct bpf_object *obj = bpf_object__open_mem(packed, len, NULL);
	int got = 0;
	void *bytes = obj ? wbpf_get_bytes(obj->handle, WBPF_KEY_OBJECT_FILE, &got) : NULL;
	int err = -errno;

	if (bytes)
		*size = (size_t)got;
	bpf_object__close(obj);
	return bytes ? bytes : ret_null(err);
}
