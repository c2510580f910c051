// SPDX-License-Identifier: BSD-2-Clause
/* What typed skeletons have: maps with and without data, sections, unions, bitfields, programs that
 * are loaded by themselves and one that is not. */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual BSD/GPL";

enum color { COLOR_RED = 1, COLOR_BLUE = 7 };

struct thing_key {
	unsigned short a;
	char name[5];
};

struct value {
	unsigned low : 3;
	int deep : 13;
	bool flag : 1;
	enum color color;
	union {
		unsigned long long number;
		struct {
			unsigned first, second;
		};
	};
};

struct record {
	struct thing_key key;
	struct value value;
	unsigned count;
	unsigned list[];
};

const struct record *record_type __attribute__((unused));
const volatile unsigned long long wide_step = 1; /* with the next, no multiple of 8 bytes */
const volatile unsigned char step = 1;
unsigned long long runs = 0;
struct value last = {};
int own SEC(".data.own") = 40;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8);
	__type(key, struct thing_key);
	__type(value, struct value);
} values SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 2);
	__type(key, unsigned);
	__type(value, unsigned long long);
} per_cpu SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} records SEC(".maps");

/* Run by the module: changes the element whose key is {3, "go"}, and sends it. */
SEC("raw_tp/sys_enter")
int run(void *ctx)
{
	struct thing_key key = {.a = 3, .name = "go"};
	unsigned zero = 0;
	unsigned long long *count = bpf_map_lookup_elem(&per_cpu, &zero);
	struct value *value = bpf_map_lookup_elem(&values, &key);

	if (!value || !count)
		return 1;
	runs += step;
	*count += 2;
	value->deep = -value->deep;
	value->low += 2;
	value->color = COLOR_BLUE;
	value->first = 5;
	last = *value;
	struct record *r =
		bpf_ringbuf_reserve(&records, sizeof(struct record) + 2 * sizeof(unsigned), 0);
	if (!r)
		return 2;
	r->key = key;
	r->value = *value;
	r->count = 2;
	r->list[0] = own;
	r->list[1] = 99;
	bpf_ringbuf_submit(r, 0);
	return 0;
}

/* Cannot be loaded, and is not. */
SEC("?raw_tp/sys_exit")
int refused(void *ctx)
{
	return ((volatile long *)ctx)[100];
}
