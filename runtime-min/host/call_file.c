/* SPDX-License-Identifier: BSD-2-Clause */
/* What BPF programs attach to and is neither map nor program: cgroups, network namespaces. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "host/calls.h"
#include "host/hints.h"
#include "host/instance.h"

static int open_kind(uint32_t kind, const char *path, __fsword_t *ret_magic)
{
	int flags = O_RDONLY | O_CLOEXEC;

	switch (kind) {
	case WBPF_FILE_CGROUP:
		*ret_magic = CGROUP2_SUPER_MAGIC;
		return open(path, flags | O_DIRECTORY);
	case WBPF_FILE_NETNS:
		*ret_magic = NSFS_MAGIC;
		return open(path, flags);
	default:
		errno = EINVAL;
		return -1;
	}
}

int32_t call_file_open(struct instance *in, uint32_t kind, wbpf_addr addr)
{
	struct wbpf_str s;
	__fsword_t magic;
	struct statfs st;
	int err = memory_copy_in(in->memory, &s, addr, sizeof(s));

	if (err)
		return err;
	char *path = instance_string(in, s, PATH_MAX, &err);
	if (!path)
		return err ? err : -EINVAL;
	int fd = open_kind(kind, path, &magic);
	if (fd < 0)
		err = -errno;
	else if (fstatfs(fd, &st) < 0)
		err = -errno;
	else if (st.f_type != magic)
		err = -EBADF; /* exists, but is not of that kind */
	if (err && kind == WBPF_FILE_CGROUP)
		hint_cgroup(&in->log, path);
	free(path);
	if (err && fd >= 0)
		close(fd);
	instance_update_shared(in);
	return err ? err : instance_add_fd(in, WBPF_KIND_FILE, fd);
}

int32_t call_file_read(struct instance *in, wbpf_handle value, wbpf_addr buf, uint32_t len)
{
	int fd = instance_fd(in, value, WBPF_KIND_FILE);

	if (fd < 0)
		return fd;
	if (len > INT32_MAX)
		len = INT32_MAX;
	void *p = memory_write(in->memory, buf, len);
	if (!p)
		return -EFAULT;
	ssize_t n = read(fd, p, len);
	return n < 0 ? -errno : (int32_t)n;
}
