// SPDX-License-Identifier: BSD-2-Clause
/*
 * write(2) on descriptors that may be handles, in place of wasi-libc's. Standard output and error
 * go straight to the host: the engine's WASI starts threads for them, and with threads in the
 * process each system call takes longer.
 */
#include "guest/libc/standard.h"

#include <errno.h>
#include <unistd.h>
#include <wasi/api.h>

#include "guest/host.h"

unsigned int wbpf_standard_gone;

ssize_t write(int fd, const void *buf, size_t len)
{
	__wasi_ciovec_t iov = {.buf = buf, .buf_len = len};
	__wasi_errno_t err;
	size_t done;

	if (WBPF_IS_HANDLE(fd) || (fd > 0 && wbpf_is_standard(fd))) {
		unsigned int cut = wbpf_signals_cut;
		int ret;

		do {
			ret = HOST(file_write, fd, buf, len);
		} while (ret == -EINTR && cut == wbpf_signals_cut);
		if (ret >= 0)
			return ret;
		errno = -ret;
		return -1;
	}
	err = __wasi_fd_write(fd, &iov, 1, &done);
	if (!err)
		return (ssize_t)done;
	errno = err == ENOTCAPABLE ? EBADF : err;
	return -1;
}
