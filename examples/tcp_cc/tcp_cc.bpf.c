// SPDX-License-Identifier: BSD-2-Clause
/*
 * A congestion control of TCP: the window doubles in a round trip up to the threshold, grows by a
 * number of packets in a round trip beyond it, and shrinks by a part when a packet was lost
 * (additive increase, multiplicative decrease). Two variants differ in that number and that part.
 */
#include "vmlinux.h"
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "tcp_cc.h"

/* The kernel lets only GPL programs be tables of functions. */
char LICENSE[] SEC("license") = "Dual BSD/GPL";

#define AF_INET 2
#define SMALLEST_WINDOW 2

/* Keeps struct ended in the object's type information. */
const struct ended *ended_type __attribute__((unused));

const volatile unsigned int largest_window = 64;

/* Ends that found the ring buffer full. */
unsigned long long lost = 0;

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 64 * 1024);
} ends SEC(".maps");

/* What the kernel keeps for us with each connection, in icsk_ca_priv. */
struct aimd {
	unsigned int acks, packets, losses, largest;
};

static struct aimd *aimd_of(struct sock *sk)
{
	return (struct aimd *)((struct inet_connection_sock *)sk)->icsk_ca_priv;
}

static void begin(struct sock *sk)
{
	struct aimd *s = aimd_of(sk);

	s->acks = 0;
	s->packets = 0;
	s->losses = 0;
	s->largest = 0;
}

static void end(struct sock *sk, bool bold)
{
	struct ended *e = bpf_ringbuf_reserve(&ends, sizeof(*e), 0);
	const struct aimd *s = aimd_of(sk);
	__be32 address = 0;

	if (!e) {
		__sync_fetch_and_add(&lost, 1);
		return;
	}
	if (sk->__sk_common.skc_family == AF_INET)
		address = sk->__sk_common.skc_daddr;
	__builtin_memcpy(e->address, &address, sizeof(address));
	e->port = bpf_ntohs(sk->__sk_common.skc_dport);
	e->bold = bold;
	e->unused = 0;
	e->acks = s->acks;
	e->packets = s->packets;
	e->losses = s->losses;
	e->largest = s->largest;
	bpf_ringbuf_submit(e, 0);
}

/* Packets were acknowledged; by is how many the window grows beyond the threshold in a round trip.
 */
static void grow(struct sock *sk, unsigned int acked, unsigned int by)
{
	struct tcp_sock *tp = (struct tcp_sock *)sk;
	unsigned int window = tp->snd_cwnd, threshold = tp->snd_ssthresh, count = tp->snd_cwnd_cnt;
	struct aimd *s = aimd_of(sk);
	unsigned int steps;

	s->acks++;
	s->packets += acked;
	if (window < threshold) {
		steps = threshold - window < acked ? threshold - window : acked;
		window += steps;
		acked -= steps;
	}
	count += acked * by;
	if (window && count >= window) {
		window += count / window;
		count = 0;
	}
	if (window > largest_window)
		window = largest_window;
	if (window < SMALLEST_WINDOW)
		window = SMALLEST_WINDOW;
	if (window > s->largest)
		s->largest = window;
	tp->snd_cwnd = window;
	tp->snd_cwnd_cnt = count;
}

/* The threshold after a loss: the window less its part. */
static unsigned int shrink(struct sock *sk, unsigned int part)
{
	unsigned int window = ((struct tcp_sock *)sk)->snd_cwnd;

	aimd_of(sk)->losses++;
	window -= window / part;
	return window < SMALLEST_WINDOW ? SMALLEST_WINDOW : window;
}

SEC("struct_ops")
void BPF_PROG(start, struct sock *sk)
{
	begin(sk);
}

/* Nothing was lost after all. */
SEC("struct_ops")
__u32 BPF_PROG(undo, struct sock *sk)
{
	const struct tcp_sock *tp = (struct tcp_sock *)sk;

	return tp->snd_cwnd > tp->prior_cwnd ? tp->snd_cwnd : tp->prior_cwnd;
}

SEC("struct_ops")
void BPF_PROG(gentle_avoid, struct sock *sk, __u32 ack, __u32 acked)
{
	grow(sk, acked, 1);
}

SEC("struct_ops")
__u32 BPF_PROG(gentle_threshold, struct sock *sk)
{
	return shrink(sk, 2);
}

SEC("struct_ops")
void BPF_PROG(gentle_release, struct sock *sk)
{
	end(sk, false);
}

SEC("struct_ops")
void BPF_PROG(bold_avoid, struct sock *sk, __u32 ack, __u32 acked)
{
	grow(sk, acked, 4);
}

SEC("struct_ops")
__u32 BPF_PROG(bold_threshold, struct sock *sk)
{
	return shrink(sk, 8);
}

SEC("struct_ops")
void BPF_PROG(bold_release, struct sock *sk)
{
	end(sk, true);
}

SEC(".struct_ops.link")
struct tcp_congestion_ops gentle = {
	.init = (void *)start,
	.cong_avoid = (void *)gentle_avoid,
	.ssthresh = (void *)gentle_threshold,
	.undo_cwnd = (void *)undo,
	.release = (void *)gentle_release,
	.name = CONTROL_NAME,
};

SEC(".struct_ops.link")
struct tcp_congestion_ops bold = {
	.init = (void *)start,
	.cong_avoid = (void *)bold_avoid,
	.ssthresh = (void *)bold_threshold,
	.undo_cwnd = (void *)undo,
	.release = (void *)bold_release,
	.name = CONTROL_NAME,
};
