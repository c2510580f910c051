// SPDX-License-Identifier: BSD-2-Clause
/* Where the machine keeps stores and loads in order, only the compiler has to be held back. */
#define RING_HAND_OVER wbpf_ring_hand_over_ordered
#define LOAD(p)                                                                                    \
	({                                                                                         \
		__typeof__(0 + *(p)) value_ = *(p); /* not volatile itself */                      \
		__asm__ volatile("" ::: "memory");                                                 \
		value_;                                                                            \
	})
#include "guest/libbpf/ring_consume.h"
