/* SPDX-License-Identifier: BSD-2-Clause */
/* A map of maps whose pattern, and a program whose target, are named before it is loaded. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(int));
	__uint(value_size, sizeof(int));
} outer SEC(".maps");

SEC("?freplace/target")
int replacement(struct __sk_buff *skb)
{
	return 7;
}
