// SPDX-License-Identifier: BSD-2-Clause
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include "kfunc.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

#define ANCESTORS 64

/* Functions of the kernel. Weak: where it lacks one, the branch that calls it is not there. */
extern struct task_struct *bpf_task_from_pid(s32 pid) __weak __ksym;
extern void bpf_task_release(struct task_struct *task) __weak __ksym;
extern void bpf_rcu_read_lock(void) __weak __ksym;
extern void bpf_rcu_read_unlock(void) __weak __ksym;
extern u32 bpf_cpumask_first(const struct cpumask *cpumask) __weak __ksym;
extern u32 bpf_cpumask_weight(const struct cpumask *cpumask) __weak __ksym;

const volatile bool without = false; /* as if there were none of them */

/* The answer to the last question. */
struct process found = {};

/* Whether processes are found by their ids; otherwise only ancestors of this one are. */
bool by_id = false;

/* The kernel knows by its types what a pointer is, and whether the function may have it. */
static void read_cpus(struct task_struct *task)
{
	found.cpus = task->nr_cpus_allowed;
	found.first_cpu = -1;
	if (!bpf_ksym_exists(bpf_rcu_read_lock) || !bpf_ksym_exists(bpf_cpumask_first))
		return;
	bpf_rcu_read_lock();
	found.first_cpu = bpf_cpumask_first(task->cpus_ptr);
	if (bpf_ksym_exists(bpf_cpumask_weight))
		found.cpus = bpf_cpumask_weight(task->cpus_ptr);
	bpf_rcu_read_unlock();
}

static void read_names(struct task_struct *task)
{
	struct task_struct *parent = task->real_parent;

	found.pid = task->tgid;
	found.parent = parent->tgid;
	BPF_CORE_READ_STR_INTO(&found.comm, task, comm);
	BPF_CORE_READ_STR_INTO(&found.parent_comm, parent, comm);
}

/* What bpf_task_from_pid() gives has to be given back; the verifier sees to it. */
static int find_by_id(int pid)
{
	struct task_struct *task = bpf_task_from_pid(pid);

	if (!task)
		return 0;
	read_names(task);
	read_cpus(task);
	bpf_task_release(task);
	return 1;
}

static int find_ancestor(int pid)
{
	struct task_struct *task = bpf_get_current_task_btf();

	for (int i = 0; i < ANCESTORS && task->tgid; i++, task = task->real_parent) {
		if (task->tgid != pid)
			continue;
		read_names(task);
		found.cpus = task->nr_cpus_allowed;
		found.first_cpu = -1;
		return 1;
	}
	return 0;
}

/* 1: found, 0: there is none. */
SEC("syscall")
int find(int *pid)
{
	by_id = !without && bpf_ksym_exists(bpf_task_from_pid);
	if (!without && bpf_ksym_exists(bpf_task_from_pid))
		return find_by_id(*pid);
	return find_ancestor(*pid);
}
