// SPDX-License-Identifier: BSD-2-Clause
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "fentry.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* Keeps struct removal in the object's type information. */
const struct removal *removal_type __attribute__((unused));

struct call {
	unsigned long long start_ns;
	char file[FILE_LEN];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, unsigned int); /* thread id */
	__type(value, struct call);
} calls SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 256 * 1024);
} removals SEC(".maps");

/* The name is read here: when the function returns, the kernel has freed it. */
SEC("fentry/do_unlinkat")
int BPF_PROG(on_call, int dir, struct filename *file)
{
	unsigned int tid = (unsigned int)bpf_get_current_pid_tgid();
	struct call call = {};

	bpf_probe_read_kernel_str(call.file, sizeof(call.file), file->name);
	call.start_ns = bpf_ktime_get_ns();
	bpf_map_update_elem(&calls, &tid, &call, BPF_ANY);
	return 0;
}

/* Has the function's arguments as well as its result. */
SEC("fexit/do_unlinkat")
int BPF_PROG(on_return, int dir, struct filename *file, int result)
{
	unsigned long long now = bpf_ktime_get_ns(), id = bpf_get_current_pid_tgid();
	unsigned int tid = (unsigned int)id;
	struct removal *r;
	struct call *call;

	call = bpf_map_lookup_elem(&calls, &tid);
	if (!call)
		return 0; /* it was called before we looked */
	r = bpf_ringbuf_reserve(&removals, sizeof(*r), 0);
	if (r) {
		r->pid = id >> 32;
		r->dir = dir;
		r->result = result;
		r->duration_ns = now - call->start_ns;
		bpf_get_current_comm(r->name, sizeof(r->name));
		__builtin_memcpy(r->file, call->file, sizeof(r->file));
		bpf_ringbuf_submit(r, 0);
	}
	bpf_map_delete_elem(&calls, &tid);
	return 0;
}
