/* SPDX-License-Identifier: BSD-2-Clause */
/* Whole pages of the module's memory, which the host can put a map's pages in place of. */
#ifndef WBPF_GUEST_PAGES_H
#define WBPF_GUEST_PAGES_H

#include <stddef.h>
#include <stdint.h>

/*
 * len: a multiple of the page size. Zeroed; NULL when memory ran out. free() it while not mapped.
 */
void *wbpf_pages_alloc(size_t len);

/* The same with whatever is in it: for what gets the host's pages at once. */
void *wbpf_pages_take(size_t len);

/* Takes the host's pages away and frees the memory. */
void wbpf_pages_free_mapped(void *addr, size_t len);

#endif
