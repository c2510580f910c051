/* SPDX-License-Identifier: BSD-2-Clause */
/* A library: its user half is a subskeleton, whatever it is linked into. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

extern int LINUX_KERNEL_VERSION __kconfig;

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, __u64);
} library_array SEC(".maps");

int library_calls = 100;
const volatile int library_step = 1;
long library_total;
char library_name[8] = "lib";
struct {
	int last;
	char text[6];
} library_state;
struct event *library_event;
int library_extra SEC(".data.custom") = 31;
static int hidden;

__attribute__((noinline)) int library_count(int by)
{
	__u32 key = 1;
	__u64 *value = bpf_map_lookup_elem(&library_array, &key);

	if (value)
		*value += by;
	library_calls += library_step;
	library_total += by;
	library_state.last = by;
	library_state.text[0] = 'T';
	hidden += library_extra + LINUX_KERNEL_VERSION;
	return hidden ? 1 : 0;
}

SEC("raw_tp/sys_exit")
int library_prog(void *ctx)
{
	return library_count(1);
}
