/* SPDX-License-Identifier: BSD-2-Clause */
/* What BPF programs attach to and is neither map nor program: cgroups, network namespaces. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "host/calls.h"
#include "host/hints.h"
#include "host/instance.h"

/*
 * Opens the path when it lies in a file system of that kind. Opening alone does things to devices
 * and waits for pipes, so the first look is without.
 */
static int open_kind(uint32_t kind, const char *path)
{
	__fsword_t magic = kind == WBPF_FILE_CGROUP ? CGROUP2_SUPER_MAGIC : NSFS_MAGIC;
	int directory = kind == WBPF_FILE_CGROUP ? O_DIRECTORY : 0;
	char again[32];
	struct statfs st;

	if (kind != WBPF_FILE_CGROUP && kind != WBPF_FILE_NETNS)
		return -EINVAL;
	int look = open(path, O_PATH | O_CLOEXEC | directory);
	if (look < 0)
		return -errno;
	int err = fstatfs(look, &st) < 0 ? -errno : st.f_type != magic ? -EBADF : 0, fd = -1;
	snprintf(again, sizeof(again), "/proc/self/fd/%d", look);
	if (!err) {
		fd = open(again, O_RDONLY | O_CLOEXEC | directory);
		err = fd < 0 ? -errno : 0;
	}
	close(look);
	return err ? err : fd;
}

int32_t call_file_open(struct instance *in, uint32_t kind, wbpf_addr addr)
{
	struct wbpf_str s;
	int err = memory_copy_in(in->memory, &s, addr, sizeof(s));

	if (err)
		return err;
	char *path = instance_string(in, s, PATH_MAX, &err);
	if (!path)
		return err ? err : -EINVAL;
	int fd = open_kind(kind, path);
	if (fd < 0 && kind == WBPF_FILE_CGROUP)
		hint_cgroup(&in->log, path);
	free(path);
	instance_update_shared(in);
	return instance_add_fd(in, WBPF_KIND_FILE, fd);
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
