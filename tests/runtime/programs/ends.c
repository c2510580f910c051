// SPDX-License-Identifier: BSD-2-Clause
/* A plain WASI program that ends in the way its argument names. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static volatile int zero;

/* Uses the stack until there is none. It lies before the data, as in every module that the project
 * links, so that it runs out of memory and not into variables. */
static int deeper(int n)
{
	volatile char frame[4096];

	frame[0] = (char)n;
	return zero ? 0 : deeper(n + 1) + frame[0];
}

int main(int argc, char **argv)
{
	const char *how = argc > 1 ? argv[1] : "";

	printf("ends: %s\n", how);
	fflush(stdout);
	if (!strcmp(how, "return"))
		return 3;
	if (!strcmp(how, "exit"))
		exit(argc > 2 ? atoi(argv[2]) : 0);
	if (!strcmp(how, "abort"))
		abort();
	if (!strcmp(how, "trap"))
		__builtin_trap();
	if (!strcmp(how, "stack"))
		return deeper(1);
	if (!strcmp(how, "memory"))
		return *(volatile int *)(unsigned long)0xfffffff0;
	if (!strcmp(how, "divide"))
		return argc * 1000 / zero;
	if (!strcmp(how, "sleep"))
		nanosleep(&(struct timespec){.tv_sec = 30}, NULL);
	return 0;
}
