/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef RBTREE_H
#define RBTREE_H

#define TEXT_LEN 24

/* What is pushed, and comes back. */
struct job {
	int priority;
	unsigned int number; /* in the order in which they were pushed, from 1 */
	char text[TEXT_LEN];
};

#endif
