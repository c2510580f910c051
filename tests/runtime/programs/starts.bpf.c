// SPDX-License-Identifier: BSD-2-Clause
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8);
	__type(key, int);
	__type(value, long long);
} table SEC(".maps");

const volatile long long factor = 1;
const volatile _Bool endless;
long long result;

SEC("syscall")
int multiply(void *ctx)
{
	int key = 0;
	long long value = 21 * factor;

	bpf_map_update_elem(&table, &key, &value, BPF_ANY);
	result = value;
	return 0;
}

SEC("raw_tp/sys_enter")
int optional(void *ctx)
{
	return endless ? *(volatile int *)0 : 0;
}
