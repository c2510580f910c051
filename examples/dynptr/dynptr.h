/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef DYNPTR_H
#define DYNPTR_H

#define COMM_LEN 16
#define LONGEST (16 * 1024) /* of what is reported of a command line */

/* A program that was started. The record is as long as the command line is. */
struct command {
	unsigned int pid;
	unsigned int length; /* of the whole command line */
	char comm[COMM_LEN];
	char line[]; /* the arguments, each with its NUL */
};

#endif
