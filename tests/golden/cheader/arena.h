/* SPDX-License-Identifier: BSD-2-Clause */
/* Pointers into an arena in a header that both halves share. */
#ifdef __bpf__
#define __arena __attribute__((address_space(1), btf_type_tag("arena")))
#define __other __attribute__((btf_type_tag("other")))
#else
#define __arena
#define __other
#endif

struct leaf;

struct node {
	struct node __arena *next;
	struct leaf __arena *leaf;
	struct node __other *other;
	struct node *plain;
	struct node __arena *both[2];
	void __arena *anything;
	long __arena *numbers;
	long value;
};

struct leaf {
	struct node __arena *up;
	int value;
};
