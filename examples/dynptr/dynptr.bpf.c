// SPDX-License-Identifier: BSD-2-Clause
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "dynptr.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

#define PIECE 256 /* bytes that are copied at once, by way of the stack */

const volatile char wanted[COMM_LEN] = ""; /* programs of this name; empty: all */

/* Commands that found the ring buffer full. */
unsigned long long lost = 0;

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 512 * 1024);
} commands SEC(".maps");

static bool is_wanted(const char comm[COMM_LEN])
{
	return !wanted[0] || !bpf_strncmp(comm, COMM_LEN, (const char *)wanted);
}

/* The first bytes are always there, so they are written as what they are. */
static bool write_head(const struct bpf_dynptr *record, const struct command *head)
{
	struct command *c = bpf_dynptr_data(record, 0, sizeof(*c));

	if (c)
		*c = *head;
	return c;
}

/* The others are as many as the process has. Returns whether all could be read. */
static bool write_line(const struct bpf_dynptr *record, unsigned long address, unsigned int length)
{
	char piece[PIECE];

	for (unsigned int at = 0; at < LONGEST && at < length; at += PIECE) {
		unsigned int size = length - at;

		if (size > PIECE)
			size = PIECE;
		if (bpf_probe_read_user(piece, size, (const void *)(address + at)) ||
		    bpf_dynptr_write(record, sizeof(struct command) + at, piece, size, 0))
			return false;
	}
	return true;
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct *task)
{
	unsigned long address = task->mm->arg_start;
	struct command head = {.pid = task->tgid, .length = task->mm->arg_end - address};
	unsigned int length = head.length < LONGEST ? head.length : LONGEST;
	struct bpf_dynptr record;

	bpf_get_current_comm(head.comm, sizeof(head.comm));
	if (!is_wanted(head.comm))
		return 0;
	/* Also one that could not be had has to be given back. */
	if (bpf_ringbuf_reserve_dynptr(&commands, sizeof(head) + length, 0, &record) ||
	    !write_head(&record, &head) || !write_line(&record, address, length)) {
		__sync_fetch_and_add(&lost, 1);
		bpf_ringbuf_discard_dynptr(&record, 0);
		return 0;
	}
	bpf_ringbuf_submit_dynptr(&record, 0);
	return 0;
}
