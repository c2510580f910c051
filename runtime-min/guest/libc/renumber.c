// SPDX-License-Identifier: BSD-2-Clause
/* What freopen() puts a file in the place of another with; in place of wasi-libc's. */
#include <errno.h>
#include <wasi/api.h>

#include "guest/libc/standard.h"

int __wasilibc_fd_renumber(int fd, int newfd);
int __wasilibc_fd_renumber(int fd, int newfd)
{
	__wasi_errno_t err = __wasi_fd_renumber(fd, newfd);

	if (err) {
		errno = err;
		return -1;
	}
	wbpf_standard_forget(fd);
	wbpf_standard_forget(newfd);
	return 0;
}
