/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mmap(2) of a map's descriptor: its memory itself, in whole pages. Of a file: a private copy that
 * is read when it is made. Anonymous: zeroed memory. Only a whole mapping can be unmapped.
 */
#ifndef _WASI_EMULATED_MMAN
#define _WASI_EMULATED_MMAN
#endif
#include_next <sys/mman.h>
