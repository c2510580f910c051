/* SPDX-License-Identifier: BSD-2-Clause */
/* What both halves of a program include. */
#ifndef SHARED_H
#define SHARED_H

enum state { IDLE, BUSY = 7, BROKEN = -1 };
enum wide { MOST = 0xffffffffffffffffULL };

struct inner {
	unsigned char kind;
	unsigned long long value;
};

struct event {
	int pid;
	char comm[16];
	unsigned long long when;
	unsigned int flags : 3, more : 5;
	struct inner in;
	union {
		int code;
		unsigned long long address;
	};
	struct {
		short first;
		struct {
			char letter;
		} deep[2];
	} named;
	enum state state;
	enum { LOCAL = 4 } local;
	enum wide wide;
	char rest[];
};

typedef struct {
	int x, y;
} point_t;
#endif
