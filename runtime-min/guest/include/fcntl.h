/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wasi-libc's <fcntl.h>. open() of what a BPF program can be attached to, a cgroup or a network
 * namespace, gives a handle to it, which close() and bpf_program__attach_*() take.
 */
#include_next <fcntl.h>

#ifndef WBPF_FCNTL_H
#define WBPF_FCNTL_H

#ifndef F_DUPFD_CLOEXEC
#define F_DUPFD_CLOEXEC 1030
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* By another symbol, as wasi-libc's own stands in one object with much else. */
int open(const char *path, int flags, ...) __asm__("wbpf_open");

#ifdef __cplusplus
}
#endif

#endif
