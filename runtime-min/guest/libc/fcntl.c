// SPDX-License-Identifier: BSD-2-Clause
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>

#include "guest/host.h"
#include "guest/libc/flags.h"

int wasi_fcntl(int fd, int cmd, ...) __asm__("fcntl");

/* A handle belongs to this module alone. Files and sockets can be told not to block. */
static int handle_fcntl(int fd, int cmd, int arg)
{
	uint32_t flags = (uint32_t)arg & O_NONBLOCK;
	int ret;

	if (cmd == F_GETFD)
		return FD_CLOEXEC;
	if (cmd == F_SETFD)
		return 0;
	if (cmd != F_GETFL && cmd != F_SETFL)
		return wbpf_ret_errno(-EINVAL);
	if (WBPF_HANDLE_KIND(fd) != WBPF_KIND_FILE)
		return cmd == F_GETFL ? O_RDWR : 0;
	if (cmd == F_SETFL)
		return wbpf_ret_errno(
			HOST(file_control, fd, WBPF_FILE_SET_FLAGS, &flags, sizeof(flags)));
	ret = HOST(file_control, fd, WBPF_FILE_FLAGS, NULL, 0);
	return ret < 0 ? wbpf_ret_errno(ret) : ret | O_RDWR;
}

int fcntl(int fd, int cmd, ...)
{
	va_list args;
	int arg, ret;

	va_start(args, cmd);
	arg = va_arg(args, int); /* not there for some, and not used then */
	va_end(args);
	if (WBPF_IS_HANDLE(fd))
		return handle_fcntl(fd, cmd, arg);
	ret = wasi_fcntl(fd, cmd, cmd == F_SETFL ? wbpf_wasi_flags(arg) : arg);
	if (cmd == F_GETFL && ret >= 0)
		ret = wbpf_linux_flags(ret);
	return ret;
}
