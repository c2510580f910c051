/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory order between the module and the kernel, in memory that both have mapped. On machines that
 * keep stores in order plain accesses do, if the compiler keeps them too.
 */
#ifndef WBPF_GUEST_ORDER_H
#define WBPF_GUEST_ORDER_H

#include <stdint.h>

#include "guest/host.h"

/* Wasm's atomic accesses, sequentially consistent. */
uint64_t wbpf_atomic_load(const volatile uint64_t *p);
void wbpf_atomic_store(volatile uint64_t *p, uint64_t value);
void wbpf_atomic_store32(volatile uint32_t *p, uint32_t value);

static inline int wbpf_ordered(void)
{
	return wbpf_shared.properties & WBPF_PROP_TSO;
}

/* Loads before everything that follows. */
static inline uint64_t wbpf_load_acquire(const volatile uint64_t *p)
{
	uint64_t value;

	if (!wbpf_ordered())
		return wbpf_atomic_load(p);
	value = *p;
	__asm__ volatile("" ::: "memory");
	return value;
}

/* Stores after everything before. */
static inline void wbpf_store_release(volatile uint64_t *p, uint64_t value)
{
	if (!wbpf_ordered()) {
		wbpf_atomic_store(p, value);
		return;
	}
	__asm__ volatile("" ::: "memory");
	*p = value;
}

static inline void wbpf_store_release32(volatile uint32_t *p, uint32_t value)
{
	if (!wbpf_ordered()) {
		wbpf_atomic_store32(p, value);
		return;
	}
	__asm__ volatile("" ::: "memory");
	*p = value;
}

#endif
