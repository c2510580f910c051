// SPDX-License-Identifier: BSD-2-Clause
/* A record for each process that starts. */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

SEC("raw_tp/sched_process_exec")
int on_exec(void *ctx)
{
	__u64 time = bpf_ktime_get_ns();

	bpf_ringbuf_output(&events, &time, sizeof(time), 0);
	return 0;
}
