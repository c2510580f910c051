/* SPDX-License-Identifier: BSD-2-Clause */
/* No map; a file name that is no identifier. */
#include "bpf.h"

SEC("tp/sched/sched_switch")
int one(void *ctx)
{
	return 0;
}

SEC("?kprobe/x")
int two(void *ctx)
{
	return 0;
}
