// SPDX-License-Identifier: BSD-2-Clause
/*
 * Links in /proc that lead anywhere: WASI shows none of them, the host tells what they say. And the
 * numbers of files, for which WASI has its own.
 */
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "guest/host.h"

ssize_t wasi_readlink(const char *path, char *buf, size_t size) __asm__("readlink");
int wasi_stat(const char *path, struct stat *st) __asm__("stat");

/* Whether the host may know more of a path in /proc; not when there is no folder for it. */
static bool is_hosts(const char *path, const char *part)
{
	if (errno == ENOTCAPABLE) {
		errno = EACCES;
		return false;
	}
	return !strncmp(path, "/proc/", strlen("/proc/")) && strstr(path, part);
}

ssize_t readlink(const char *path, char *buf, size_t size)
{
	struct wbpf_path p = {.size = sizeof(p), .path = wbpf_str(path)};
	ssize_t n = wasi_readlink(path, buf, size);
	int err;

	if (n >= 0)
		return n;
	if (!is_hosts(path, ""))
		return -1;
	p.text.addr = (wbpf_addr)(uintptr_t)buf;
	p.text.len = size;
	err = HOST(path, WBPF_PATH_LINK, &p, sizeof(p));
	if (!err)
		return (ssize_t)p.text.len;
	errno = -err;
	return -1;
}

static int namespace(const char *path, struct stat *st)
{
	struct wbpf_path p = {.size = sizeof(p), .path = wbpf_str(path)};
	int err = HOST(path, WBPF_PATH_NAMESPACE, &p, sizeof(p));

	if (err)
		return err;
	memset(st, 0, sizeof(*st));
	st->st_dev = p.device;
	st->st_ino = p.inode;
	st->st_mode = p.mode;
	st->st_nlink = 1;
	return 0;
}

/* As the kernel has them, and BPF programs. */
static int numbers(const char *path, struct stat *st)
{
	struct wbpf_path p = {.size = sizeof(p)};
	char absolute[PATH_MAX];
	int err;

	if (*path != '/') {
		size_t n = getcwd(absolute, sizeof(absolute)) ? strlen(absolute) : 0;

		if (n + 1 + strlen(path) >= sizeof(absolute))
			return -ENAMETOOLONG;
		absolute[n] = '/';
		strcpy(absolute + n + 1, path);
		path = absolute;
	}
	p.path = wbpf_str(path);
	err = HOST(path, WBPF_PATH_NUMBERS, &p, sizeof(p));
	if (err)
		return err == -EINVAL ? 0 : err; /* a host that cannot tell yet: WASI's stay */
	st->st_dev = p.device;
	st->st_ino = p.inode;
	return 0;
}

int stat(const char *path, struct stat *st)
{
	int err = wasi_stat(path, st);

	if (!err)
		err = numbers(path, st);
	else if (is_hosts(path, "/ns/"))
		err = namespace(path, st);
	else
		return -1;
	if (!err)
		return 0;
	errno = -err;
	return -1;
}
