// SPDX-License-Identifier: BSD-2-Clause
/* The other object: what it uses is in linker_one.bpf.c. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

extern int calls;
extern int scaled(int n);

extern struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
} shared SEC(".maps");

int seen = 5;

SEC("socket")
int second(struct __sk_buff *skb)
{
	__u32 key = 1;
	__u64 *value = bpf_map_lookup_elem(&shared, &key);

	calls += 10;
	seen += scaled(100);
	return value ? (int)*value : 0;
}
