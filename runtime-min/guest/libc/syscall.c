// SPDX-License-Identifier: BSD-2-Clause
/* syscall(2), for what has no function of its own or is often called by number. */
#include <errno.h>
#include <linux/perf_event.h>
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

static long sys_perf_event_open(va_list args)
{
	struct wbpf_perf_event event = {.size = sizeof(event)};

	event.attr = (wbpf_addr)(uintptr_t)va_arg(args, void *);
	event.pid = va_arg(args, int);
	event.cpu = va_arg(args, int);
	event.group = va_arg(args, int);
	event.flags = va_arg(args, unsigned long);
	return HOST(file_open, WBPF_FILE_PERF_EVENT, &event);
}

static long sys_pidfd_open(va_list args)
{
	struct wbpf_pidfd pidfd = {.size = sizeof(pidfd)};

	pidfd.pid = va_arg(args, int);
	pidfd.flags = va_arg(args, unsigned int);
	return HOST(file_open, WBPF_FILE_PIDFD, &pidfd);
}

long syscall(long number, ...)
{
	long ret = -ENOSYS;
	va_list args;

	va_start(args, number);
	if (number == __NR_bpf)
		ret = sys_bpf(args);
	else if (number == __NR_perf_event_open)
		ret = sys_perf_event_open(args);
	else if (number == __NR_pidfd_open)
		ret = sys_pidfd_open(args);
	else if (number == __NR_getpid || number == __NR_gettid)
		ret = getpid();
	else if (number == __NR_getppid)
		ret = getppid();
	va_end(args);
	if (ret >= 0)
		return ret;
	errno = (int)-ret;
	return -1;
}
