/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Included before each of libbpf's own files: what they expect of a Linux C library and wasi-libc
 * lacks.
 */
#ifndef WBPF_UPSTREAM_MISSING_H
#define WBPF_UPSTREAM_MISSING_H

#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "guest/host.h"

/*
 * Of the system calls they make only bpf(2), by the name of its number; the program's syscall()
 * knows more, and is larger. The two others are in functions of their headers.
 */
#define syscall(number, ...) wbpf_sys##number(__VA_ARGS__)

/* Each of libbpf's functions for one command is this call and little else: what is rare is not in
 * it. */
static inline long wbpf_sys__NR_bpf(int cmd, const void *attr, unsigned int size)
{
	int32_t ret = wbpf_host_bpf((uint32_t)cmd, attr, size);

	return wbpf_is_all(ret) ? ret : wbpf_result_errno(ret);
}

static inline long wbpf_sys__NR_dup3(int from, int to, int flags)
{
	errno = ENOSYS;
	return -1;
}

static inline long wbpf_sys__NR_memfd_create(const char *name, unsigned int flags)
{
	errno = ENOSYS;
	return -1;
}

#endif
