// SPDX-License-Identifier: BSD-2-Clause
/*
 * A whole file, by WASI's own calls: every module that opens an object has this, and open() would
 * be the larger part of many.
 */
#include <stdlib.h>
#include <string.h>
#include <wasi/api.h>

#include "guest/libbpf/object.h"

/* wasi-libc's, in a program that changes its folder. */
extern char *__wasilibc_cwd __attribute__((weak));

/* Folders are given to modules by names that need not begin with a slash. */
static const char *strip(const char *path)
{
	while (path[0] == '/' || (path[0] == '.' && (path[1] == '/' || !path[1])))
		path++;
	return path;
}

static bool is_below(const char *path, const char *dir, size_t len)
{
	return !strncmp(path, dir, len) && (!len || path[len] == '/' || !path[len]);
}

/* The opened folder with the longest name that the path begins with, and the rest of the path. */
static int find_folder(const char *path, const char **rest)
{
	__wasi_prestat_t stat;
	size_t longest = 0;
	int found = -1;
	char name[256];

	for (int fd = 3; !__wasi_fd_prestat_get(fd, &stat); fd++) {
		size_t len = stat.u.dir.pr_name_len;
		const char *dir;

		if (len >= sizeof(name) || __wasi_fd_prestat_dir_name(fd, (uint8_t *)name, len))
			continue;
		name[len] = '\0';
		dir = strip(name);
		len = strlen(dir);
		while (len && dir[len - 1] == '/')
			len--;
		if (len < longest || !is_below(path, dir, len))
			continue;
		longest = len;
		found = fd;
		*rest = path + len + strspn(path + len, "/");
	}
	return found;
}

static int open_below(const char *path, __wasi_fd_t *ret)
{
	const char *rest = NULL;
	int folder = find_folder(strip(path), &rest);

	if (folder < 0)
		return -ENOENT;
	return -(int)__wasi_path_open(folder, __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW, rest, 0,
				      __WASI_RIGHTS_FD_READ | __WASI_RIGHTS_FD_FILESTAT_GET, 0, 0,
				      ret);
}

static int open_path(const char *path, __wasi_fd_t *ret)
{
	char *full;
	int err;

	if (path[0] == '/' || !&__wasilibc_cwd)
		return open_below(path, ret);
	full = malloc(strlen(__wasilibc_cwd) + strlen(path) + 2);
	if (!full)
		return -ENOMEM;
	strcpy(stpcpy(stpcpy(full, __wasilibc_cwd), "/"), path);
	err = open_below(full, ret);
	free(full);
	return err;
}

static int read_all(__wasi_fd_t fd, char *buf, size_t len)
{
	for (size_t done = 0; done < len;) {
		const __wasi_iovec_t span = {.buf = (uint8_t *)buf + done, .buf_len = len - done};
		__wasi_size_t n = 0;
		__wasi_errno_t err = __wasi_fd_read(fd, &span, 1, &n);

		if (err || !n)
			return err ? -(int)err : -EIO;
		done += n;
	}
	return 0;
}

int wbpf_slurp(const char *path, char **ret, size_t *len)
{
	__wasi_filestat_t stat;
	__wasi_fd_t fd;
	int err = open_path(path, &fd);

	if (err)
		return err;
	err = -(int)__wasi_fd_filestat_get(fd, &stat);
	if (!err && stat.size > INT32_MAX)
		err = -EFBIG;
	if (!err) {
		*len = (size_t)stat.size;
		*ret = malloc(*len ? *len : 1);
		err = *ret ? read_all(fd, *ret, *len) : -ENOMEM;
	}
	if (__wasi_fd_close(fd) && !err)
		err = -EIO;
	return err;
}
