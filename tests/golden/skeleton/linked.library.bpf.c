/* SPDX-License-Identifier: BSD-2-Clause */
#include "bpf.h"

extern int LINUX_KERNEL_VERSION __kconfig;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, __u64);
} library_map SEC(".maps");

char library_first = 'f';
int library_total = 3;
const volatile int library_step = 2;
long library_longs[3];
struct {
	int a;
	char text[6];
} library_record;
struct unknown;
struct unknown *library_pointer;
int library_extra SEC(".data.library") = 4;
static int hidden;

__attribute__((noinline)) int library_add(int by)
{
	library_longs[1] += by;
	library_record.a = library_first;
	hidden += library_extra;
	return hidden + LINUX_KERNEL_VERSION;
}

SEC("raw_tp/library")
int library_prog(void *ctx)
{
	return library_add(1);
}
