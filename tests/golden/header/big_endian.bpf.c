/* SPDX-License-Identifier: BSD-2-Clause */
/* Fields of a big-endian machine: of types that have to be converted. */
enum state { IDLE = 1, BUSY = 300 };
enum small { SMALL = 1 } __attribute__((packed));
typedef unsigned int u32;
typedef u32 vector[4];

struct event {
	unsigned char byte;
	_Bool ok;
	short port;
	u32 pid;
	long duration;
	const void *address;
	enum state state;
	enum small small;
	unsigned a : 4, b : 12, : 3, c : 5;
	int d : 7;
	unsigned long long e : 40;
	float ratio;
	double mean;
	__int128 sum;
	vector v;
	u32 table[2][3];
	char comm[16];
	union {
		int low : 5;
		unsigned all;
	};
	struct {
		long x;
		unsigned y : 3;
	} in[2];
	_Bool last : 1;
	enum state old : 10;
};

struct __attribute__((packed)) tight {
	char tag;
	unsigned long long wide : 62;
	__int128 wider : 90;
	int number;
};

const volatile struct event event;
const volatile struct tight tight;
