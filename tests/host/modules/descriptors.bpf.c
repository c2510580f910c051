/* SPDX-License-Identifier: BSD-2-Clause */
/* A program that names a map by a descriptor of whoever loads it: no relocation, just a number. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual BSD/GPL";

SEC("socket")
int raw_map(struct __sk_buff *skb)
{
	/* r1 = map descriptor 0x11223344, which the module replaces */
	asm volatile(".byte 0x18, 0x11, 0, 0, 0x44, 0x33, 0x22, 0x11, 0, 0, 0, 0, 0, 0, 0, 0" ::
			     : "r1");
	return 0;
}
