/* SPDX-License-Identifier: BSD-2-Clause */
/* What is reached: keys and values of maps, variables, what these point to; no program, no map. */
#include "../skeleton/bpf.h"

struct key {
	__u32 pid;
};
struct value {
	__u64 count;
	struct hidden *not_followed;
};
struct hidden {
	int x;
};
struct by_value {
	int x;
};
struct pointed_to {
	struct by_value v;
};
struct argument {
	int x;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8);
	__type(key, struct key);
	__type(value, struct value);
} counts SEC(".maps");

struct inner_value {
	int x;
};
struct inner {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct inner_value);
} first SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 1);
	__type(key, __u32);
	__array(values, struct inner);
} tables SEC(".maps");

struct {
	__u64 seen, lost;
} stats;
enum { OFF, ON } mode;
const struct pointed_to *unused;

SEC("raw_tp/x")
int prog(struct argument *ctx)
{
	stats.seen++;
	return ctx->x;
}
