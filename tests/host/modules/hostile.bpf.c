/* SPDX-License-Identifier: BSD-2-Clause */
/* What an object can hold that libbpf handles with state of its own. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

/* The kernel's own, as far as it is needed: libbpf matches members by name. */
struct tcp_congestion_ops {
	__u32 (*ssthresh)(void *sk);
	void (*cong_avoid)(void *sk, __u32 ack, __u32 acked);
	__u32 (*undo_cwnd)(void *sk);
	char name[16];
} __attribute__((preserve_access_index));

SEC("struct_ops")
__u32 ssthresh(void *ctx)
{
	return 2;
}

SEC("struct_ops")
void cong_avoid(void *ctx)
{
}

SEC("struct_ops")
__u32 undo_cwnd(void *ctx)
{
	return 2;
}

SEC("?.struct_ops")
struct tcp_congestion_ops cc = {
	.ssthresh = (void *)ssthresh,
	.cong_avoid = (void *)cong_avoid,
	.undo_cwnd = (void *)undo_cwnd,
	.name = "wbpf_host",
};

struct {
	__uint(type, BPF_MAP_TYPE_ARENA);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 4);
} arena SEC(".maps");

int __attribute__((address_space(1))) arena_data[2000] = {1};

struct inner {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} inner SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
	__uint(max_entries, 4);
	__type(key, __u32);
	__array(values, struct inner);
} outer SEC(".maps") = {
	.values = {[0] = &inner},
};

/* libbpf writes 208 bytes into a value. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, int);
	__uint(value_size, 4096);
} __bpf_usdt_specs SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__uint(value_size, 65536);
} large SEC(".maps");

__u64 data[8] = {1};

SEC("iter/bpf_map_elem")
int elements(void *ctx)
{
	return 0;
}

SEC("iter/task")
int tasks(void *ctx)
{
	return 0;
}

SEC("xdp")
int pass(void *ctx)
{
	return XDP_PASS;
}

SEC("tc")
int classify(void *ctx)
{
	return 0;
}

SEC("socket")
int filter(void *ctx)
{
	return (int)data[0];
}

SEC("socket")
int in_arena(void *ctx)
{
	return arena_data[0];
}
