// SPDX-License-Identifier: BSD-2-Clause
/* Programs in place of the kernel's functions: congestion control, and its dummy for tests. */
#include <linux/bpf.h>
#include <stdbool.h>

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

int inits, other_inits, sleepy;

struct sock;
struct tcp_congestion_ops {
	char name[16];
	void (*init)(struct sock *sk);
	__u32 (*ssthresh)(struct sock *sk);
	__u32 (*undo_cwnd)(struct sock *sk);
	void (*cong_avoid)(struct sock *sk, __u32 ack, __u32 acked);
	void *owner;
};

SEC("struct_ops/init")
void BPF_PROG(on_init, struct sock *sk)
{
	__sync_fetch_and_add(&inits, 1);
}

SEC("struct_ops/other_init")
void BPF_PROG(on_other_init, struct sock *sk)
{
	__sync_fetch_and_add(&other_inits, 1);
}

SEC("struct_ops/ssthresh")
__u32 BPF_PROG(ssthresh, struct sock *sk)
{
	return 2;
}

SEC("struct_ops/undo_cwnd")
__u32 BPF_PROG(undo_cwnd, struct sock *sk)
{
	return 2;
}

SEC("struct_ops/cong_avoid")
void BPF_PROG(avoid, struct sock *sk, __u32 ack, __u32 acked)
{
}

SEC(".struct_ops.link")
struct tcp_congestion_ops control = {
	.init = (void *)on_init,
	.ssthresh = (void *)ssthresh,
	.undo_cwnd = (void *)undo_cwnd,
	.cong_avoid = (void *)avoid,
	.name = "wbpf_ops",
};

SEC(".struct_ops.link")
struct tcp_congestion_ops successor = {
	.init = (void *)on_other_init,
	.ssthresh = (void *)ssthresh,
	.undo_cwnd = (void *)undo_cwnd,
	.cong_avoid = (void *)avoid,
	.name = "wbpf_ops",
};

struct bpf_dummy_ops_state {
	int val;
} __attribute__((preserve_access_index));

struct bpf_dummy_ops {
	int (*test_1)(struct bpf_dummy_ops_state *state);
	int (*test_2)(struct bpf_dummy_ops_state *state, int a1, unsigned short a2, char a3,
		      unsigned long a4);
	int (*test_sleepable)(struct bpf_dummy_ops_state *state);
};

SEC("struct_ops/test_1")
int BPF_PROG(first, struct bpf_dummy_ops_state *state)
{
	if (!state)
		return -7;
	state->val *= 2;
	return state->val + 1;
}

SEC("struct_ops/test_2")
int BPF_PROG(second, struct bpf_dummy_ops_state *state, int a1, unsigned short a2, char a3,
	     unsigned long a4)
{
	if (state)
		state->val = a1 + a2;
	return a3 + (int)a4;
}

SEC("struct_ops.s/test_sleepable")
int BPF_PROG(sleepable, struct bpf_dummy_ops_state *state)
{
	sleepy++;
	if (state)
		state->val += 10;
	return 3;
}

/* Of the section that older makers of skeletons pass over: struct_ops.s is unknown to them. */
SEC(".struct_ops.link")
struct bpf_dummy_ops dummy = {
	.test_1 = (void *)first,
	.test_2 = (void *)second,
	.test_sleepable = (void *)sleepable,
};

char _license[] SEC("license") = "GPL";
