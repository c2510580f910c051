// SPDX-License-Identifier: BSD-2-Clause
/* For hooks.c: a program for each kind of hook. Each counts, and notes its cookie. */
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <stdbool.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/usdt.bpf.h>

#include "hooks.h"

struct seen seen[KINDS];
int self;

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, int);
	__type(value, long long);
} numbers SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_SOCKMAP);
	__uint(max_entries, 4);
	__type(key, int);
	__type(value, int);
} socks SEC(".maps");

static int note(int kind, void *ctx)
{
	seen[kind].cookie = bpf_get_attach_cookie(ctx);
	__sync_fetch_and_add(&seen[kind].hits, 1);
	return 0;
}

static int count(int kind)
{
	__sync_fetch_and_add(&seen[kind].hits, 1);
	return 0;
}

static int is_self(void)
{
	return bpf_get_current_pid_tgid() >> 32 == self;
}

SEC("tracepoint")
int entry(void *ctx)
{
	return is_self() ? note(TRACEPOINT, ctx) : 0;
}

SEC("raw_tp")
int raw(void *ctx)
{
	return is_self() ? note(RAW, ctx) : 0;
}

SEC("tp_btf/sys_enter")
int typed(void *ctx)
{
	return is_self() ? note(TYPED, ctx) : 0;
}

SEC("perf_event")
int event(void *ctx)
{
	return note(EVENT, ctx);
}

struct task_struct;
struct bpf_map;
struct bpf_iter_meta {
	__bpf_md_ptr(struct seq_file *, seq);
	__u64 session_id;
	__u64 seq_num;
} __attribute__((preserve_access_index));

struct bpf_iter__task {
	__bpf_md_ptr(struct bpf_iter_meta *, meta);
	__bpf_md_ptr(struct task_struct *, task);
} __attribute__((preserve_access_index));

struct bpf_iter__bpf_map_elem {
	__bpf_md_ptr(struct bpf_iter_meta *, meta);
	__bpf_md_ptr(struct bpf_map *, map);
	__bpf_md_ptr(void *, key);
	__bpf_md_ptr(void *, value);
} __attribute__((preserve_access_index));

SEC("iter/task")
int tasks(struct bpf_iter__task *ctx)
{
	struct seq_file *seq = ctx->meta->seq;

	if (ctx->task)
		BPF_SEQ_PRINTF(seq, "task\n");
	return 0;
}

/* Four lines for a task. */
SEC("?iter/task")
int lines(struct bpf_iter__task *ctx)
{
	struct seq_file *seq = ctx->meta->seq;

	for (int i = 0; ctx->task && i < 4; i++)
		BPF_SEQ_PRINTF(seq, "%d: %lld\n", i, 100LL * i);
	return 0;
}

SEC("iter/bpf_map_elem")
int elements(struct bpf_iter__bpf_map_elem *ctx)
{
	struct seq_file *seq = ctx->meta->seq;
	int *key = ctx->key;
	long long *value = ctx->value;

	if (key && value)
		BPF_SEQ_PRINTF(seq, "%d: %lld\n", *key, *value);
	return 0;
}

/* Its target is set by the program. */
SEC("?iter")
int any_iter(void *ctx)
{
	return 0;
}

__noinline int replaced(struct __sk_buff *skb)
{
	volatile int ret = 1;

	return ret;
}

SEC("tc")
int target(struct __sk_buff *skb)
{
	return replaced(skb);
}

SEC("?freplace/replaced")
int replacement(struct __sk_buff *skb)
{
	return 42;
}

SEC("cgroup_skb/egress")
int egress(struct __sk_buff *skb)
{
	count(EGRESS);
	return 1;
}

SEC("cgroup_skb/egress")
int egress2(struct __sk_buff *skb)
{
	count(EGRESS2);
	return 1;
}

SEC("sk_lookup")
int lookup(struct bpf_sk_lookup *ctx)
{
	count(LOOKUP);
	return SK_PASS;
}

SEC("flow_dissector")
int dissect(struct __sk_buff *skb)
{
	return BPF_OK;
}

SEC("sk_msg")
int message(struct sk_msg_md *msg)
{
	return SK_PASS;
}

SEC("xdp")
int packet(struct xdp_md *ctx)
{
	count(PACKET);
	return XDP_PASS;
}

SEC("usdt")
int probe(struct pt_regs *ctx)
{
	long value = 0;

	bpf_usdt_arg(ctx, 0, &value);
	seen[PROBE].cookie = bpf_usdt_cookie(ctx);
	seen[PROBE].value = value;
	count(PROBE);
	return 0;
}

char _license[] SEC("license") = "GPL";
