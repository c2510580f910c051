/* SPDX-License-Identifier: BSD-2-Clause */
/* A component's scratch memory: arguments of the call under way, and the kernel's pages. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "host/component_calls.h"

/* Arguments lie in the lower part, regions in the upper one. Address 0 is none. */
enum { ARGUMENTS = 64 << 10, ARGUMENTS_END = 1 << 30, REGIONS = ARGUMENTS_END };
/* Of arguments, what is not given back to the system after each call. */
enum { KEPT = 1 << 20 };

static size_t whole_pages(size_t len)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	return (len + page - 1) & ~(page - 1);
}

int component_memory_new(struct component *c)
{
	const uint32_t size = sizeof(struct wbpf_shared);
	int err = memory_new(ARGUMENTS, MEMORY_RESERVATION, 0, &c->memory);

	if (err)
		return err;
	c->in->memory = c->memory;
	memcpy(component_at(c, COMPONENT_SHARED), &size, sizeof(size));
	return 0;
}

void component_memory_begin(struct component *c)
{
	if (c->used > KEPT)
		madvise(component_at(c, ARGUMENTS), whole_pages(c->used), MADV_DONTNEED);
	c->used = 0;
}

wbpf_addr component_room(struct component *c, size_t len)
{
	size_t end = ((size_t)c->used + len + 7) & ~(size_t)7;
	wbpf_addr addr = ARGUMENTS + c->used;

	if (len > ARGUMENTS_END - ARGUMENTS || end > ARGUMENTS_END - ARGUMENTS)
		return 0;
	if (ARGUMENTS + end > c->memory->size &&
	    memory_grow(c->memory, whole_pages(ARGUMENTS + end)))
		return 0;
	c->used = (uint32_t)end;
	memset(component_at(c, addr), 0, len);
	return addr;
}

wbpf_addr component_put(struct component *c, const void *bytes, size_t len)
{
	wbpf_addr addr = component_room(c, len);

	if (addr && len)
		memcpy(component_at(c, addr), bytes, len);
	return addr;
}

struct wbpf_str component_put_str(struct component *c, const void *text, size_t len)
{
	return (struct wbpf_str){component_put(c, text, len), (uint32_t)len};
}

int component_region_new(struct component *c, uint32_t bytes, const struct region *like,
			 struct region *ret)
{
	struct region *regions = realloc(c->regions, (c->nr_regions + 1) * sizeof(*regions));
	uint64_t addr = REGIONS, len = whole_pages(bytes);
	size_t at = 0;

	if (!regions)
		return -ENOMEM;
	c->regions = regions;
	/* The first gap that it fits into. */
	for (; at < c->nr_regions && regions[at].addr - addr < len; at++)
		addr = (uint64_t)regions[at].addr + regions[at].len;
	if (addr + len > MEMORY_RESERVATION ||
	    (addr + len > c->memory->size && memory_grow(c->memory, addr + len)))
		return -ENOMEM;
	*ret = *like;
	ret->addr = (wbpf_addr)addr;
	ret->len = (uint32_t)len;
	memmove(&regions[at + 1], &regions[at], (c->nr_regions - at) * sizeof(*regions));
	regions[at] = *ret;
	c->nr_regions++;
	return 0;
}

void component_region_free(struct component *c, wbpf_addr addr)
{
	size_t at = 0;

	while (at < c->nr_regions && c->regions[at].addr != addr)
		at++;
	if (at == c->nr_regions)
		return;
	c->nr_regions--;
	memmove(&c->regions[at], &c->regions[at + 1], (c->nr_regions - at) * sizeof(*c->regions));
}
