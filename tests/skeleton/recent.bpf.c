/* SPDX-License-Identifier: BSD-2-Clause */
/* What skeletons have had since struct_ops maps attach themselves: shadow types, .bss of any name.
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "GPL";

int inits;
int more SEC(".bss.more");
const volatile bool constant SEC(".rodata.more") = true;

SEC("struct_ops")
void BPF_PROG(control_init, struct sock *sk)
{
	inits++;
	more += constant;
}

/* Not referred to by the object itself. */
SEC("?struct_ops")
void BPF_PROG(other_init, struct sock *sk)
{
	inits += 100;
}

SEC("struct_ops")
u32 BPF_PROG(control_ssthresh, struct sock *sk)
{
	return 2;
}

SEC("struct_ops")
void BPF_PROG(control_avoid, struct sock *sk, u32 ack, u32 acked)
{
}

SEC("struct_ops")
u32 BPF_PROG(control_undo, struct sock *sk)
{
	return 2;
}

SEC(".struct_ops.link")
struct tcp_congestion_ops control = {
	.init = (void *)control_init,
	.ssthresh = (void *)control_ssthresh,
	.cong_avoid = (void *)control_avoid,
	.undo_cwnd = (void *)control_undo,
	.flags = 2, /* TCP_CONG_NEEDS_ECN */
	.name = "wbpf_skel",
};

SEC(".struct_ops.link")
struct tcp_congestion_ops manual = {
	.ssthresh = (void *)control_ssthresh,
	.cong_avoid = (void *)control_avoid,
	.undo_cwnd = (void *)control_undo,
	.name = "wbpf_manual",
};
