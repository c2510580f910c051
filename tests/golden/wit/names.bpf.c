/* SPDX-License-Identifier: BSD-2-Clause */
/* Names: kebab-case, keywords, what breaks generators, and names that only WIT takes for equal. */
#include "../skeleton/bpf.h"

struct record {
	int camelCase, HTTPServer, __leading, trailing_, with__two, ipv4_2_addr, x1y;
	int type, func, result, own, interface, string, u32;
	int self, len, restrict_, typeof_;
	int foo_bar, fooBar, foobar, FOO_BAR;
	int bar_n2, BAR_n4, bar, Bar, ba_r, BAR, BAr_n2;
	int _1st;
};

struct list {
	int x;
};

typedef struct list list;
typedef struct list List;
typedef struct {
	int y;
} option;

struct self {
	list a;
	List b;
	option c;
};

struct record *r;
struct self *s;
