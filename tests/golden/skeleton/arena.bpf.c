/* SPDX-License-Identifier: BSD-2-Clause */
/* The variables of an arena are the skeleton's member "arena", whatever the map is called. */
#include "bpf.h"

#define __arena __attribute__((address_space(1)))

struct {
	__uint(type, BPF_MAP_TYPE_ARENA);
	__uint(map_flags, 1 << 10);
	__uint(max_entries, 16);
} pages SEC(".maps");

struct node;
int __arena head_count;
long __arena total = 3;
struct node __arena *__arena head;

SEC("raw_tp/x")
int prog(void *ctx)
{
	head_count++;
	return total;
}
