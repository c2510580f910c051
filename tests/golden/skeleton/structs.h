/* SPDX-License-Identifier: BSD-2-Clause */
/* What a program's two halves share: its user includes this before the skeleton. */
#ifndef STRUCTS_H
#define STRUCTS_H

struct event {
	int pid;
	unsigned long long time;
	char name[16];
};

typedef struct {
	int x, y;
} point_t;

typedef struct event event_t;

enum mode { QUIET, LOUD };
typedef enum mode mode_t_;

union number {
	int i;
	float f;
};

#endif
