/* SPDX-License-Identifier: BSD-2-Clause */
/* Holes between fields, at the end, and one of many bytes. */
struct event {
	int pid;
	unsigned long long duration;
	char tag;
	short port;
	char last;
};

struct line {
	int a;
	int b __attribute__((aligned(64)));
	char c __attribute__((aligned(256)));
};

struct event event;
struct line line;
