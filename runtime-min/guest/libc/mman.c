// SPDX-License-Identifier: BSD-2-Clause
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "guest/host.h"
#include "guest/pages.h"

/* munmap() must know what it has before it. */
struct mapping {
	struct mapping *next;
	void *addr;
	size_t len;  /* whole pages */
	bool mapped; /* by the host */
	bool fixed;  /* in memory that the program had already */
};

static struct mapping *mappings;

/* A file's bytes; what lies behind its end reads as 0. Returns 0 or a positive errno. */
static int read_file(int fd, off_t off, char *buf, size_t len)
{
	size_t done = 0;

	while (done < len) {
		ssize_t n = pread(fd, buf + done, len - done, off + (off_t)done);

		if (n < 0)
			return errno;
		if (n == 0)
			break;
		done += (size_t)n;
	}
	return 0;
}

static int fill(struct mapping *m, int prot, int flags, int fd, off_t off)
{
	uint32_t p = 0;

	if (flags & MAP_ANONYMOUS)
		return 0;
	if (!WBPF_IS_HANDLE(fd)) {
		if ((flags & MAP_SHARED) && (prot & PROT_WRITE))
			return ENODEV;
		return read_file(fd, off, m->addr, m->len);
	}
	if (prot & (PROT_READ | PROT_WRITE)) /* nothing can be written and not read */
		p |= WBPF_PROT_READ;
	if (prot & PROT_WRITE)
		p |= WBPF_PROT_WRITE;
	m->mapped = true;
	return -HOST(memory_map, fd, p, (uint64_t)off, m->addr, m->len);
}

/* Over memory that the program has, only what the host can map: an arena has its place. */
static bool is_possible(const void *addr, size_t len, int flags, int fd, off_t off)
{
	uintptr_t page = wbpf_page_size();

	if (!len || off % (off_t)page)
		return false;
	return !(flags & MAP_FIXED) ||
	       (!(flags & MAP_ANONYMOUS) && WBPF_IS_HANDLE(fd) && !((uintptr_t)addr & (page - 1)));
}

/* What gets the kernel's pages at once need not be zeroes before. */
static void *take_pages(size_t len, int flags, int fd)
{
	return !(flags & MAP_ANONYMOUS) && WBPF_IS_HANDLE(fd) ? wbpf_pages_take(len)
							      : wbpf_pages_alloc(len);
}

void *mmap(void *addr, size_t len, int prot, int flags, int fd, off_t off)
{
	struct mapping *m;
	int err;

	if (!is_possible(addr, len, flags, fd, off)) {
		errno = EINVAL;
		return MAP_FAILED;
	}
	m = calloc(1, sizeof(*m));
	if (m) {
		m->len = wbpf_page_round(len);
		m->fixed = flags & MAP_FIXED;
		m->addr = m->fixed ? addr : take_pages(m->len, flags, fd);
	}
	if (!m || !m->addr) {
		free(m);
		errno = ENOMEM;
		return MAP_FAILED;
	}
	err = fill(m, prot, flags, fd, off);
	if (err) {
		if (!m->fixed)
			free(m->addr);
		free(m);
		errno = err;
		return MAP_FAILED;
	}
	m->next = mappings;
	mappings = m;
	return m->addr;
}

int munmap(void *addr, size_t len)
{
	struct mapping **link = &mappings, *m;

	while ((m = *link) && m->addr != addr)
		link = &m->next;
	if (!m || m->len != wbpf_page_round(len)) {
		errno = EINVAL;
		return -1;
	}
	*link = m->next;
	if (m->fixed)
		HOST(memory_unmap, m->addr, m->len);
	else if (m->mapped)
		wbpf_pages_free_mapped(m->addr, m->len);
	else
		free(m->addr);
	free(m);
	return 0;
}

/* What can be written is the kernel's own memory or nobody else's. */
int msync(void *addr, size_t len, int flags)
{
	return 0;
}

/* Nothing to do for memory that cannot be paged out by us. */
int madvise(void *addr, size_t len, int advice)
{
	return 0;
}
