// SPDX-License-Identifier: BSD-2-Clause
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include "bloom.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* Says of an id that it is certainly not known, or perhaps. User space sets how many ids it is made
 * for, and by how many hashes. Without a seed, each run gives the same answers. */
struct {
	__uint(type, BPF_MAP_TYPE_BLOOM_FILTER);
	__uint(map_flags, BPF_F_ZERO_SEED);
	__uint(max_entries, 1);
	__type(value, unsigned long long);
} filter SEC(".maps");

/* Knows for certain. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, unsigned long long);
	__type(value, unsigned int);
} known SEC(".maps");

struct answers answers = {};

static long ask_one(unsigned long long number, void *ctx)
{
	unsigned long long id = id_of(number);

	if (bpf_map_peek_elem(&filter, &id))
		answers.misses++;
	else if (bpf_map_lookup_elem(&known, &id))
		answers.hits++;
	else
		answers.false_positives++;
	return 0;
}

/* Asks for as many ids; returns for how many. Run once, it is not attached to a tracepoint: a
 * program of the type that is made for that (SEC("syscall")) may sleep, and so not have a filter.
 */
SEC("raw_tp")
int ask(struct bpf_raw_tracepoint_args *ctx)
{
	return bpf_loop(ctx->args[0], ask_one, NULL, 0);
}
