/* SPDX-License-Identifier: BSD-2-Clause */
/* An arena with variables of two pages. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_ARENA);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 4);
} arena SEC(".maps");

int __attribute__((address_space(1))) numbers[2000] = {1};

SEC("socket")
int filter(void *ctx)
{
	return numbers[0];
}
