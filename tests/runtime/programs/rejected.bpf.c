// SPDX-License-Identifier: BSD-2-Clause
/* The verifier must refuse this one: it reads memory through a number. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual BSD/GPL";

long result;

SEC("raw_tp/sys_enter")
int read_anywhere(void *ctx)
{
	result = *(volatile long *)bpf_ktime_get_ns();
	return 0;
}
