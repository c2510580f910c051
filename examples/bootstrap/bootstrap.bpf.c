// SPDX-License-Identifier: BSD-2-Clause
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include "bootstrap.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* Configuration: constants once the object is loaded, so the verifier drops dead branches. */
const volatile unsigned long long min_duration_ns = 0;
const volatile char only_name[NAME_LEN] = "";

/* Events that found the ring buffer full. */
unsigned long long lost = 0;

/* Keeps struct event in the object's type information. */
const struct event *event_type __attribute__((unused));

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8192);
	__type(key, int);                  /* process id */
	__type(value, unsigned long long); /* when it started, ns */
} started SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 256 * 1024);
} events SEC(".maps");

static bool is_wanted(const char *name)
{
	if (!only_name[0])
		return true;
	for (int i = 0; i < NAME_LEN; i++) {
		if (name[i] != only_name[i])
			return false;
		if (!name[i])
			return true;
	}
	return true;
}

/*
 * An event about the current process, or NULL when it is not wanted or there is no room. Inlined:
 * Linux 6.1 takes a reservation that a function returned for one that may be NULL, whatever is
 * tested.
 */
static __always_inline struct event *begin_event(enum event_kind kind, int pid)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	char name[NAME_LEN] = {};
	struct event *e;

	bpf_get_current_comm(name, sizeof(name));
	if (!is_wanted(name))
		return NULL;
	e = bpf_ringbuf_reserve(&events, sizeof(*e), 0);
	if (!e) {
		__sync_fetch_and_add(&lost, 1);
		return NULL;
	}
	e->kind = kind;
	e->pid = pid;
	e->ppid = BPF_CORE_READ(task, real_parent, tgid);
	e->exit_code = 0;
	e->duration_ns = 0;
	__builtin_memcpy(e->name, name, sizeof(name));
	e->path[0] = 0;
	return e;
}

SEC("tp/sched/sched_process_exec")
int on_start(struct trace_event_raw_sched_process_exec *ctx)
{
	unsigned long long now = bpf_ktime_get_ns();
	int pid = bpf_get_current_pid_tgid() >> 32;
	struct event *e;

	bpf_map_update_elem(&started, &pid, &now, BPF_ANY);
	if (min_duration_ns)
		return 0; /* only long-lived processes are wanted: wait for the exit */

	e = begin_event(PROCESS_START, pid);
	if (!e)
		return 0;
	bpf_probe_read_kernel_str(e->path, sizeof(e->path),
				  (void *)ctx + (ctx->__data_loc_filename & 0xffff));
	bpf_ringbuf_submit(e, 0);
	return 0;
}

SEC("tp/sched/sched_process_exit")
int on_exit(void *ctx)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task();
	unsigned long long id = bpf_get_current_pid_tgid(), duration = 0, *start;
	int pid = id >> 32;
	struct event *e;

	if (pid != (int)id)
		return 0; /* a thread that is not the process's first */

	start = bpf_map_lookup_elem(&started, &pid);
	if (start)
		duration = bpf_ktime_get_ns() - *start;
	bpf_map_delete_elem(&started, &pid);
	if (min_duration_ns && (!start || duration < min_duration_ns))
		return 0;

	e = begin_event(PROCESS_EXIT, pid);
	if (!e)
		return 0;
	e->exit_code = BPF_CORE_READ(task, exit_code);
	e->duration_ns = duration;
	bpf_ringbuf_submit(e, 0);
	return 0;
}
