/* SPDX-License-Identifier: BSD-2-Clause */
/* A syscall program that would close a descriptor of the process that runs it. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual BSD/GPL";

SEC("syscall")
int close_one(void *ctx)
{
	return (int)bpf_sys_close(3);
}
