/* SPDX-License-Identifier: BSD-2-Clause */
/* What ops.bpf.c and the measurements in ops*.c agree on. */
#ifndef OPS_H
#define OPS_H

#define ENTRIES 4096 /* of each map; a power of two */
#define MAX_RECORD 4000

enum route { TO_RING, TO_RING_AND_WAKE, TO_PERF };

/* The arguments of emit, as those of a raw tracepoint: count records of size bytes. */
struct order {
	unsigned long long count;
	unsigned long long size;
	unsigned long long route; /* enum route */
};

/* How a record begins: with its number, from 0 on in each order. */
struct record {
	unsigned long long number;
};

#ifndef __bpf__
#include <stdbool.h>
#include <stdint.h>

struct ops_bpf;

struct measurement {
	const char *name;
	unsigned int ops;         /* in one pass */
	unsigned int record_size; /* where records are what is counted */
	/* After loading. 0 or a negative errno. */
	int (*prepare)(struct ops_bpf *skel, const struct measurement *m);
	/* Does the operations and sets the ns that they took. False: what they gave is wrong. */
	bool (*pass)(struct ops_bpf *skel, const struct measurement *m, uint64_t *ret_ns);
};

/* Each ends with an entry that has no name. */
extern const struct measurement map_measurements[], ring_measurements[];

uint64_t now_ns(void);

/* What the compiler must read each time, as it must what another thread or the kernel writes. */
#define READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))
#endif

#endif
