// SPDX-License-Identifier: BSD-2-Clause
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/usdt.bpf.h>
#include "usdt.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* Keeps struct hit in the object's type information. */
const struct hit *hit_type __attribute__((unused));

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 256 * 1024);
} hits SEC(".maps");

/* The user program says to which probe this is attached. */
SEC("usdt")
int on_probe(struct pt_regs *ctx)
{
	struct hit *h = bpf_ringbuf_reserve(&hits, sizeof(*h), 0);

	if (!h)
		return 0;
	h->pid = bpf_get_current_pid_tgid() >> 32;
	h->nr_args = bpf_usdt_arg_cnt(ctx);
	for (int i = 0; i < MAX_ARGS; i++) {
		long arg = 0;

		if (i < h->nr_args)
			bpf_usdt_arg(ctx, i, &arg);
		h->args[i] = arg;
	}
	bpf_get_current_comm(h->name, sizeof(h->name));
	bpf_ringbuf_submit(h, 0);
	return 0;
}
