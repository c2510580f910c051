/* SPDX-License-Identifier: BSD-2-Clause */
/* packed appears only where the natural layout differs. */
struct plain {
	unsigned int a;
	unsigned int b;
} __attribute__((packed));

struct odd {
	char a;
	unsigned long long b;
	short c;
} __attribute__((packed));

struct half {
	unsigned int a;
	unsigned long long b;
} __attribute__((packed, aligned(4)));

struct outer {
	char a;
	struct odd odd;
	struct half half;
	struct {
		char x;
		int y;
	} __attribute__((packed)) in[3];
};

struct plain plain;
struct outer outer;
