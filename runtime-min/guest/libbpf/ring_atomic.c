// SPDX-License-Identifier: BSD-2-Clause
/* Wasm's atomics, which work on a memory that is not shared too; compiled with -matomics. */
#define RING_CONSUME wbpf_ring_consume_atomic
#define LOAD(p) __atomic_load_n(p, __ATOMIC_ACQUIRE)
#define STORE(p, v) __atomic_store_n(p, v, __ATOMIC_RELEASE)
#include "guest/libbpf/ring_consume.h"
