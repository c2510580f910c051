// SPDX-License-Identifier: BSD-2-Clause
/* readv(2), which stdio reads with, on descriptors that may be handles; in place of wasi-libc's. */
#include <errno.h>
#include <sys/uio.h>
#include <unistd.h>
#include <wasi/api.h>

#include "guest/host.h"
#include "guest/libc/standard.h"

_Static_assert(sizeof(struct iovec) == sizeof(__wasi_iovec_t), "the one is taken for the other");

/* As far as one part after the other is filled. */
static ssize_t read_handle(int fd, const struct iovec *iov, int count)
{
	ssize_t done = 0;

	for (int i = 0; i < count; i++) {
		ssize_t n = iov[i].iov_len ? read(fd, iov[i].iov_base, iov[i].iov_len) : 0;

		if (n < 0)
			return done ? done : n;
		done += n;
		if ((size_t)n < iov[i].iov_len)
			break;
	}
	return done;
}

ssize_t readv(int fd, const struct iovec *iov, int count)
{
	__wasi_errno_t err;
	size_t got;

	if (count < 0) {
		errno = EINVAL;
		return -1;
	}
	if (WBPF_IS_HANDLE(fd) || (!fd && wbpf_is_standard(fd)))
		return read_handle(fd, iov, count);
	err = __wasi_fd_read(fd, (const __wasi_iovec_t *)iov, (size_t)count, &got);
	if (!err)
		return (ssize_t)got;
	errno = err == ENOTCAPABLE ? EBADF : err;
	return -1;
}
