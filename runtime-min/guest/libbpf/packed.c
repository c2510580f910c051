// SPDX-License-Identifier: BSD-2-Clause
/* The object file behind a compressed one. Only the host unpacks: it keeps what it opened. */
#include <stdlib.h>

#include <wbpf/packed.h>

#include "guest/libbpf/object.h"

void *wbpf_packed__read(const void *packed, size_t len, size_t *size)
{
	struct bpf_object *obj = bpf_object__open_mem(packed, len, NULL);
	int got = obj ? HOST(get, obj->handle, WBPF_KEY_OBJECT_FILE, NULL, 0) : -errno;
	void *bytes = got > 0 ? malloc((size_t)got) : NULL;

	if (bytes) {
		*size = (size_t)got;
		HOST(get, obj->handle, WBPF_KEY_OBJECT_FILE, bytes, got);
	}
	bpf_object__close(obj);
	return bytes ? bytes : ret_null(got < 0 ? got : -ENOMEM);
}
