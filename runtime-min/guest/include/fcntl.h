/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wasi-libc's <fcntl.h>, with the kernel's numbers for O_*. open() of what a BPF program can be
 * attached to, a cgroup or a network namespace, gives a handle to it, which close() and
 * bpf_program__attach_*() take.
 */
#include_next <fcntl.h>

#ifndef WBPF_FCNTL_H
#define WBPF_FCNTL_H

#ifdef __cplusplus
extern "C" {
#endif

/* By other symbols, as objects that were compiled without these headers use wasi-libc's numbers. */
int open(const char *path, int flags, ...) __asm__("wbpf_open");
int openat(int dir, const char *path, int flags, ...) __asm__("wbpf_openat");
int creat(const char *path, mode_t mode) __asm__("wbpf_creat");
int fcntl(int fd, int cmd, ...) __asm__("wbpf_fcntl");

#ifdef __cplusplus
}
#endif

#endif
