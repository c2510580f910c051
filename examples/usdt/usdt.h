/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef USDT_H
#define USDT_H

#define NAME_LEN 16
#define MAX_ARGS 6

/* The probe was passed. */
struct hit {
	int pid;
	int nr_args; /* of these the first MAX_ARGS are there */
	long long args[MAX_ARGS];
	char name[NAME_LEN];
};

#endif
