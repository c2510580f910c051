/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/memory.h"

#include <errno.h>
#include <stdio.h>
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

/* Whether a region can lie there, and room for one more in the table: 0, and where in it. */
static int prepare_range(struct memory *m, uint32_t addr, uint32_t len, size_t *ret)
{
	if (!len || !page_aligned(addr) || !page_aligned(len))
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
	*ret = at;
	return 0;
}

static void insert_range(struct memory *m, size_t at, const struct memory_range *r)
{
	memmove(&m->ranges[at + 1], &m->ranges[at], (m->nr_ranges - at) * sizeof(*m->ranges));
	m->ranges[at] = *r;
	m->nr_ranges++;
}

int memory_map(struct memory *m, uint32_t addr, uint32_t len, bool writable, int fd,
	       uint64_t offset)
{
	size_t at;
	int err = page_aligned(offset) ? prepare_range(m, addr, len, &at) : -EINVAL;

	if (err)
		return err;
	/* Mapped elsewhere first and then moved: a MAP_FIXED that fails would leave a hole. */
	int prot = PROT_READ | (writable ? PROT_WRITE : 0);
	void *p = mmap(NULL, len, prot, MAP_SHARED, fd, (off_t)offset);
	if (p == MAP_FAILED)
		return -errno;
	if (mremap(p, len, len, MREMAP_MAYMOVE | MREMAP_FIXED, m->base + addr) == MAP_FAILED) {
		err = -errno;
		munmap(p, len);
		put_zeroes(m, addr, len); /* the kernel may have taken the old pages away already */
		return err;
	}
	insert_range(m, at, &(struct memory_range){.addr = addr, .len = len, .writable = writable});
	return 0;
}

/* Whether the descriptor is of a map that nobody may write to any more. 1, 0, or a negative errno.
 */
static int is_frozen(int fd)
{
	char path[64], line[128];
	int frozen = 0;

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	FILE *f = fopen(path, "re");
	if (!f)
		return errno == ENOENT ? -EBADF : -errno;
	while (fgets(line, sizeof(line), f))
		frozen |= !strcmp(line, "frozen:\t1\n");
	fclose(f);
	return frozen;
}

/*
 * An arena cannot be moved, so it is mapped in place. What the kernel may refuse (another address
 * or size, a descriptor that is only for reading) it refuses before it takes the old pages away
 * (arena_get_unmapped_area() in kernel/bpf/arena.c), but for a frozen map, which is looked at here;
 * behind that only memory can be short.
 */
int memory_map_arena(struct memory *m, uint32_t addr, uint32_t len, bool writable, int fd)
{
	int prot = PROT_READ | (writable ? PROT_WRITE : 0);
	size_t at;
	int err = prepare_range(m, addr, len, &at), frozen = writable ? is_frozen(fd) : 0;

	if (err || frozen)
		return err ? err : frozen < 0 ? frozen : -EPERM;
	if (mmap(m->base + addr, len, prot, MAP_SHARED | MAP_FIXED, fd, 0) == MAP_FAILED) {
		err = -errno;
		if (msync(m->base + addr, len, MS_ASYNC) < 0 && errno == ENOMEM)
			put_zeroes(m, addr, len);
		return err;
	}
	insert_range(m, at,
		     &(struct memory_range){
			     .addr = addr, .len = len, .writable = writable, .arena = true});
	return 0;
}

int memory_fill_arena(struct memory *m, uint32_t to, const void *from, size_t len)
{
	if (!memory_write(m, to, len))
		return -EFAULT;
	/* By the kernel, to which a page that cannot be had is an error and no fault. */
	int fd = memfd_create("wbpf-arena", MFD_CLOEXEC), err = fd < 0 ? -errno : 0;
	for (size_t done = 0; !err && done < len;) {
		ssize_t n = write(fd, (const uint8_t *)from + done, len - done);
		if (n < 0)
			err = -errno;
		done += n < 0 ? 0 : (size_t)n;
	}
	for (size_t done = 0; !err && done < len;) {
		ssize_t n = pread(fd, m->base + to + done, len - done, (off_t)done);
		if (n <= 0)
			err = -ENOMEM;
		done += n < 0 ? 0 : (size_t)n;
	}
	if (fd >= 0)
		close(fd);
	return err;
}

const struct memory_range *memory_range_at(const struct memory *m, uint32_t addr)
{
	size_t at = first_range_behind(m, addr);

	return at < m->nr_ranges && overlaps(&m->ranges[at], addr, 1) ? &m->ranges[at] : NULL;
}

uint64_t memory_host_address(const struct memory *m, uint32_t addr)
{
	return (uintptr_t)m->base + addr;
}

uint32_t memory_module_address(const struct memory *m, uint64_t host)
{
	uint64_t base = m ? (uintptr_t)m->base : 0;

	return m && host >= base && host - base < MEMORY_RESERVATION ? (uint32_t)(host - base) : 0;
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
