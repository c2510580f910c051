// SPDX-License-Identifier: BSD-2-Clause
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "uprobe.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* Keeps struct lookup in the object's type information. */
const struct lookup *lookup_type __attribute__((unused));

struct call {
	unsigned long long start_ns;
	char host[HOST_LEN];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, unsigned int); /* thread id */
	__type(value, struct call);
} calls SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 64 * 1024);
} lookups SEC(".maps");

/* The user program says to what this is attached. */
SEC("uprobe")
int BPF_UPROBE(on_call, const char *host)
{
	unsigned int tid = (unsigned int)bpf_get_current_pid_tgid();
	struct call call = {};

	call.start_ns = bpf_ktime_get_ns();
	if (host)
		bpf_probe_read_user_str(call.host, sizeof(call.host), host);
	bpf_map_update_elem(&calls, &tid, &call, BPF_ANY);
	return 0;
}

/* The section's name says to what this is attached. */
SEC("uretprobe/libc.so.6:getaddrinfo")
int BPF_URETPROBE(on_return, int result)
{
	unsigned long long id = bpf_get_current_pid_tgid();
	unsigned int tid = (unsigned int)id;
	struct lookup *l;
	struct call *call;

	call = bpf_map_lookup_elem(&calls, &tid);
	if (!call)
		return 0; /* it was called before we looked */
	l = bpf_ringbuf_reserve(&lookups, sizeof(*l), 0);
	if (l) {
		l->pid = id >> 32;
		l->result = result;
		l->duration_ns = bpf_ktime_get_ns() - call->start_ns;
		bpf_get_current_comm(l->name, sizeof(l->name));
		__builtin_memcpy(l->host, call->host, sizeof(l->host));
		bpf_ringbuf_submit(l, 0);
	}
	bpf_map_delete_elem(&calls, &tid);
	return 0;
}
