// SPDX-License-Identifier: BSD-2-Clause
/* writev(2), which stdio writes with, in place of wasi-libc's: write() knows all descriptors. */
#include <errno.h>
#include <sys/uio.h>
#include <unistd.h>

/* As far as one part after the other is written. */
ssize_t writev(int fd, const struct iovec *iov, int count)
{
	ssize_t done = 0;

	if (count < 0) {
		errno = EINVAL;
		return -1;
	}
	for (int i = 0; i < count; i++) {
		ssize_t n;

		if (!iov[i].iov_len && i + 1 < count)
			continue;
		n = write(fd, iov[i].iov_base, iov[i].iov_len);
		if (n < 0)
			return done ? done : n;
		done += n;
		if ((size_t)n < iov[i].iov_len)
			break;
	}
	return done;
}
