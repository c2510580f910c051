// SPDX-License-Identifier: BSD-2-Clause
/* A program that the verifier refuses: the pointer may be NULL. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual BSD/GPL";

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, unsigned int);
	__type(value, unsigned int);
} one SEC(".maps");

SEC("xdp")
int careless(struct xdp_md *ctx)
{
	unsigned int key = 0, *value = bpf_map_lookup_elem(&one, &key);

	return *value;
}
