/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef PROFILE_H
#define PROFILE_H

#define NAME_LEN 16
#define MAX_DEPTH                                                                                  \
	127 /* frames of a stack: what the kernel collects at most unless told otherwise */
#define MAX_STACKS 16384

/* Where something was found running. */
struct place {
	int pid;
	int kernel_stack; /* ids in the map of stacks; negative: there is none */
	int user_stack;
	char name[NAME_LEN];
};

#endif
