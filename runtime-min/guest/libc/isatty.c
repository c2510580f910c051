// SPDX-License-Identifier: BSD-2-Clause
/* isatty(3), in place of wasi-libc's: of standard files the host knows. */
#include <errno.h>
#include <unistd.h>
#include <wasi/api.h>

#include "guest/host.h"
#include "guest/libc/standard.h"

int __isatty(int fd);
int __isatty(int fd)
{
	__wasi_fdstat_t stat;
	int err;

	if (WBPF_IS_HANDLE(fd)) {
		err = ENOTTY;
	} else if (wbpf_is_standard(fd)) {
		err = HOST(file_control, fd, WBPF_FILE_IS_TERMINAL, NULL, 0);
		if (err > 0)
			return 1;
		err = err ? -err : ENOTTY;
	} else {
		/* WASI's sign of one: a character device without positions. */
		err = __wasi_fd_fdstat_get(fd, &stat);
		if (!err && stat.fs_filetype == __WASI_FILETYPE_CHARACTER_DEVICE &&
		    !(stat.fs_rights_base & (__WASI_RIGHTS_FD_SEEK | __WASI_RIGHTS_FD_TELL)))
			return 1;
		err = err ? err : ENOTTY;
	}
	errno = err;
	return 0;
}

int isatty(int fd) __attribute__((weak, alias("__isatty")));
