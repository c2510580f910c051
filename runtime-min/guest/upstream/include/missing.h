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

/* Of the system calls they make only bpf(2); the program's syscall() knows more, and is larger. */
long wbpf_sys_bpf(long number, ...);
#define syscall wbpf_sys_bpf

#endif
