// SPDX-License-Identifier: BSD-2-Clause
/* A list in an arena, which both halves change. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define __arena __attribute__((address_space(1), btf_type_tag("arena")))

char LICENSE[] SEC("license") = "Dual BSD/GPL";

void __arena *bpf_arena_alloc_pages(void *map, void __arena *at, __u32 count, int node,
				    __u64 flags) __ksym;
void bpf_arena_free_pages(void *map, void __arena *at, __u32 count) __ksym;

struct {
	__uint(type, BPF_MAP_TYPE_ARENA);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 16);
	__ulong(map_extra, 0x1ull << 44);
} pages SEC(".maps");

struct node {
	struct node __arena *next;
	unsigned long long value;
};

#define NODES 100

unsigned long long __arena total = 5;
unsigned long long __arena step;
struct node __arena *__arena head;
struct node __arena *last; /* in .bss */
const struct node *type_of_node __attribute__((unused));

/* A page of nodes in front of the list: 100 * step, 99 * step, ... step. */
SEC("syscall")
int fill(void *ctx)
{
	struct node __arena *page = bpf_arena_alloc_pages(&pages, NULL, 1, -1, 0);

	if (!page)
		return 1;
	last = page;
	for (int i = 0; i < NODES; i++) {
		page[i].value = (i + 1) * step;
		page[i].next = head;
		head = &page[i];
	}
	return 0;
}

SEC("syscall")
int sum(void *ctx)
{
	struct node __arena *n = head;

	total = 0;
	for (int i = 0; i < 4 * NODES && n; i++, n = n->next)
		total += n->value;
	return 0;
}

/* Gives the page of the oldest nodes back. */
SEC("syscall")
int drop(void *ctx)
{
	if (last)
		bpf_arena_free_pages(&pages, last, 1);
	last = NULL;
	head = NULL;
	return 0;
}
