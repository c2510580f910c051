// SPDX-License-Identifier: BSD-2-Clause
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <wasi/libc.h>

#include "guest/host.h"
#include "guest/libc/flags.h"

int wasi_openat(int dir, const char *path, int flags, ...) __asm__("openat");

static bool begins(const char *s, const char *with)
{
	return !strncmp(s, with, strlen(with));
}

static bool ends(const char *s, const char *with)
{
	size_t len = strlen(s), end = strlen(with);

	return len >= end && !strcmp(s + len - end, with);
}

/* What the path names by the usual places; 0: an ordinary file. */
static enum wbpf_file_kind kind_of(const char *path)
{
	if (begins(path, "/sys/fs/cgroup"))
		return WBPF_FILE_CGROUP;
	if (begins(path, "/sys/fs/bpf"))
		return WBPF_FILE_BPFFS;
	if ((begins(path, "/proc/") && ends(path, "/ns/net")) || begins(path, "/run/netns/") ||
	    begins(path, "/var/run/netns/"))
		return WBPF_FILE_NETNS;
	return 0;
}

static int open_at_host(enum wbpf_file_kind kind, const char *path)
{
	struct wbpf_str str = wbpf_str(path);

	return HOST(file_open, kind, &str);
}

/*
 * The host is asked first where it is likely to know the path, as WASI's descriptor of a cgroup
 * could not be attached to, and last for any other folder. When neither has it, the one that was
 * asked first tells why.
 */
int open(const char *path, int flags, ...)
{
	bool reads = (flags & O_ACCMODE) == O_RDONLY;
	enum wbpf_file_kind kind = reads ? kind_of(path) : 0;
	int host = kind ? open_at_host(kind, path) : -ENOENT;
	int fd;

	if (host >= 0)
		return host;
	if ((flags & O_TMPFILE) == O_TMPFILE) {
		errno = EOPNOTSUPP;
		return -1;
	}
	fd = __wasilibc_open_nomode(path, wbpf_wasi_flags(flags));
	if (fd >= 0)
		return fd;
	/* WASI's word for a path that the module was not given. */
	if (errno == ENOTCAPABLE)
		errno = EACCES;
	if (kind) {
		errno = -host;
	} else if (reads && (flags & O_DIRECTORY)) {
		int saved = errno;

		host = open_at_host(WBPF_FILE_CGROUP, path);
		if (host >= 0)
			return host;
		errno = saved;
	}
	return -1;
}

int creat(const char *path, mode_t mode)
{
	return open(path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

int openat(int dir, const char *path, int flags, ...)
{
	int fd;

	if (dir == AT_FDCWD || *path == '/')
		return open(path, flags);
	fd = wasi_openat(dir, path, wbpf_wasi_flags(flags), 0);
	if (fd < 0 && errno == ENOTCAPABLE)
		errno = EACCES;
	return fd;
}
