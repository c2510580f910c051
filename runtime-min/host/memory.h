/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A module's linear memory as the host sees it, and the only functions that turn a module's
 * addresses into pointers.
 *
 * The memory lies at the start of a reservation of 4 GiB and a guard, aligned to 4 GiB, and never
 * moves: a kernel region can be put in place of its pages, and the low 32 bits of a pointer into
 * it are the module's address. Everything that an address and a 32-bit length can reach lies within
 * the reservation, so that even a wrong length could not reach memory of the host.
 */
#ifndef WBPF_HOST_MEMORY_H
#define WBPF_HOST_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MEMORY_RESERVATION (UINT64_C(1) << 32) /* bytes: all that 32-bit addresses can name */

/* A kernel region that stands in place of the module's own pages. */
struct memory_range {
	uint32_t addr;
	uint32_t len; /* bytes, a multiple of the page size */
	bool writable;
	bool arena; /* of a BPF arena: the kernel may have no page for an address in it */
};

/* An access of the host that faults.c caught: a write to a read-only region, or to a page that an
 * arena does not have. */
struct memory_fault {
	bool happened;
	bool arena;
	uint32_t addr;
};

struct memory {
	uint8_t *base;
	size_t size;                 /* bytes that the module may use now; it only grows */
	size_t limit;                /* bytes that it may grow to */
	size_t guard;                /* bytes of inaccessible memory behind the reservation */
	struct memory_range *ranges; /* sorted by addr, none overlap */
	size_t nr_ranges;
	struct memory_range
		shared; /* the block that the host writes at any time; len 0: none yet */
	volatile struct memory_fault fault;
};

/* Reserves address space and makes the first size bytes accessible. 0, -ENOMEM or -EINVAL. */
int memory_new(size_t size, size_t limit, size_t guard, struct memory **ret);
void memory_free(struct memory *m); /* unmaps everything, kernel regions too; m may be NULL */

/* Makes the memory new_size bytes long. 0, or -ENOMEM past the limit. */
int memory_grow(struct memory *m, size_t new_size);

/*
 * The span [addr, addr + len) as a pointer that the host may read, or NULL when it does not lie
 * within the memory. len 0 gives a pointer for any addr within or at the end. m may be NULL.
 *
 * The module can change the bytes whenever it runs: copy once, then check the copy.
 */
static inline const void *memory_read(const struct memory *m, uint32_t addr, uint64_t len)
{
	return m && len <= m->size && addr <= m->size - len ? m->base + addr : NULL;
}

/* The same for a span that the host writes: NULL also when a part of it is a read-only region. */
void *memory_write(const struct memory *m, uint32_t addr, uint64_t len);

/* Copies between host and module. 0 or -EFAULT. */
int memory_copy_in(const struct memory *m, void *to, uint32_t from, uint32_t len);
int memory_copy_out(const struct memory *m, uint32_t to, const void *from, uint32_t len);

/*
 * Puts len bytes of fd, from offset, in place of the pages at addr. All three are multiples of
 * the page size. On failure the module's pages are as they were.
 * 0; -EINVAL for a wrong alignment; -EFAULT outside the memory; -EBUSY when a region or the shared
 * block lies there; else what mmap(2) said.
 */
int memory_map(struct memory *m, uint32_t addr, uint32_t len, bool writable, int fd,
	       uint64_t offset);

/*
 * The same for a BPF arena, which is mapped whole and from its beginning. The kernel wants it at
 * the address that it was made for (memory_host_address()), or where it was mapped first: else
 * -EINVAL, and the module's pages are as they were.
 *
 * Where the arena has no page, a pointer of memory_read() or memory_write() can fault. That is
 * caught (faults.h): the region then reads as zeroes, and the module is trapped.
 */
int memory_map_arena(struct memory *m, uint32_t addr, uint32_t len, bool writable, int fd);

/*
 * Copies to an arena that is mapped. 0; -ENOMEM when it has no page for a part of it and gets none.
 */
int memory_fill_arena(struct memory *m, uint32_t to, const void *from, size_t len);

/* The region that an address lies in, or NULL. */
const struct memory_range *memory_range_at(const struct memory *m, uint32_t addr);

/*
 * Addresses as the kernel knows them, for where an arena lies. The other way: 0 for one that lies
 * in no reservation of m's, which the module shall not see.
 */
uint64_t memory_host_address(const struct memory *m, uint32_t addr);
uint32_t memory_module_address(const struct memory *m, uint64_t host);

/* Takes away exactly the region that memory_map() put there and leaves zeroed pages. 0 or -EINVAL.
 */
int memory_unmap(struct memory *m, uint32_t addr, uint32_t len);

/*
 * Declares where the block lies that the host writes at any time; no region can be mapped over it.
 * 0; -EFAULT outside the memory or within a region; -EINVAL when not 8-byte aligned.
 */
int memory_set_shared(struct memory *m, uint32_t addr, uint32_t len);

#endif
