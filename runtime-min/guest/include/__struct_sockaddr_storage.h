/* SPDX-License-Identifier: BSD-2-Clause */
/* In place of wasi-libc's: as the kernel's. */
#ifndef __wasilibc___struct_sockaddr_storage_h
#define __wasilibc___struct_sockaddr_storage_h

#include <__typedef_sa_family_t.h>

struct sockaddr_storage {
	sa_family_t ss_family;
	char __ss_padding[118];
	unsigned long long __ss_align;
};

#endif
