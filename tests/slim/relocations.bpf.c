/* SPDX-License-Identifier: BSD-2-Clause */
/* Every way in which a program can depend on its BTF, in one object. */
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "Dual BSD/GPL";

extern int LINUX_KERNEL_VERSION __kconfig;
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym;
extern void bpf_task_release(struct task_struct *p) __ksym;

struct inner_value {
	struct bpf_spin_lock lock;
	long count;
};

struct value {
	struct bpf_timer timer;
	struct task_struct __kptr *task;
	long numbers[4];
};

struct inner {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, int);
	__type(value, struct inner_value);
} inner_map SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
	__uint(max_entries, 4);
	__type(key, int);
	__array(values, struct inner);
} outer SEC(".maps") = {.values = {[1] = &inner_map}};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, int);
	__type(value, struct value);
} plain SEC(".maps");

/* A flavour: the same kernel type, described differently. */
struct task_struct___other {
	int pid;
	unsigned int __state;
	long state;
} __attribute__((preserve_access_index));

/* A member that no kernel has. */
struct mm_struct___missing {
	int not_there;
} __attribute__((preserve_access_index));

enum bpf_map_type___other {
	BPF_MAP_TYPE_FIRST_OTHER = 1,
	BPF_MAP_TYPE_NOT_THERE = 77,
};

struct event {
	int pid;
	struct event *next;
};
const struct event *unused_event __attribute__((unused));

int results[24];
const volatile int wanted = 1;

static __noinline int nested(struct task_struct *task)
{
	/* through embedded structs, anonymous unions, arrays and pointers */
	int n = BPF_CORE_READ(task, thread_info.flags) != 0;

	n += BPF_CORE_READ(task, mm, arg_start) != 0;
	n += BPF_CORE_READ(task, signal, rlim[3].rlim_cur) != 0;
	n += BPF_CORE_READ(task, files, fdt, max_fds);
	n += BPF_CORE_READ(task, nsproxy, uts_ns, name.nodename[2]);
	n += BPF_CORE_READ(task, real_parent, group_leader, tgid);
	n += BPF_CORE_READ(task, comm[3]);
	return n;
}

static __noinline int relocations(struct task_struct *task)
{
	struct task_struct___other *other = (void *)task;
	int n = 0;

	n += bpf_core_field_exists(other->state) ? 1 : 2;
	n += bpf_core_field_exists(other->__state) ? 4 : 8;
	n += bpf_core_field_size(task->comm);
	n += bpf_core_field_offset(task->mm);
	n += bpf_core_field_exists(((struct mm_struct___missing *)0)->not_there);
	n += BPF_CORE_READ_BITFIELD_PROBED(task, sched_reset_on_fork);
	n += bpf_core_type_exists(struct mm_struct);
	n += bpf_core_type_size(struct task_struct);
	n += bpf_core_type_matches(struct pid);
	n += bpf_core_enum_value_exists(enum bpf_map_type, BPF_MAP_TYPE_RINGBUF);
	n += bpf_core_enum_value_exists(enum bpf_map_type___other, BPF_MAP_TYPE_NOT_THERE);
	n += bpf_core_enum_value(enum bpf_map_type, BPF_MAP_TYPE_HASH);
	n += bpf_core_type_id_kernel(struct task_struct) != 0;
	return n;
}

__attribute__((noinline)) int global_function(struct task_struct *task __arg_trusted)
{
	return task->tgid;
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(on_exit, struct task_struct *task)
{
	int key = 0;
	struct value *v = bpf_map_lookup_elem(&plain, &key);

	results[0] = relocations(task);
	results[1] = nested(task);
	results[2] = global_function(task);
	results[3] = task->signal->nr_threads; /* a direct read that CO-RE relocates */
	results[4] = LINUX_KERNEL_VERSION;
	struct task_struct *acquired = bpf_task_acquire(task);
	if (acquired) {
		results[5] = acquired->pid;
		bpf_task_release(acquired);
	}
	if (v)
		v->numbers[wanted & 3]++;
	return 0;
}

SEC("raw_tp/sched_process_exec")
int on_exec(struct bpf_raw_tracepoint_args *ctx)
{
	struct linux_binprm *binprm = (void *)ctx->args[2];

	results[6] = BPF_CORE_READ(binprm, argc);
	return 0;
}

SEC("tp/sched/sched_process_fork")
int on_fork(struct trace_event_raw_sched_process_fork *ctx)
{
	results[7] = ctx->child_pid;
	return 0;
}
