/* SPDX-License-Identifier: BSD-2-Clause */
/* The object lies in a custom section of the module. */
#include "bpf.h"

int counter = 7;

SEC("tp/sched/sched_switch")
int count(void *ctx)
{
	counter++;
	return 0;
}
