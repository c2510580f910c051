/* SPDX-License-Identifier: BSD-2-Clause */
/* What things.bpf.c and the programs that use it agree on. */
#ifndef THINGS_H
#define THINGS_H

/* Its size is no multiple of 8, as that of most records is not. */
struct record {
	unsigned int number;
	unsigned char fill[249];
} __attribute__((packed));

/* What the emitting program is asked for. */
struct order {
	unsigned int first;
	unsigned int count;
	unsigned int discard_every; /* 0: none */
	unsigned int ring;          /* 0 or 1 */
	unsigned int flags;         /* of submitting */
};

struct pair {
	long long a;
	int b;
	char c;
};

#endif
