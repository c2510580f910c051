// SPDX-License-Identifier: BSD-2-Clause
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "GPL";

SEC("struct_ops")
__u32 BPF_PROG(ssthresh, struct sock *sk)
{
	return 2;
}

SEC("struct_ops")
__u32 BPF_PROG(undo_cwnd, struct sock *sk)
{
	return 2;
}

SEC("struct_ops")
void BPF_PROG(cong_avoid, struct sock *sk, __u32 ack, __u32 acked)
{
}

#define CONTROL                                                                                    \
	{.ssthresh = (void *)ssthresh,                                                             \
	 .undo_cwnd = (void *)undo_cwnd,                                                           \
	 .cong_avoid = (void *)cong_avoid,                                                         \
	 .name = "wbpf_same"}

SEC(".struct_ops.link") struct tcp_congestion_ops first = CONTROL;
SEC(".struct_ops.link") struct tcp_congestion_ops second = CONTROL;
