/* SPDX-License-Identifier: BSD-2-Clause */
/* Types that refer to themselves and to each other. */
struct list {
	struct list *next, **previous;
	struct tree *tree;
};

struct tree {
	struct list list;
	struct tree *left, *right;
	struct tree (*copy)(struct tree);
};

struct tree tree;
