// SPDX-License-Identifier: BSD-2-Clause
/* Wasm's atomics, which work on a memory that is not shared too; compiled with -matomics. */
#include "guest/libbpf/order.h"

uint64_t wbpf_atomic_load(const volatile uint64_t *p)
{
	return __atomic_load_n(p, __ATOMIC_SEQ_CST);
}

void wbpf_atomic_store(volatile uint64_t *p, uint64_t value)
{
	__atomic_store_n(p, value, __ATOMIC_SEQ_CST);
}

void wbpf_atomic_store32(volatile uint32_t *p, uint32_t value)
{
	__atomic_store_n(p, value, __ATOMIC_SEQ_CST);
}
