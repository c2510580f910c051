/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * path(): links of /proc that name what lies elsewhere, which WASI does not follow and not even
 * read: /proc/PID/exe, fd/N, cwd, ns/NAME. Only in folders that the module was given, and only
 * what the link itself says: the text, or a namespace's number. And a file's device and inode, as
 * BPF programs read them: the engine tells others.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "host/calls.h"
#include "host/folders.h"
#include "host/instance.h"

static int is_in(int fd, long magic)
{
	struct statfs st;

	return fstatfs(fd, &st) < 0 ? -errno : (long)st.f_type == magic ? 0 : -EACCES;
}

/* The link's text, and how long it is. */
static int read_link(struct instance *in, int folder, const char *name, struct wbpf_path *p)
{
	char text[PATH_MAX];
	ssize_t n = readlinkat(folder, name, text, sizeof(text));

	if (n < 0)
		return -errno;
	if ((size_t)n < p->text.len)
		p->text.len = (uint32_t)n;
	return memory_copy_out(in->memory, p->text.addr, text, p->text.len);
}

/* Where the link leads to, if that is a namespace and nothing else. */
static int read_namespace(int folder, const char *name, struct wbpf_path *p)
{
	struct stat st;
	int fd = openat(folder, name, O_PATH | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	int err = is_in(fd, NSFS_MAGIC);
	if (!err && fstat(fd, &st) < 0)
		err = -errno;
	close(fd);
	if (err)
		return err;
	p->device = st.st_dev;
	p->inode = st.st_ino;
	p->mode = st.st_mode;
	return 0;
}

static int read_numbers(const struct instance *in, const char *path, struct wbpf_path *p)
{
	struct stat st;
	int fd = folders_open(in->wasi, path, O_PATH);

	if (fd < 0)
		return fd;
	int err = fstat(fd, &st) < 0 ? -errno : 0;
	close(fd);
	if (err)
		return err;
	p->device = st.st_dev;
	p->inode = st.st_ino;
	return 0;
}

static int look_at_link(struct instance *in, uint32_t op, char *path, struct wbpf_path *p)
{
	char *name = strrchr(path, '/');

	if (!name || !name[1] || !strcmp(name, "/.") || !strcmp(name, "/.."))
		return -EINVAL;
	*name++ = '\0';
	int folder = folders_open(in->wasi, *path ? path : "/", O_PATH | O_DIRECTORY);
	if (folder < 0)
		return folder;
	int err = is_in(folder, PROC_SUPER_MAGIC);
	if (!err && op == WBPF_PATH_LINK)
		err = read_link(in, folder, name, p);
	else if (!err)
		err = op == WBPF_PATH_NAMESPACE ? read_namespace(folder, name, p) : -EINVAL;
	close(folder);
	return err;
}

int32_t call_path(struct instance *in, uint32_t op, wbpf_addr args, uint32_t size)
{
	struct wbpf_path p;
	int err = instance_struct(in, &p, sizeof(p), sizeof(p), args, size);

	if (err)
		return err;
	char *path = instance_string(in, p.path, PATH_MAX, &err);
	if (!path)
		return err ? err : -EINVAL;
	err = op == WBPF_PATH_NUMBERS ? read_numbers(in, path, &p) : look_at_link(in, op, path, &p);
	free(path);
	return err ? err : memory_copy_out(in->memory, args, &p, sizeof(p));
}
