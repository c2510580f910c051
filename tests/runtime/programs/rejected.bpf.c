// SPDX-License-Identifier: BSD-2-Clause
/* The verifier must refuse this one: it reads memory through a number, and it has much to say
 * before. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual BSD/GPL";

long result;
volatile unsigned long long steps;

SEC("raw_tp/sys_enter")
int read_anywhere(void *ctx)
{
#pragma unroll
	for (int i = 0; i < 64; i++)
		steps += i;
	result = *(volatile long *)bpf_ktime_get_ns();
	return 0;
}
