// SPDX-License-Identifier: BSD-2-Clause
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include "profile.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* Only this process, or all when 0. */
const volatile int wanted_pid = 0;

struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(max_entries, MAX_STACKS);
	__uint(key_size, sizeof(unsigned int));
	__uint(value_size, MAX_DEPTH * sizeof(__u64)); /* addresses, the innermost first */
} stacks SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_STACKS);
	__type(key, struct place);
	__type(value, unsigned long long);
} samples SEC(".maps");

unsigned long long lost; /* samples for which there was no room */

SEC("perf_event")
int on_sample(struct bpf_perf_event_data *ctx)
{
	unsigned long long *count, one = 1;
	struct place place = {};

	place.pid = bpf_get_current_pid_tgid() >> 32;
	if (!place.pid || (wanted_pid && place.pid != wanted_pid))
		return 0; /* 0 is a CPU that has nothing to do */
	bpf_get_current_comm(place.name, sizeof(place.name));
	place.kernel_stack = bpf_get_stackid(ctx, &stacks, 0);
	place.user_stack = bpf_get_stackid(ctx, &stacks, BPF_F_USER_STACK);
	count = bpf_map_lookup_elem(&samples, &place);
	if (count)
		__sync_fetch_and_add(count, 1);
	else if (bpf_map_update_elem(&samples, &place, &one, BPF_NOEXIST))
		__sync_fetch_and_add(&lost, 1);
	return 0;
}
