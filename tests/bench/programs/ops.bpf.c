// SPDX-License-Identifier: BSD-2-Clause
/* The kernel's side of the measurements: maps, and programs that fill and drain rings. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#include "ops.h"

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, ENTRIES);
	__type(key, unsigned int);
	__type(value, unsigned long long);
} hash SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, ENTRIES);
	__type(key, unsigned int);
	__type(value, unsigned long long);
} array SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, ENTRIES);
	__type(key, unsigned int);
	__type(value, unsigned long long);
} mapped SEC(".maps");

/* The user's half says how large. */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} ring SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__type(key, int);
	__type(value, int);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_USER_RINGBUF);
	__uint(max_entries, 512 * 1024);
} user_ring SEC(".maps");

unsigned long long emitted, drained, drained_sum;

/* What records are copied from: more than a program's stack holds. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, unsigned int);
	__type(value, unsigned char[MAX_RECORD]);
} scratch SEC(".maps");

struct emission {
	struct bpf_raw_tracepoint_args *ctx;
	struct record *record;
	unsigned long long size, route;
	unsigned int put;
};

static long emit_one(unsigned int i, struct emission *e)
{
	unsigned long long size = e->size;
	long err;

	if (size < sizeof(struct record) || size > MAX_RECORD)
		return 1;
	e->record->number = i;
	if (e->route == TO_PERF)
		err = bpf_perf_event_output(e->ctx, &events, BPF_F_CURRENT_CPU, e->record, size);
	else
		err = bpf_ringbuf_output(&ring, e->record, size,
					 e->route == TO_RING ? BPF_RB_NO_WAKEUP : 0);
	e->put += !err;
	return err != 0;
}

/* Returns how many records fitted. Test runs are all that calls it: nothing is attached. */
SEC("raw_tp/sched_switch")
int emit(struct bpf_raw_tracepoint_args *ctx)
{
	unsigned int key = 0;
	struct emission e = {.ctx = ctx,
			     .record = bpf_map_lookup_elem(&scratch, &key),
			     .size = ctx->args[1],
			     .route = ctx->args[2]};

	if (!e.record)
		return 0;
	bpf_loop(ctx->args[0], emit_one, &e, 0);
	emitted += e.put;
	return e.put;
}

static long take(struct bpf_dynptr *dynptr, void *ctx)
{
	struct record r;

	if (bpf_dynptr_read(&r, sizeof(r), dynptr, 0, 0))
		return 1;
	drained++;
	drained_sum += r.number;
	return 0;
}

SEC("syscall")
int drain(void *ctx)
{
	return bpf_user_ringbuf_drain(&user_ring, take, NULL, BPF_RB_NO_WAKEUP);
}

char _license[] SEC("license") = "Dual BSD/GPL";
