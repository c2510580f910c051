/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a handle of kind WBPF_KIND_FILE can be, by subject: call_file.c has the calls and what is
 * opened by a path, call_perf.c and call_socket.c the rest. handle.file says which it is.
 */
#ifndef WBPF_HOST_FILES_H
#define WBPF_HOST_FILES_H

#include "host/instance.h"

/* Wraps a descriptor, or passes on a negative errno, as instance_add_fd(). */
wbpf_handle file_add(struct instance *in, enum wbpf_file_kind kind, int fd);

/* What file_open() got: a struct that begins with its own size. As instance_struct(). */
int file_struct(const struct instance *in, void *to, uint32_t to_size, wbpf_addr from);

/* The descriptor of a file of that kind, or -EBADF. */
int file_fd(const struct instance *in, wbpf_handle value, enum wbpf_file_kind kind);

wbpf_handle perf_open(struct instance *in, wbpf_addr what);
int32_t perf_control(struct instance *in, int fd, uint32_t op, wbpf_addr arg, uint32_t size);

wbpf_handle socket_open(struct instance *in, wbpf_addr what);
int32_t socket_control(struct instance *in, int fd, uint32_t op, wbpf_addr arg, uint32_t size);

/* len bytes at p, to or from a socket, without an address. A caught signal ends the wait: -EINTR.
 */
int32_t socket_read(struct instance *in, int fd, void *p, uint32_t len);
int32_t socket_write(struct instance *in, int fd, const void *p, uint32_t len);

#endif
