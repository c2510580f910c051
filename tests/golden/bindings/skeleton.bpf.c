// SPDX-License-Identifier: BSD-2-Clause
// Maps with data and without, sections, programs, names that clash.
#include "../skeleton/bpf.h"

#define BPF_MAP_TYPE_PROG_ARRAY 3
#define BPF_MAP_TYPE_PERCPU_ARRAY 6
#define BPF_MAP_TYPE_LRU_HASH 9
#define BPF_MAP_TYPE_RINGBUF 27

struct key {
	int a, b;
};
struct event {
	int pid;
};
const struct event *event_type __attribute__((unused));
const volatile long wide_limit = 4;
const volatile char limit = 3; /* the section is no multiple of 8 bytes */
int count;
long own SEC(".data.own") = 5;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, struct key);
	__type(value, unsigned long);
} counts SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 4);
	__type(key, unsigned);
	struct {
		int x, y;
	} *value;
} per_cpu SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} open SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16);
	__uint(key_size, 6);
	__uint(value_size, 8);
} by_size SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 2);
	__uint(key_size, 4);
	__uint(value_size, 4);
} calls SEC(".maps");

SEC("raw_tp/sys_enter") int on_enter(void *ctx)
{
	count += limit + wide_limit + own;
	return 0;
}
SEC("?raw_tp/sys_exit") int type(void *ctx)
{
	return 0;
}
