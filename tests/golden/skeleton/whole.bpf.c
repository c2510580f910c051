/* SPDX-License-Identifier: BSD-2-Clause */
/* A map, a variable and a program: the one case whose expectation shows the whole file. */
#include "bpf.h"

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} counts SEC(".maps");

const volatile int step = 1;

SEC("tp/sched/sched_switch")
int count(void *ctx)
{
	__u32 key = 0;
	__u64 *value = bpf_map_lookup_elem(&counts, &key);

	if (value)
		*value += step;
	return 0;
}
