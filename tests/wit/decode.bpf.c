/* SPDX-License-Identifier: BSD-2-Clause */
/* Values that the compiler lays out; decode.c reads them through the decoder. */
#include "../golden/skeleton/bpf.h"

#define tag(text) __attribute__((btf_decl_tag(text)))

enum kind { EXEC = 1, EXIT = 2, LOST = -1 };
enum far { FAR = 1LL << 40 };
typedef char comm_t[8];

struct point {
	short x;
	int y;
};

struct what {
	enum kind kind;
	union {
		struct point point tag("wit:case=EXEC");
		comm_t name tag("wit:case=EXIT, 7");
		unsigned five : 5 tag("wit:case=9");
	} u tag("wit:variant=kind");
};

struct event {
	signed char tiny;
	bool yes;
	short s;
	int i;
	long l;
	unsigned long ul;
	float f;
	double d;
	__int128 wide;
	void *pointer;
	unsigned a : 3, b : 7;
	int signed_five : 5;
	bool bit : 1;
	unsigned long long far_bits : 40;
	unsigned __int128 hundred : 100;
	enum far far;
	char good[8], bad[8], full[4];
	char raw[4] tag("wit:bytes");
	char lines[2][6];
	unsigned char mac[6];
	unsigned short ports[3];
	long longs[2];
	int grid[2][2];
	bool flags[2];
	struct point points[2];
	struct {
		int inner;
		union {
			int as_int;
			char as_chars[4];
		};
	};
	struct what whats[5];
	int default_, len, ret;
	struct __attribute__((packed)) {
		char c;
		int unaligned[2];
	} packed;
};

struct tail {
	int n;
	struct point rest[];
};

struct event event = {
	.tiny = -5,
	.yes = true,
	.s = -300,
	.i = -70000,
	.l = -(1L << 40),
	.ul = ~0UL,
	.f = 1.5,
	.d = -2.25,
	.wide = -2,
	.pointer = (void *)0x1122334455667788,
	.a = 5,
	.b = 100,
	.signed_five = -3,
	.bit = true,
	.far_bits = 0x123456789a,
	.hundred = (unsigned __int128)0xfedcba987 << 64 | 0x123456789abcdef0,
	.far = FAR,
	.good = "gr\xc3\xbc\xc3\x9f\x65",
	.bad = "a\xff\xc3z\xe2\x82",
	.full = {'f', 'u', 'l', 'l'},
	.raw = {0, 'x', 0, '\xff'},
	.lines = {"one", "two"},
	.mac = {1, 2, 3, 4, 5, 6},
	.ports = {80, 443, 65535},
	.longs = {-1, 1L << 33},
	.grid = {{1, 2}, {3, -4}},
	.flags = {false, true},
	.points = {{1, -2}, {-3, 4}},
	.inner = 77,
	.whats =
		{
			{EXEC, {.point = {7, 8}}},
			{EXIT, {.name = "gone"}},
			{LOST, {.name = {1, 2, 3, 4, 5, 6, 7, 8}}},
			{(enum kind)7, {.name = "seven"}},
			{(enum kind)9, {.five = 21}},
		},
	.default_ = 1,
	.len = 2,
	.ret = 3,
	.packed = {'p', {100000, -100000}},
};

const struct tail *unused;
