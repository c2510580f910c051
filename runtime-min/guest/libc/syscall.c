// SPDX-License-Identifier: BSD-2-Clause
#include <errno.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "guest/host.h"

static long sys_bpf(va_list args)
{
	int cmd = va_arg(args, int);
	void *attr = va_arg(args, void *);
	unsigned int size = va_arg(args, unsigned int);

	return HOST(bpf, cmd, attr, size);
}

long syscall(long number, ...)
{
	long ret = -ENOSYS;
	va_list args;

	va_start(args, number);
	if (number == __NR_bpf)
		ret = sys_bpf(args);
	else if (number == __NR_getpid || number == __NR_gettid)
		ret = getpid();
	va_end(args);
	if (ret >= 0)
		return ret;
	errno = (int)-ret;
	return -1;
}
