/* SPDX-License-Identifier: BSD-2-Clause */
/* libbpf's messages: those of the host, and our own in the same way. */
#ifndef WBPF_GUEST_LOG_H
#define WBPF_GUEST_LOG_H

#include <bpf/libbpf.h>

/* Hands the records that wait at the host to the print callback. */
void wbpf_log_drain(void);

/* Before an object is opened: the environment may ask for more than the host queues. */
void wbpf_log_begin(void);

/* Prints through the callback that libbpf_set_print() set; libbpf's own files call it too. */
void libbpf_print(enum libbpf_print_level level, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* An error number's name ("-EACCES"), as libbpf's messages have it. libbpf_utils.c */
const char *libbpf_errstr(int err);
#define errstr(err) libbpf_errstr(err)

#define warn(fmt, ...) libbpf_print(LIBBPF_WARN, "libbpf: " fmt, ##__VA_ARGS__)

#endif
