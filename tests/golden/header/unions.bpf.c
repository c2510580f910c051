/* SPDX-License-Identifier: BSD-2-Clause */
/* Anonymous structs and unions, one in the other. */
struct packet {
	unsigned char kind;
	union {
		struct {
			unsigned short port;
			unsigned int address;
		};
		unsigned char bytes[6];
		struct {
			int x;
			union {
				char c;
				long l;
			} u;
		} list[2];
	};
	struct {
		union {
			int deep;
			float real;
		};
	} named;
};

union sized {
	char small;
	int array[5];
} __attribute__((aligned(16)));

typedef struct {
	int a;
	char b;
} pair_t;

struct uses {
	pair_t pairs[2];
	union sized sized;
};

struct packet packet;
struct uses uses;
