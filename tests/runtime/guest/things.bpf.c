// SPDX-License-Identifier: BSD-2-Clause
/* Maps and programs of many kinds, and a program that fills ring buffers on request. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#include "things.h"

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, int);
	__type(value, struct pair);
} pairs SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 2);
	__type(key, int);
	__type(value, int);
} per_cpu SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 16384);
} ring0 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} ring1 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 600);
	__uint(map_flags, BPF_F_MMAPABLE);
	__type(key, int);
	__type(value, long long);
} mapped SEC(".maps");

const volatile int factor = 3;
const volatile char name[16] = "unset";
int zero;
long long counters[4];
struct pair initial = {.a = -5, .b = 6, .c = 'x'};
int custom[3] SEC(".data.custom") = {1, 2, 3};
unsigned long long version_seen;
extern int LINUX_KERNEL_VERSION __kconfig;

static int emit_one(void *ring, const struct order *order, unsigned int number)
{
	struct record *r = bpf_ringbuf_reserve(ring, sizeof(*r), 0);

	if (!r)
		return -1;
	r->number = number;
	for (int i = 0; i < (int)sizeof(r->fill); i++)
		r->fill[i] = (unsigned char)(number + i);
	if (order->discard_every && number % order->discard_every == 0)
		bpf_ringbuf_discard(r, 0);
	else
		bpf_ringbuf_submit(r, order->flags);
	return 0;
}

/* Returns how many fitted. */
SEC("syscall")
int emit(struct order *order)
{
	int i, put = 0;

	version_seen = LINUX_KERNEL_VERSION;
	counters[0]++;
	counters[1] += factor;
	initial.b = name[0];
	bpf_for(i, 0, order->count)
	{
		int full = order->ring == 0 ? emit_one(&ring0, order, order->first + i)
					    : emit_one(&ring1, order, order->first + i);

		if (full)
			break;
		put++;
	}
	return put;
}

SEC("syscall")
int touch(void *ctx)
{
	int key = 1, *v = bpf_map_lookup_elem(&per_cpu, &key);
	long long *m = bpf_map_lookup_elem(&mapped, &key);

	if (v)
		*v += 7;
	if (m)
		*m += 1000;
	custom[1] += 10;
	zero++;
	return 0;
}

SEC("?tracepoint/syscalls/sys_enter_getpid")
int optional(void *ctx)
{
	return 0;
}

SEC("raw_tp/sys_enter")
int raw(void *ctx)
{
	__sync_fetch_and_add(&counters[2], 1);
	return 0;
}

SEC("tc")
int classify(struct __sk_buff *skb)
{
	return 0;
}

char _license[] SEC("license") = "Dual BSD/GPL";
