/* SPDX-License-Identifier: BSD-2-Clause */
/* Scalars, pointers, arrays: the plain part of the mapping. */
#include "../skeleton/bpf.h"

typedef __u64 u64;
typedef int pid_t;
typedef char comm_t[16];
typedef unsigned short __attribute__((aligned(2))) port;

struct other;

struct event {
	char c;
	signed char sc;
	unsigned char uc;
	short s;
	__u16 us;
	int i;
	unsigned int ui;
	long l;
	unsigned long ul;
	long long ll;
	u64 ull;
	bool flag;
	float f;
	double d;
	__int128 wide;
	unsigned __int128 uwide;
	pid_t pid;
	port port;
	const struct other *pointer;
	const char *const *names;
	int (*callback)(struct other *, char);
	char name[16];
	comm_t comm;
	char lines[4][80];
	unsigned char bytes[6];
	int numbers[3];
	u64 grid[2][3];
	void *pointers[4];
	struct other *rest[];
};

const struct event *unused;
