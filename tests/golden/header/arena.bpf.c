/* SPDX-License-Identifier: BSD-2-Clause */
/* Pointers into an arena, which a type tag tells from others, are pointers in the header too. */
#define __arena __attribute__((address_space(1), btf_type_tag("arena")))

struct leaf;
struct hidden;
struct untagged;
typedef struct {
	int nameless;
} nameless_t;

/* Defined in an order in which each needs what comes later. */
struct node {
	struct node __arena *next;
	struct leaf __arena *leaf;
	struct hidden __arena *hidden;
	struct untagged *untagged;
	nameless_t __arena *nameless;
	struct node __arena *list[2];
	long __arena *numbers;
	struct node __arena *__arena *table;
	void __arena *anything;
	union {
		struct node __arena
			*node; /* a field in an anonymous union with the name of its struct */
		int other;
	};
};

typedef struct leaf __arena *leaf_pointer;

struct leaf {
	struct node inside;
	leaf_pointer self;
	char name[8];
} __attribute__((packed));

struct untagged {
	int not_shown;
};

struct value {
	struct node __arena *first;
	unsigned char odd;
	struct leaf __arena *packed;
} __attribute__((packed));

struct value value;

/* Of what only members point to, clang keeps no more than the name. */
const struct node *node __attribute__((unused));
const struct leaf *leaf __attribute__((unused));
