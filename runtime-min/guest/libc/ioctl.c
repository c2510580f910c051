// SPDX-License-Identifier: BSD-2-Clause
#include <errno.h>
#include <fcntl.h>
#include <linux/perf_event.h>
#include <stdarg.h>
#include <sys/ioctl.h>

#include "guest/host.h"

/* wasi-libc's, with its own numbers. */
int wasi_ioctl(int fd, int request, ...) __asm__("ioctl");
enum { WASI_FIONREAD = 1, WASI_FIONBIO = 2 };

static int nonblocking(int fd, const int *on)
{
	uint32_t flags = *on ? O_NONBLOCK : 0;

	return HOST(file_control, fd, WBPF_FILE_SET_FLAGS, &flags, sizeof(flags));
}

static int with_number(int fd, enum wbpf_file_op op, unsigned long arg)
{
	uint32_t number = (uint32_t)arg;

	return HOST(file_control, fd, op, &number, sizeof(number));
}

/* Where the kernel takes a pointer, the host gets what it points to. */
static int of_handle(int fd, unsigned long request, unsigned long arg)
{
	const void *p = (const void *)arg;

	switch (request) {
	case PERF_EVENT_IOC_ENABLE:
		return with_number(fd, WBPF_PERF_ENABLE, arg);
	case PERF_EVENT_IOC_DISABLE:
		return with_number(fd, WBPF_PERF_DISABLE, arg);
	case PERF_EVENT_IOC_REFRESH:
		return with_number(fd, WBPF_PERF_REFRESH, arg);
	case PERF_EVENT_IOC_RESET:
		return with_number(fd, WBPF_PERF_RESET, arg);
	case PERF_EVENT_IOC_SET_OUTPUT:
		return with_number(fd, WBPF_PERF_SET_OUTPUT, arg);
	case PERF_EVENT_IOC_SET_BPF:
		return with_number(fd, WBPF_PERF_SET_BPF, arg);
	case PERF_EVENT_IOC_PAUSE_OUTPUT:
		return with_number(fd, WBPF_PERF_PAUSE_OUTPUT, arg);
	case PERF_EVENT_IOC_PERIOD:
		return HOST(file_control, fd, WBPF_PERF_PERIOD, p, sizeof(uint64_t));
	case PERF_EVENT_IOC_ID:
		return HOST(file_control, fd, WBPF_PERF_ID, p, sizeof(uint64_t));
	case PERF_EVENT_IOC_SET_FILTER:
		return HOST(file_control, fd, WBPF_PERF_SET_FILTER, p, strlen(p));
	case PERF_EVENT_IOC_QUERY_BPF:
		return HOST(file_control, fd, WBPF_PERF_QUERY_BPF, p,
			    sizeof(struct perf_event_query_bpf) +
				    ((const struct perf_event_query_bpf *)p)->ids_len *
					    sizeof(uint32_t));
	case PERF_EVENT_IOC_MODIFY_ATTRIBUTES:
		return HOST(file_control, fd, WBPF_PERF_MODIFY, p,
			    ((const struct perf_event_attr *)p)->size);
	case FIONREAD:
		return HOST(file_control, fd, WBPF_FILE_AVAILABLE, p, sizeof(uint32_t));
	case FIONBIO:
		return nonblocking(fd, p);
	default:
		return -ENOTTY;
	}
}

int ioctl(int fd, unsigned long request, ...)
{
	unsigned long arg;
	va_list args;
	int ret;

	va_start(args, request);
	arg = va_arg(args, unsigned long); /* not there for some, and not used then */
	va_end(args);
	if (WBPF_IS_HANDLE(fd)) {
		ret = of_handle(fd, request, arg);
		if (ret >= 0)
			return ret;
		errno = -ret;
		return -1;
	}
	if (request == FIONREAD)
		return wasi_ioctl(fd, WASI_FIONREAD, arg);
	if (request == FIONBIO)
		return wasi_ioctl(fd, WASI_FIONBIO, arg);
	errno = fcntl(fd, F_GETFL) < 0 ? EBADF : ENOTTY;
	return -1;
}
