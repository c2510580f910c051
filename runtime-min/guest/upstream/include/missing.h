/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Included before each of libbpf's own files: what they expect of a Linux C library and wasi-libc
 * lacks.
 */
#ifndef WBPF_UPSTREAM_MISSING_H
#define WBPF_UPSTREAM_MISSING_H

#include <errno.h>
#include <fcntl.h>

#ifndef F_DUPFD_CLOEXEC
#define F_DUPFD_CLOEXEC 1030
#endif

#endif
