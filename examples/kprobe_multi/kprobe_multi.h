/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef KPROBE_MULTI_H
#define KPROBE_MULTI_H

#define SYMBOL_LEN 64 /* of longer names the beginning */
#define MAX_FUNCTIONS 10240

/* What is counted of one function. */
struct function {
	unsigned long long calls;
	char symbol[SYMBOL_LEN];
};

#endif
