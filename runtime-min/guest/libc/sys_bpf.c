// SPDX-License-Identifier: BSD-2-Clause
/* The one system call of libbpf's own files, without the others (upstream/include/missing.h). */
#include <errno.h>
#include <stdarg.h>
#include <sys/syscall.h>

#include "guest/host.h"

long wbpf_sys_bpf(long number, ...);

long wbpf_sys_bpf(long number, ...)
{
	int ret = -ENOSYS;
	va_list args;

	va_start(args, number);
	if (number == __NR_bpf) {
		int cmd = va_arg(args, int);
		void *attr = va_arg(args, void *);

		ret = HOST(bpf, cmd, attr, va_arg(args, unsigned int));
	}
	va_end(args);
	if (ret >= 0)
		return ret;
	errno = -ret;
	return -1;
}
