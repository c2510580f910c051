// SPDX-License-Identifier: BSD-2-Clause
/* For objects.c: maps with patterns, programs that load, that do not, and of sections of nobody's.
 */
#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

struct inner {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 3);
	__type(key, int);
	__type(value, long long);
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 2);
	__type(key, int);
	__array(values, struct inner);
} outer SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
	__uint(max_entries, 2);
	__type(key, int);
	__type(value, int);
} bare SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8);
	__type(key, int);
	__type(value, long long);
} values SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8);
	__type(key, int);
	__type(value, long long);
} a_map_with_a_rather_long_name SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 8);
	__type(key, int);
	__type(value, int);
} each_cpu SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} ring SEC(".maps");

struct task_struct {
	int pid;
} __attribute__((preserve_access_index));

int counts[8];
int limit = 1;
const volatile int which = 0;
int more[2] SEC(".data.with_a_very_long_name") = {1};

SEC("raw_tp/sys_enter")
int first(void *ctx)
{
	__sync_fetch_and_add(&counts[0], 1);
	return 0;
}

SEC("raw_tp/sys_enter")
int second(void *ctx)
{
	__sync_fetch_and_add(&counts[1], 1);
	return 0;
}

SEC("syscall")
int get(void *ctx)
{
	int key = 1;
	long long *v = bpf_map_lookup_elem(&values, &key);

	more[1]++;
	return v ? (int)*v : which;
}

SEC("syscall")
int relocated(void *ctx)
{
	return bpf_core_field_exists(struct task_struct, pid) + 1;
}

SEC("?raw_tp/sys_enter")
int rejected(void *ctx)
{
	int key = 1;
	long long *v = bpf_map_lookup_elem(&values, &key);

	return (int)*v;
}

SEC("?custom/one")
int custom(void *ctx)
{
	counts[2]++;
	return 0;
}

SEC("?strange")
int strange(void *ctx)
{
	counts[3]++;
	return 0;
}

SEC("?fentry")
int aimless(void *ctx)
{
	return 0;
}

char _license[] SEC("license") = "Dual BSD/GPL";
