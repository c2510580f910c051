// SPDX-License-Identifier: BSD-2-Clause
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 65536);
} ring SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, 4);
	__uint(value_size, 4);
} perf SEC(".maps");

SEC("raw_tp")
int emit(void *ctx)
{
	char record[120] = {1};

	bpf_ringbuf_output(&ring, record, sizeof(record), 0);
	bpf_perf_event_output(ctx, &perf, BPF_F_CURRENT_CPU, record, sizeof(record));
	return 0;
}
