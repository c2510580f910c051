/* SPDX-License-Identifier: BSD-2-Clause */
/* Unions whose tags say which member they have, and arrays of char that are bytes. */
#include "../skeleton/bpf.h"

#define tag(text) __attribute__((btf_decl_tag(text)))

enum kind { EXEC, EXEC_AT, EXIT, SIGNAL = -1 };

struct exec {
	char file[16];
	int flags;
};
struct empty {};

union number {
	int i tag("wit:case=1");
	float f tag("wit:case=0x2, 3");
};

struct event {
	enum kind kind;
	union {
		struct exec exec tag("wit:case=EXEC,EXEC_AT");
		int status tag("wit:case=EXIT");
		char name[8] tag("wit:case=SIGNAL");
		long not_a_case;
		struct empty none tag("wit:case=7");
	} u tag("wit:variant=kind");
	unsigned char low : 4, which : 4;
	union tag("wit:variant=which") {
		int first tag("wit:case=0");
		struct {
			int x, y;
		} second tag("wit:case=1");
		unsigned wide : 20 tag("wit:case=2");
	};
	struct {
		unsigned char type;
	};
	union number number tag("wit:variant=type"), plain, more[2];
	char raw[6] tag("wit:bytes");
	char text[6];
};

struct event *e;
