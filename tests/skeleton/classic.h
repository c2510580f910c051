/* SPDX-License-Identifier: BSD-2-Clause */
/* Types that both halves know. */
#ifndef CLASSIC_H
#define CLASSIC_H

typedef unsigned long long stamp;

enum color { RED, GREEN = 5, BLUE };

struct event {
	int pid;
	unsigned long long when;
	char comm[12];
};

typedef struct {
	short x, y;
} point_t;

union number {
	int i;
	char bytes[4];
};

#endif
