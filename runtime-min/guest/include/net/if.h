/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interface names and numbers, which wasi-libc does not have. Flags and structs are the kernel's.
 */
#ifndef WBPF_NET_IF_H
#define WBPF_NET_IF_H

#include <linux/if.h>

#ifdef __cplusplus
extern "C" {
#endif

#define IF_NAMESIZE IFNAMSIZ

/* 0 with errno set when there is none. */
unsigned int if_nametoindex(const char *name);

/* name: IF_NAMESIZE bytes. NULL with errno set when there is none. */
char *if_indextoname(unsigned int index, char *name);

#ifdef __cplusplus
}
#endif

#endif
