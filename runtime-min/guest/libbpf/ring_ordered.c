// SPDX-License-Identifier: BSD-2-Clause
/* Where the machine keeps stores and loads in order, only the compiler has to be held back. */
#define RING_CONSUME wbpf_ring_consume_ordered
#define LOAD(p)                                                                                    \
	({                                                                                         \
		__typeof__(0 + *(p)) value_ = *(p); /* not volatile itself */                      \
		__asm__ volatile("" ::: "memory");                                                 \
		value_;                                                                            \
	})
#define STORE(p, v)                                                                                \
	do {                                                                                       \
		__asm__ volatile("" ::: "memory");                                                 \
		*(p) = (v);                                                                        \
	} while (0)
#include "guest/libbpf/ring_consume.h"
