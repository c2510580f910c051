/* SPDX-License-Identifier: BSD-2-Clause */
/* What has another size under wasm32: long, pointers, size_t. */
typedef unsigned long size_t;
typedef long ssize_t;
typedef unsigned long ulong_t;

struct sizes {
	int before;
	long l;
	unsigned long ul;
	long long ll;
	size_t size;
	ssize_t ssize;
	ulong_t mine;
	void *p;
	const char *const text;
	struct sizes *next;
	struct hidden *hidden;
	int (*callback)(struct sizes *, void *(*)(int), ...);
	char *names[4];
	int (*table[2])(void);
	volatile long v;
};

struct sizes sizes;
