/* SPDX-License-Identifier: BSD-2-Clause */
/* What is not the same under wasm32: long, pointers, size_t, and what they align. */
#ifndef LONGS_H
#define LONGS_H

struct sock;

struct event {
	int pid;
	long when;
	void *address;
	struct sock *sk;
	__SIZE_TYPE__ size;
	unsigned long flags : 5, more : 25, straddling : 10;
	int (*call)(struct sock *, long);
	char comm[16];
	union {
		unsigned long word;
		struct event *next;
		short half;
	};
	long table[2][3];
	long rest[];
};
#endif
