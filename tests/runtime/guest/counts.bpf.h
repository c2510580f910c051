/* SPDX-License-Identifier: BSD-2-Clause */
/* What the programs of attach_*.bpf.c count in, for kinds.h. */
#ifndef COUNTS_BPF_H
#define COUNTS_BPF_H

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 64);
	__type(key, int);
	__type(value, unsigned long long);
} counts SEC(".maps");

/* The process whose actions are counted; 0 is everyone. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, int);
	__type(value, int);
} only SEC(".maps");

static int count(int number, int ret)
{
	unsigned long long *value = bpf_map_lookup_elem(&counts, &number);

	if (value)
		__sync_fetch_and_add(value, 1);
	return ret;
}

static inline int count_only(int number, int ret)
{
	int key = 0, *pid = bpf_map_lookup_elem(&only, &key);

	return pid && *pid == bpf_get_current_pid_tgid() >> 32 ? count(number, ret) : ret;
}

#endif
