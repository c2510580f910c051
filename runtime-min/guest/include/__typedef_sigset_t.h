/* SPDX-License-Identifier: BSD-2-Clause */
/* In place of wasi-libc's, which has room for 8 signals. */
#ifndef __wasilibc___typedef_sigset_t_h
#define __wasilibc___typedef_sigset_t_h

typedef struct {
	unsigned long long __bits;
} sigset_t;

#endif
