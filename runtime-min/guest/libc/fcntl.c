// SPDX-License-Identifier: BSD-2-Clause
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>

#include "guest/host.h"
#include "guest/libc/flags.h"

int wasi_fcntl(int fd, int cmd, ...) __asm__("fcntl");

/* A handle belongs to this module alone, and reads and writes of one never block for long. */
static int handle_fcntl(int cmd)
{
	switch (cmd) {
	case F_GETFD:
		return FD_CLOEXEC;
	case F_GETFL:
		return O_RDWR;
	case F_SETFD:
	case F_SETFL:
		return 0;
	default:
		errno = EINVAL;
		return -1;
	}
}

int fcntl(int fd, int cmd, ...)
{
	va_list args;
	int arg, ret;

	if (WBPF_IS_HANDLE(fd))
		return handle_fcntl(cmd);
	va_start(args, cmd);
	arg = va_arg(args, int); /* not there for some, and not used then */
	va_end(args);
	ret = wasi_fcntl(fd, cmd, cmd == F_SETFL ? wbpf_wasi_flags(arg) : arg);
	if (cmd == F_GETFL && ret >= 0)
		ret = wbpf_linux_flags(ret);
	return ret;
}
