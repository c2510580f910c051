// SPDX-License-Identifier: BSD-2-Clause
/* Objects from files that the module may read. The host sees the bytes, not the path. */
#include <stdlib.h>
#include <string.h>

#include "guest/libbpf/object.h"

/* The file's name up to the first dot. */
static char *object_name(const char *path)
{
	const char *base = strrchr(path, '/');

	base = base ? base + 1 : path;
	return strndup(base, strcspn(base, "."));
}

struct bpf_object *bpf_object__open_file(const char *path, const struct bpf_object_open_opts *opts)
{
	struct bpf_object_open_opts o = {0};
	struct bpf_object *obj = NULL;
	char *bytes = NULL, *name = NULL;
	size_t len = 0;
	int err;

	if (!path || !opts_ok(opts, bpf_object_open_opts))
		return ret_null(-EINVAL);
	err = wbpf_slurp(path, &bytes, &len);
	if (err) {
		warn("failed to open %s: %s\n", path, strerror(-err));
		free(bytes);
		return ret_null(err);
	}
	if (opts)
		memcpy(&o, opts, opts->sz < sizeof(o) ? opts->sz : sizeof(o));
	o.sz = sizeof(o);
	if (!o.object_name)
		o.object_name = name = object_name(path);
	obj = bpf_object__open_mem(bytes, len, &o);
	free(name);
	free(bytes);
	return obj;
}

struct bpf_object *bpf_object__open(const char *path)
{
	return bpf_object__open_file(path, NULL);
}
