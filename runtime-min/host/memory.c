/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/memory.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "host/faults.h"

static size_t page_size(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

static bool page_aligned(uint64_t n)
{
	return (n & (page_size() - 1)) == 0;
}

/* Reserves len bytes at a multiple of 4 GiB: twice as much, then the ends go back. */
static uint8_t *reserve_aligned(size_t len)
{
	size_t whole = len + MEMORY_RESERVATION;
	uint8_t *p =
		mmap(NULL, whole, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (p == MAP_FAILED)
		return NULL;
	size_t head = (size_t)(-(uintptr_t)p & (MEMORY_RESERVATION - 1));
	if (head)
		munmap(p, head);
	if (whole - head > len)
		munmap(p + head + len, whole - head - len);
	return p + head;
}

int memory_new(size_t size, size_t limit, size_t guard, struct memory **ret)
{
	if (limit > MEMORY_RESERVATION)
		limit = MEMORY_RESERVATION;
	if (size > limit)
		return -ENOMEM;
	if (!page_aligned(size) || !page_aligned(guard))
		return -EINVAL;

	struct memory *m = calloc(1, sizeof(*m));
	if (!m)
		return -ENOMEM;
	m->limit = limit;
	m->guard = guard;
	m->base = reserve_aligned(MEMORY_RESERVATION + guard);
	if (!m->base || memory_grow(m, size)) {
		memory_free(m);
		return -ENOMEM;
	}
	faults_watch(m);
	*ret = m;
	return 0;
}

void memory_free(struct memory *m)
{
	if (!m)
		return;
	faults_forget(m);
	if (m->base)
		munmap(m->base, MEMORY_RESERVATION + m->guard);
	free(m->ranges);
	free(m);
}

int memory_grow(struct memory *m, size_t new_size)
{
	if (new_size > m->limit)
		return -ENOMEM;
	if (new_size > m->size) {
		if (mprotect(m->base + m->size, new_size - m->size, PROT_READ | PROT_WRITE) < 0)
			return -ENOMEM;
		m->size = new_size;
	}
	return 0;
}

static bool inside(const struct memory *m, uint32_t addr, uint64_t len)
{
	return memory_read(m, addr, len) != NULL;
}

static bool overlaps(const struct memory_range *r, uint32_t addr, uint64_t len)
{
	return r->len && len && addr < (uint64_t)r->addr + r->len && r->addr < addr + len;
}

/* The index of the first region that ends behind addr. */
static size_t first_range_behind(const struct memory *m, uint32_t addr)
{
	size_t low = 0, high = m->nr_ranges;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct memory_range *r = &m->ranges[middle];
		if ((uint64_t)r->addr + r->len <= addr)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void *memory_write(const struct memory *m, uint32_t addr, uint64_t len)
{
	if (!inside(m, addr, len))
		return NULL;
	for (size_t i = first_range_behind(m, addr); i < m->nr_ranges; i++) {
		if (!overlaps(&m->ranges[i], addr, len))
			break;
		if (!m->ranges[i].writable)
			return NULL;
	}
	return m->base + addr;
}

int memory_copy_in(const struct memory *m, void *to, uint32_t from, uint32_t len)
{
	const void *p = memory_read(m, from, len);

	if (!p)
		return -EFAULT;
	if (len)
		memcpy(to, p, len);
	return 0;
}

int memory_copy_out(const struct memory *m, uint32_t to, const void *from, uint32_t len)
{
	void *p = memory_write(m, to, len);

	if (!p)
		return -EFAULT;
	if (len)
		memcpy(p, from, len);
	return 0;
}

/*
 * Fresh pages in place of what is there. There must never be a hole: the next mapping that the host
 * makes could land in it, and be the module's.
 */
static int put_zeroes(struct memory *m, uint32_t addr, uint32_t len)
{
	return mmap(m->base + addr, len, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0) == MAP_FAILED
		       ? -errno
		       : 0;
}

int memory_map(struct memory *m, uint32_t addr, uint32_t len, bool writable, int fd,
	       uint64_t offset)
{
	if (!len || !page_aligned(addr) || !page_aligned(len) || !page_aligned(offset))
		return -EINVAL;
	if (!inside(m, addr, len))
		return -EFAULT;
	size_t at = first_range_behind(m, addr);
	if (overlaps(&m->shared, addr, len) ||
	    (at < m->nr_ranges && overlaps(&m->ranges[at], addr, len)))
		return -EBUSY;

	struct memory_range *ranges = realloc(m->ranges, (m->nr_ranges + 1) * sizeof(*ranges));
	if (!ranges)
		return -ENOMEM;
	m->ranges = ranges;

	/* Mapped elsewhere first and then moved: a MAP_FIXED that fails would leave a hole. */
	int prot = PROT_READ | (writable ? PROT_WRITE : 0);
	void *p = mmap(NULL, len, prot, MAP_SHARED, fd, (off_t)offset);
	if (p == MAP_FAILED)
		return -errno;
	if (mremap(p, len, len, MREMAP_MAYMOVE | MREMAP_FIXED, m->base + addr) == MAP_FAILED) {
		int err = -errno;
		munmap(p, len);
		put_zeroes(m, addr, len); /* the kernel may have taken the old pages away already */
		return err;
	}

	memmove(&ranges[at + 1], &ranges[at], (m->nr_ranges - at) * sizeof(*ranges));
	ranges[at] = (struct memory_range){.addr = addr, .len = len, .writable = writable};
	m->nr_ranges++;
	return 0;
}

int memory_unmap(struct memory *m, uint32_t addr, uint32_t len)
{
	size_t at = m ? first_range_behind(m, addr) : 0;

	if (!m || at == m->nr_ranges || m->ranges[at].addr != addr || m->ranges[at].len != len)
		return -EINVAL;
	int err = put_zeroes(m, addr, len);
	if (err)
		return err;
	m->nr_ranges--;
	memmove(&m->ranges[at], &m->ranges[at + 1], (m->nr_ranges - at) * sizeof(*m->ranges));
	return 0;
}

int memory_set_shared(struct memory *m, uint32_t addr, uint32_t len)
{
	if (addr % 8)
		return -EINVAL;
	if (!inside(m, addr, len))
		return -EFAULT;
	size_t at = first_range_behind(m, addr);
	if (at < m->nr_ranges && overlaps(&m->ranges[at], addr, len))
		return -EFAULT;
	m->shared = (struct memory_range){.addr = addr, .len = len, .writable = true};
	return 0;
}
