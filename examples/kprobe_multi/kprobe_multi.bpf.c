// SPDX-License-Identifier: BSD-2-Clause
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "kprobe_multi.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* Only calls by this process, or by all when 0. */
const volatile int wanted_pid = 0;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_FUNCTIONS);
	__type(key, unsigned long long); /* where the function is */
	__type(value, struct function);
} functions SEC(".maps");

/* The user program says to which functions this is attached. */
SEC("kprobe.multi")
int BPF_KPROBE(on_call)
{
	unsigned long long address = bpf_get_func_ip(ctx);
	struct function *f, new = {};

	if (wanted_pid && bpf_get_current_pid_tgid() >> 32 != wanted_pid)
		return 0;
	f = bpf_map_lookup_elem(&functions, &address);
	if (!f) {
		/* The kernel knows its symbols: once for each function, not for each call. */
		BPF_SNPRINTF(new.symbol, sizeof(new.symbol), "%ps", address);
		bpf_map_update_elem(&functions, &address, &new, BPF_NOEXIST);
		f = bpf_map_lookup_elem(&functions, &address);
	}
	if (f)
		__sync_fetch_and_add(&f->calls, 1);
	return 0;
}
