// SPDX-License-Identifier: BSD-2-Clause
/* wasi-libc's functions beside a folder's descriptor, with the kernel's numbers. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "guest/host.h"

enum { WASI_FDCWD = -2, WASI_NOFOLLOW = 1, WASI_FOLLOW = 2, WASI_REMOVEDIR = 4 };

int wasi_faccessat(int dir, const char *path, int mode, int flags) __asm__("faccessat");
int wasi_linkat(int dir, const char *path, int to_dir, const char *to, int flags) __asm__("linkat");
int wasi_symlinkat(const char *text, int dir, const char *path) __asm__("symlinkat");
int wasi_unlinkat(int dir, const char *path, int flags) __asm__("unlinkat");
int wasi_fstatat(int dir, const char *path, struct stat *st, int flags) __asm__("fstatat");
int wasi_mkdirat(int dir, const char *path, mode_t mode) __asm__("mkdirat");
int wasi_renameat(int dir, const char *path, int to_dir, const char *to) __asm__("renameat");
int wasi_utimensat(int dir, const char *path, const struct timespec times[2],
		   int flags) __asm__("utimensat");
ssize_t wasi_readlinkat(int dir, const char *path, char *buf, size_t size) __asm__("readlinkat");

static int folder(int dir)
{
	return dir == AT_FDCWD ? WASI_FDCWD : dir;
}

int faccessat(int dir, const char *path, int mode, int flags)
{
	return wasi_faccessat(folder(dir), path, mode, 0); /* there are no other ids */
}

int linkat(int dir, const char *path, int to_dir, const char *to, int flags)
{
	return wasi_linkat(folder(dir), path, folder(to_dir), to,
			   flags & AT_SYMLINK_FOLLOW ? WASI_FOLLOW : 0);
}

int symlinkat(const char *text, int dir, const char *path)
{
	return wasi_symlinkat(text, folder(dir), path);
}

int unlinkat(int dir, const char *path, int flags)
{
	return wasi_unlinkat(folder(dir), path, flags & AT_REMOVEDIR ? WASI_REMOVEDIR : 0);
}

int fstatat(int dir, const char *path, struct stat *st, int flags)
{
	if (!*path && (flags & AT_EMPTY_PATH))
		return fstat(dir, st);
	if ((dir == AT_FDCWD || *path == '/') && !(flags & AT_SYMLINK_NOFOLLOW))
		return stat(path, st);
	return wasi_fstatat(folder(dir), path, st, flags & AT_SYMLINK_NOFOLLOW ? WASI_NOFOLLOW : 0);
}

int mkdirat(int dir, const char *path, mode_t mode)
{
	return wasi_mkdirat(folder(dir), path, mode);
}

int renameat(int dir, const char *path, int to_dir, const char *to)
{
	return wasi_renameat(folder(dir), path, folder(to_dir), to);
}

int utimensat(int dir, const char *path, const struct timespec times[2], int flags)
{
	return wasi_utimensat(folder(dir), path, times,
			      flags & AT_SYMLINK_NOFOLLOW ? WASI_NOFOLLOW : 0);
}

ssize_t readlinkat(int dir, const char *path, char *buf, size_t size)
{
	if (dir == AT_FDCWD || *path == '/')
		return readlink(path, buf, size);
	return wasi_readlinkat(dir, path, buf, size);
}
