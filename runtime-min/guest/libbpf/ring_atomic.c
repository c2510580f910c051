// SPDX-License-Identifier: BSD-2-Clause
/* Wasm's atomics, which work on a memory that is not shared too; compiled with -matomics. */
#define RING_HAND_OVER wbpf_ring_hand_over_atomic
#define LOAD(p) __atomic_load_n(p, __ATOMIC_ACQUIRE)
#include "guest/libbpf/ring_consume.h"
