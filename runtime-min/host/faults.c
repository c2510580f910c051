/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/faults.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "host/memory.h"

enum { MAX_WATCHED = 1024 };

/*
 * A fault belongs to the process, so this does too. Modules come and go on other threads while a
 * handler looks: it takes memory for there only when the faulting address lies in it, because then
 * the thread that runs its module is this one.
 */
static struct {
	_Atomic(struct memory *) memory;
	_Atomic(const uint8_t *) base; /* NULL: not in use */
} watched[MAX_WATCHED];
static struct sigaction before;
static size_t page_size;

/* The memory that has a region at the address whose access may fault, or NULL. */
static struct memory *find(const uint8_t *address, uint32_t *ret_addr,
			   const struct memory_range **ret)
{
	for (size_t i = 0; i < MAX_WATCHED; i++) {
		const uint8_t *base = atomic_load(&watched[i].base);
		if (!base || address < base || address >= base + MEMORY_RESERVATION)
			continue;
		struct memory *m = atomic_load(&watched[i].memory);
		if (!m || m->base != base || address >= base + m->size)
			continue;
		uint32_t addr = (uint32_t)(address - m->base);
		*ret_addr = addr;
		*ret = memory_range_at(m, addr);
		return *ret && ((*ret)->arena || !(*ret)->writable) ? m : NULL;
	}
	return NULL;
}

/* Puts a private, writable copy in place of the page. Only system calls: this runs in a handler. */
static bool replace_page(uint8_t *page)
{
	void *copy =
		mmap(NULL, page_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (copy == MAP_FAILED)
		return false;
	memcpy(copy, page, page_size);
	return mremap(copy, page_size, page_size, MREMAP_MAYMOVE | MREMAP_FIXED, page) !=
	       MAP_FAILED;
}

static bool replace_arena(const struct memory *m, const struct memory_range *r)
{
	return mmap(m->base + r->addr, r->len, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0) != MAP_FAILED;
}

static bool replace(const struct memory *m, const struct memory_range *r, uint32_t addr)
{
	return r->arena ? replace_arena(m, r)
			: replace_page(m->base + (addr & ~((uint32_t)page_size - 1)));
}

static void on_fault(int signo, siginfo_t *info, void *context)
{
	int saved_errno = errno;
	const struct memory_range *range;
	uint32_t addr = 0;
	struct memory *m = find(info->si_addr, &addr, &range);

	if (m && replace(m, range, addr)) {
		m->fault.addr = addr;
		m->fault.arena = range->arena;
		m->fault.happened = true;
	} else {
		/* Not ours: it happens again, to whoever cared before. */
		sigaction(signo, &before, NULL);
	}
	errno = saved_errno;
}

static void install(void)
{
	struct sigaction sa = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK};

	page_size = (size_t)sysconf(_SC_PAGESIZE);
	sigemptyset(&sa.sa_mask);
	sigaction(SIGSEGV, &sa, &before);
}

void faults_catch(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, install);
}

void faults_watch(struct memory *m)
{
	for (size_t i = 0; i < MAX_WATCHED; i++) {
		struct memory *none = NULL;
		if (atomic_compare_exchange_strong(&watched[i].memory, &none, m)) {
			atomic_store(&watched[i].base, m->base);
			return;
		}
	}
	/* More modules than places: a write to a read-only page in this one ends the process. */
}

void faults_forget(struct memory *m)
{
	for (size_t i = 0; i < MAX_WATCHED; i++) {
		if (atomic_load(&watched[i].memory) != m)
			continue;
		atomic_store(&watched[i].base, NULL);
		atomic_store(&watched[i].memory, NULL);
		return;
	}
}
