/* SPDX-License-Identifier: BSD-2-Clause */
/* Linked with a library, whose subskeleton finds in the whole object what is the library's. */
#include "bpf.h"

int library_add(int by);
extern int library_total;
extern const volatile int library_step;
extern struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, __u64);
} library_map SEC(".maps");

int own_total = 5;
int own_zero;
static int hidden;

SEC("raw_tp/own")
int own(void *ctx)
{
	__u32 key = 1;

	hidden += own_zero;
	bpf_map_lookup_elem(&library_map, &key);
	own_total += library_total + library_step;
	return library_add(hidden);
}
