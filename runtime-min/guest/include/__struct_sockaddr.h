/* SPDX-License-Identifier: BSD-2-Clause */
/* In place of wasi-libc's: as the kernel's. */
#ifndef __wasilibc___struct_sockaddr_h
#define __wasilibc___struct_sockaddr_h

#include <__typedef_sa_family_t.h>

struct sockaddr {
	sa_family_t sa_family;
	char sa_data[14];
};

#endif
