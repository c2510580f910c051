/* SPDX-License-Identifier: BSD-2-Clause */
/* Bitfields stay members; holes between them too. */
enum color { RED, GREEN, BLUE };

struct flags {
	unsigned a : 1;
	unsigned b : 3;
	unsigned : 5;
	unsigned c : 20;
	unsigned d : 10;
	signed e : 2;
	unsigned long long f : 40;
	_Bool g : 1;
	enum color color : 2;
	unsigned char h : 7;
	unsigned : 0;
	unsigned short i : 3;
	int plain;
	unsigned j : 4;
	char behind;
};

struct straddling {
	unsigned a : 20;
	unsigned b : 20;
	unsigned long long c : 60;
} __attribute__((packed));

union any {
	unsigned low : 4;
	unsigned char all;
};

struct flags flags;
struct straddling straddling;
union any any;
