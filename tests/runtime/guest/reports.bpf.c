// SPDX-License-Identifier: BSD-2-Clause
/* Programs that report through perf event arrays, and one that drains a user ring buffer. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#include "reports.h"

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__type(key, int);
	__type(value, int);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(max_entries, 1);
	__type(key, int);
	__type(value, int);
} one SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4);
	__type(key, int);
	__type(value, int);
} hash SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_USER_RINGBUF);
	__uint(max_entries, 4096);
} letters SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} ring SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, int);
	__type(value, struct report);
} scratch SEC(".maps");

struct drained drained;
unsigned long long ticks, packets;
int taken, failed; /* of one run */

struct emission {
	struct bpf_raw_tracepoint_args *ctx;
	struct report *report;
	unsigned long long size, map;
	unsigned int first;
};

static long emit_one(unsigned int i, struct emission *e)
{
	struct report *r = e->report;
	unsigned long long size = e->size;
	long err;

	if (size < 8 || size > sizeof(*r))
		return 1;
	r->number = e->first + i;
	for (unsigned int k = 0; k < sizeof(r->fill); k++)
		r->fill[k] = (unsigned char)(r->number + k);
	if (e->map == 2)
		err = bpf_ringbuf_output(&ring, r, size, 0);
	else if (e->map == 1)
		err = bpf_perf_event_output(e->ctx, &one, 0, r, size);
	else
		err = bpf_perf_event_output(e->ctx, &events, BPF_F_CURRENT_CPU, r, size);
	if (!err)
		taken++;
	else if (!failed)
		failed = err;
	return 0;
}

/* Returns how many were taken, or why not even the first was. */
SEC("raw_tp/sched_switch")
int report(struct bpf_raw_tracepoint_args *ctx)
{
	int key = 0;
	struct emission e = {.ctx = ctx,
			     .report = bpf_map_lookup_elem(&scratch, &key),
			     .first = ctx->args[0],
			     .size = ctx->args[2],
			     .map = ctx->args[3]};

	if (!e.report)
		return -1;
	taken = failed = 0;
	e.report->cpu = bpf_get_smp_processor_id();
	bpf_loop(ctx->args[1], emit_one, &e, 0);
	return taken ? taken : failed;
}

static long take(struct bpf_dynptr *dynptr, void *ctx)
{
	struct {
		unsigned int number, size;
	} l; /* a letter's beginning: all of it is too much for the stack */
	unsigned char last = 0;

	if (bpf_dynptr_read(&l, sizeof(l), dynptr, 0, 0) || l.size < 8) {
		drained.wrong++;
		return 0;
	}
	drained.count++;
	drained.bytes += l.size;
	if (l.number != drained.next)
		drained.wrong++;
	drained.next = l.number + 1;
	if (l.size > 8 && (bpf_dynptr_read(&last, 1, dynptr, l.size - 1, 0) ||
			   last != (unsigned char)(l.number + l.size)))
		drained.wrong++;
	if (!bpf_dynptr_read(&last, 1, dynptr, l.size, 0)) /* behind its end */
		drained.wrong++;
	return drained.stop_after && drained.count >= drained.stop_after;
}

SEC("syscall")
int drain(void *ctx)
{
	drained.ret = bpf_user_ringbuf_drain(&letters, take, NULL, 0);
	return drained.ret;
}

SEC("?tracepoint")
int traced(void *ctx)
{
	__sync_fetch_and_add(&ticks, 1);
	return 0;
}

SEC("?tracepoint")
int traced_too(void *ctx)
{
	return 0;
}

SEC("cgroup_skb/egress")
int leaving(struct __sk_buff *skb)
{
	__sync_fetch_and_add(&packets, 1);
	return 1;
}

SEC("?kprobe")
int probed(void *ctx)
{
	__sync_fetch_and_add(&ticks, 1);
	return 0;
}

SEC("perf_event")
int tick(void *ctx)
{
	__sync_fetch_and_add(&ticks, 1);
	return 0;
}

char _license[] SEC("license") = "Dual BSD/GPL";
