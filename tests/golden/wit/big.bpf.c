/* SPDX-License-Identifier: BSD-2-Clause */
/* A big-endian object: the WIT is that of the little-endian one. */
#include "../skeleton/bpf.h"

struct event {
	__u32 pid;
	char comm[16];
	unsigned short ports[2];
	unsigned high : 4, low : 12;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, struct event);
} events SEC(".maps");
