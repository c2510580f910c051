// SPDX-License-Identifier: BSD-2-Clause
#include <stdlib.h>
#include <string.h>

#include "guest/host.h"
#include "guest/pages.h"

void *wbpf_pages_take(size_t len)
{
	return aligned_alloc(wbpf_page_size(), len);
}

void *wbpf_pages_alloc(size_t len)
{
	void *addr = wbpf_pages_take(len);

	if (addr)
		memset(addr, 0, len);
	return addr;
}

void wbpf_pages_free_mapped(void *addr, size_t len)
{
	if (!addr)
		return;
	/* Memory that could not be had back must never be given out again. */
	if (HOST(memory_unmap, addr, len) == 0)
		free(addr);
}
