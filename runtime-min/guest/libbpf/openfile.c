// SPDX-License-Identifier: BSD-2-Clause
/* Objects from files that the module may read. The host sees the bytes, not the path. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "guest/libbpf/object.h"

static int read_all(int fd, char *buf, size_t len)
{
	size_t done = 0;

	while (done < len) {
		ssize_t n = read(fd, buf + done, len - done);

		if (n < 0)
			return -errno;
		if (n == 0)
			return -EIO;
		done += (size_t)n;
	}
	return 0;
}

static int slurp(const char *path, char **ret, size_t *len)
{
	struct stat st;
	int fd = open(path, O_RDONLY);
	int err = 0;

	if (fd < 0 || fstat(fd, &st))
		err = -errno;
	else if (S_ISDIR(st.st_mode))
		err = -LIBBPF_ERRNO__LIBELF; /* what libelf says of a folder */
	else if (!st.st_size)
		err = -LIBBPF_ERRNO__FORMAT;
	if (!err) {
		*len = (size_t)st.st_size;
		*ret = malloc(*len ? *len : 1);
		err = *ret ? read_all(fd, *ret, *len) : -ENOMEM;
	}
	if (fd >= 0)
		close(fd);
	return err;
}

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
	err = slurp(path, &bytes, &len);
	if (err) {
		warn("failed to open %s: %d\n", path, err);
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
