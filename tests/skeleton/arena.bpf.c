/* SPDX-License-Identifier: BSD-2-Clause */
/* Variables of an arena, and pointers into it among them and in .bss. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define __arena __attribute__((address_space(1), btf_type_tag("arena")))

char LICENSE[] SEC("license") = "GPL";

void __arena *bpf_arena_alloc_pages(void *map, void __arena *addr, __u32 page_cnt, int node_id,
				    __u64 flags) __ksym;

struct {
	__uint(type, BPF_MAP_TYPE_ARENA);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 8);
} pages SEC(".maps");

struct tree {
	struct tree __arena *left;
	struct tree __arena *right;
	long key;
};
const struct tree *unused __attribute__((unused));

struct known {
	struct tree __arena *root;
	struct tree __arena *both[2];
	int nodes;
};
struct known __arena known = {.nodes = 3};
long __arena first_key = 100;
struct tree __arena *newest;

/* Seven nodes, each with a key between those below it. */
SEC("syscall")
int grow(void *ctx)
{
	struct tree __arena *t = bpf_arena_alloc_pages(&pages, NULL, 1, -1, 0);

	if (!t)
		return 1;
	for (int i = 0; i < 7; i++)
		t[i].key = first_key + i;
	for (int i = 1; i < 7; i += 4) {
		t[i].left = &t[i - 1];
		t[i].right = &t[i + 1];
	}
	t[3].left = &t[1];
	t[3].right = &t[5];
	known.root = &t[3];
	known.both[0] = &t[1];
	known.both[1] = &t[5];
	known.nodes += 4;
	newest = &t[6];
	return 0;
}
