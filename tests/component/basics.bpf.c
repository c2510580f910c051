// SPDX-License-Identifier: BSD-2-Clause
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual BSD/GPL";

const volatile int only_pid = 0;
unsigned long long seen = 0;
int step = 1;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, unsigned int);
	__type(value, unsigned long long);
} numbers SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, unsigned int);
	__type(value, unsigned int);
} by_cpu SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_QUEUE);
	__uint(max_entries, 4);
	__type(value, unsigned int);
} queue SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 2);
	__uint(key_size, 4);
	__uint(value_size, 4);
} jumps SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} ring SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, 4);
	__uint(value_size, 4);
} perf SEC(".maps");

static int is_ours(void)
{
	return !only_pid || (int)(bpf_get_current_pid_tgid() >> 32) == only_pid;
}

struct record {
	unsigned long long number;
	char text[16]; /* no UTF-8 */
};

/* Of each getpgid() of ours one record in both buffers, every third in the ring discarded. */
SEC("tp/syscalls/sys_enter_getpgid")
int count(void *ctx)
{
	struct record r = {.text = {'x', (char)0xff, (char)0xfe, 'y'}}, *in_ring;

	if (!is_ours())
		return 0;
	r.number = __sync_fetch_and_add(&seen, step);
	in_ring = bpf_ringbuf_reserve(&ring, sizeof(r), 0);
	if (in_ring) {
		*in_ring = r;
		if (r.number % 3 == 2)
			bpf_ringbuf_discard(in_ring, 0);
		else
			bpf_ringbuf_submit(in_ring, 0);
	}
	bpf_perf_event_output(ctx, &perf, BPF_F_CURRENT_CPU, &r, sizeof(r));
	return 0;
}

/* Counts itself in a map, by the cookie that it was attached with. */
SEC("tp")
int cookies(void *ctx)
{
	unsigned int key = 1000;
	unsigned long long cookie = bpf_get_attach_cookie(ctx);

	if (is_ours())
		bpf_map_update_elem(&numbers, &key, &cookie, BPF_ANY);
	return 0;
}

SEC("xdp")
int packets(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;

	if (data + 14 > end)
		return XDP_ABORTED;
	((unsigned char *)data)[0] = 0xab;
	return XDP_DROP;
}

SEC("cgroup_skb/egress")
int egress(struct __sk_buff *skb)
{
	return 1;
}
