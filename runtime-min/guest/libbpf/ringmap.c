// SPDX-License-Identifier: BSD-2-Clause
#include "guest/libbpf/ringmap.h"

#include <errno.h>
#include <stdlib.h>

#include "guest/pages.h"

static size_t behind_consumer(uint32_t size)
{
	return wbpf_page_size() + 2 * (size_t)size;
}

int wbpf_ring_map(wbpf_handle map, uint32_t size, bool producing, uint8_t **ret)
{
	const uint32_t prot[2] = {WBPF_PROT_READ, WBPF_PROT_READ | WBPF_PROT_WRITE};
	size_t page = wbpf_page_size();
	uint8_t *area;
	int err;

	if (size > UINT32_MAX / 2 - 2 * page)
		return -E2BIG;
	area = wbpf_pages_take(page + behind_consumer(size));
	if (!area)
		return -ENOMEM;
	err = HOST(memory_map, map, prot[!producing], 0, area, page);
	if (err) {
		free(area);
		return err;
	}
	err = HOST(memory_map, map, prot[producing], page, area + page, behind_consumer(size));
	if (err)
		wbpf_pages_free_mapped(area, page);
	else
		*ret = area;
	return err;
}

void wbpf_ring_unmap(uint8_t *area, uint32_t size)
{
	size_t page = wbpf_page_size();

	/* Memory that could not be had back must never be given out again. */
	if (area && !HOST(memory_unmap, area + page, behind_consumer(size)))
		wbpf_pages_free_mapped(area, page);
}
