// SPDX-License-Identifier: BSD-2-Clause
/* A program for every iterator, and maps to go through. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

long long runs;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4);
	__type(key, int);
	__type(value, int);
} numbers SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 2);
	__type(key, int);
	__type(value, int);
} each_cpu SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_SOCKMAP);
	__uint(max_entries, 2);
	__type(key, int);
	__type(value, int);
} sockets SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, int);
} storage SEC(".maps");

SEC("?iter")
int each(void *ctx)
{
	runs++;
	return 0;
}

SEC("?iter.s")
int each_sleepable(void *ctx)
{
	runs++;
	return 0;
}

char _license[] SEC("license") = "GPL";
