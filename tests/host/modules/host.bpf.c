/* SPDX-License-Identifier: BSD-2-Clause */
/* One map of each kind that the host interface treats differently, and a program. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual BSD/GPL";

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} hash SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, __u32);
} percpu SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_QUEUE);
	__uint(max_entries, 4);
	__type(value, __u32);
} queue SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, __u32);
} progs SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} ring SEC(".maps");

const volatile __u32 limit = 7;
__u64 counter = 5;

SEC("socket")
int count(struct __sk_buff *skb)
{
	__u32 *record = bpf_ringbuf_reserve(&ring, sizeof(*record), 0);

	if (record) {
		*record = limit;
		bpf_ringbuf_submit(record, 0);
	}
	return (int)__sync_fetch_and_add(&counter, 1);
}

/* Before 6.10 a kernel attaches a program to a raw tracepoint once. */
SEC("raw_tp/sched_switch")
int tap(void *ctx)
{
	return 0;
}

SEC("raw_tp/sched_switch")
int tap2(void *ctx)
{
	return 0;
}

SEC("raw_tp/sched_switch")
int tap3(void *ctx)
{
	return 0;
}
