// SPDX-License-Identifier: BSD-2-Clause
/* One of two objects that are linked: it defines what linker_two.bpf.c uses. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

const volatile int factor = 3;
int calls;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
} shared SEC(".maps");

int scaled(int n)
{
	return n * factor;
}

SEC("socket")
int first(struct __sk_buff *skb)
{
	__u32 key = 1;
	__u64 value = scaled(14);

	calls++;
	bpf_map_update_elem(&shared, &key, &value, BPF_ANY);
	return 1;
}
