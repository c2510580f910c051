/* SPDX-License-Identifier: BSD-2-Clause */
/* The GNU C library's error(). */
#ifndef WBPF_ERROR_H
#define WBPF_ERROR_H

#ifdef __cplusplus
extern "C" {
#endif

void error(int status, int errnum, const char *format, ...)
	__attribute__((__format__(__printf__, 3, 4)));
extern unsigned int error_message_count;

#ifdef __cplusplus
}
#endif

#endif
