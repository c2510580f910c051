// SPDX-License-Identifier: BSD-2-Clause
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "runqlat.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* Only threads of this process, or of all when 0. */
const volatile int wanted_tgid = 0;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16384);
	__type(key, int);                  /* thread id */
	__type(value, unsigned long long); /* when it became ready to run, ns */
} ready SEC(".maps");

/* Per CPU, so that counting needs no atomic operation. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, SLOTS);
	__type(key, unsigned int);
	__type(value, unsigned long long);
} histogram SEC(".maps");

static int note_ready(const struct task_struct *task)
{
	int tid = task->pid;
	unsigned long long now;

	if (!tid || (wanted_tgid && task->tgid != wanted_tgid))
		return 0;
	now = bpf_ktime_get_ns();
	bpf_map_update_elem(&ready, &tid, &now, BPF_ANY);
	return 0;
}

/* The position of the highest set bit, found by halving. */
static unsigned int log2_of(unsigned long long v)
{
	unsigned int n = 0;

	for (unsigned int width = 32; width; width /= 2) {
		if (v >> width) {
			v >>= width;
			n += width;
		}
	}
	return n;
}

SEC("tp_btf/sched_wakeup")
int BPF_PROG(on_wakeup, struct task_struct *task)
{
	return note_ready(task);
}

SEC("tp_btf/sched_wakeup_new")
int BPF_PROG(on_wakeup_new, struct task_struct *task)
{
	return note_ready(task);
}

SEC("tp_btf/sched_switch")
int BPF_PROG(on_switch, bool preempted, struct task_struct *prev, struct task_struct *next)
{
	unsigned long long now, *since, *count;
	unsigned int slot;
	int tid;

	/* A thread that gives up its CPU while it could go on waits from now. */
	if (prev->__state == 0 /* TASK_RUNNING */)
		note_ready(prev);

	tid = next->pid;
	since = bpf_map_lookup_elem(&ready, &tid);
	if (!since)
		return 0;
	now = bpf_ktime_get_ns();
	if (now > *since) {
		slot = log2_of((now - *since) / 1000);
		if (slot >= SLOTS)
			slot = SLOTS - 1;
		count = bpf_map_lookup_elem(&histogram, &slot);
		if (count)
			(*count)++;
	}
	bpf_map_delete_elem(&ready, &tid);
	return 0;
}
