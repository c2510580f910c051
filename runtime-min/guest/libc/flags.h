/* SPDX-License-Identifier: BSD-2-Clause */
/* The kernel's flags for open(2), which programs use, and those of wasi-libc's functions. */
#ifndef WBPF_GUEST_LIBC_FLAGS_H
#define WBPF_GUEST_LIBC_FLAGS_H

#include <fcntl.h>
#include <wasi/api.h>

#define WASI_O_RDONLY 0x04000000
#define WASI_O_SEARCH 0x08000000
#define WASI_O_WRONLY 0x10000000
#define WASI_O_NOFOLLOW 0x01000000
#define WASI_O_CREAT (__WASI_OFLAGS_CREAT << 12)
#define WASI_O_DIRECTORY (__WASI_OFLAGS_DIRECTORY << 12)
#define WASI_O_EXCL (__WASI_OFLAGS_EXCL << 12)
#define WASI_O_TRUNC (__WASI_OFLAGS_TRUNC << 12)

struct wbpf_flag {
	int linux;
	int wasi;
};

static const struct wbpf_flag wbpf_open_flags[] = {
	{O_CREAT, WASI_O_CREAT},
	{O_DIRECTORY, WASI_O_DIRECTORY},
	{O_EXCL, WASI_O_EXCL},
	{O_TRUNC, WASI_O_TRUNC},
	{O_NOFOLLOW, WASI_O_NOFOLLOW},
	/* what a descriptor keeps; O_SYNC before the O_DSYNC that it holds */
	{O_APPEND, __WASI_FDFLAGS_APPEND},
	{O_NONBLOCK, __WASI_FDFLAGS_NONBLOCK},
	{O_SYNC, __WASI_FDFLAGS_SYNC},
	{O_DSYNC, __WASI_FDFLAGS_DSYNC},
};

enum { WBPF_OPEN_FLAGS = sizeof(wbpf_open_flags) / sizeof(wbpf_open_flags[0]) };

static inline int wbpf_wasi_flags(int flags)
{
	int wasi = 0;

	if (flags & O_PATH)
		wasi = WASI_O_SEARCH;
	else if ((flags & O_ACCMODE) == O_RDWR)
		wasi = WASI_O_RDONLY | WASI_O_WRONLY;
	else
		wasi = (flags & O_ACCMODE) == O_WRONLY ? WASI_O_WRONLY : WASI_O_RDONLY;
	for (int i = 0; i < WBPF_OPEN_FLAGS; i++) {
		const struct wbpf_flag *f = &wbpf_open_flags[i];

		if ((flags & f->linux) == f->linux)
			wasi |= f->wasi;
	}
	return wasi;
}

static inline int wbpf_linux_flags(int wasi)
{
	int flags = 0;

	if ((wasi & WASI_O_RDONLY) && (wasi & WASI_O_WRONLY))
		flags = O_RDWR;
	else if (wasi & WASI_O_WRONLY)
		flags = O_WRONLY;
	for (int i = 0; i < WBPF_OPEN_FLAGS; i++)
		if (wasi & wbpf_open_flags[i].wasi)
			flags |= wbpf_open_flags[i].linux;
	return flags;
}

#endif
