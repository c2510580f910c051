/* SPDX-License-Identifier: BSD-2-Clause */
/* A program with a function that another one may replace. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

__attribute__((noinline)) int target(struct __sk_buff *skb)
{
	volatile int ret = 3;

	return ret;
}

SEC("tc")
int whole(struct __sk_buff *skb)
{
	return target(skb);
}
