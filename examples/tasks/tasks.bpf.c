// SPDX-License-Identifier: BSD-2-Clause
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#define DEFAULT_PRIO 120 /* what the kernel adds to a nice value */

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* Called for each thread that there is, and at the end once more, without one. */
SEC("iter/task")
int print_task(struct bpf_iter__task *ctx)
{
	struct seq_file *seq = ctx->meta->seq;
	struct task_struct *task = ctx->task;

	if (!task)
		return 0;
	if (ctx->meta->seq_num == 0)
		BPF_SEQ_PRINTF(seq, "    PID     TID  PARENT NICE NAME\n");
	BPF_SEQ_PRINTF(seq, "%7d %7d %7d %4d %s\n", task->tgid, task->pid, task->real_parent->tgid,
		       task->static_prio - DEFAULT_PRIO, task->comm);
	return 0;
}
