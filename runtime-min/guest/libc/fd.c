// SPDX-License-Identifier: BSD-2-Clause
/*
 * What programs do with descriptors that may be handles. Ordinary ones go to WASI as in wasi-libc,
 * whose functions these replace.
 */
#include <errno.h>
#include <unistd.h>
#include <wasi/api.h>

#include "guest/host.h"
#include "guest/libc/standard.h"

static int fail(int err)
{
	errno = err;
	return -1;
}

int close(int fd)
{
	__wasi_errno_t err;

	if (WBPF_IS_HANDLE(fd)) {
		int ret = HOST(close, fd);

		return ret < 0 ? fail(-ret) : 0;
	}
	wbpf_standard_forget(fd);
	err = __wasi_fd_close(fd);
	return err ? fail(err) : 0;
}

ssize_t read(int fd, void *buf, size_t len)
{
	__wasi_iovec_t iov = {.buf = buf, .buf_len = len};
	__wasi_errno_t err;
	size_t got;

	if (WBPF_IS_HANDLE(fd) || (!fd && wbpf_is_standard(fd))) {
		unsigned int cut = wbpf_signals_cut;
		int ret;

		do {
			ret = HOST(file_read, fd, buf, len);
		} while (ret == -EINTR && cut == wbpf_signals_cut);
		return ret < 0 ? fail(-ret) : ret;
	}
	err = __wasi_fd_read(fd, &iov, 1, &got);
	if (wbpf_shared.signals)
		wbpf_notice();
	if (!err)
		return (ssize_t)got;
	/* WASI's way to say that the descriptor is not one to read from. */
	return fail(err == ENOTCAPABLE ? EBADF : err);
}
