// SPDX-License-Identifier: BSD-2-Clause
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#include "many.h"

char LICENSE[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 131072);
} ring SEC(".maps");

SEC("raw_tp")
int emit(void *ctx)
{
	char record[64] = {1};

	for (int i = 0; i < MANY_RECORDS; i++)
		bpf_ringbuf_output(&ring, record, sizeof(record), BPF_RB_NO_WAKEUP);
	return 0;
}
