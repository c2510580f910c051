// SPDX-License-Identifier: BSD-2-Clause
#include "vmlinux.h"
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include "cgroup_connect.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

enum { REFUSE, ALLOW }; /* what a program of this type returns; refused is EPERM */

/* In host order. */
const volatile unsigned short port = 0;
const volatile unsigned short new_port = 0; /* 0: refuse */

/* Keeps struct attempt in the object's type information. */
const struct attempt *attempt_type __attribute__((unused));

/* Attempts that found the ring buffer full. */
unsigned long long lost = 0;

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 64 * 1024);
} attempts SEC(".maps");

static void report(struct bpf_sock_addr *ctx)
{
	struct attempt *a = bpf_ringbuf_reserve(&attempts, sizeof(*a), 0);
	unsigned int address = ctx->user_ip4;

	if (!a) {
		__sync_fetch_and_add(&lost, 1);
		return;
	}
	a->pid = bpf_get_current_pid_tgid() >> 32;
	__builtin_memcpy(a->address, &address, sizeof(a->address));
	a->new_port = new_port;
	bpf_get_current_comm(a->comm, sizeof(a->comm));
	bpf_ringbuf_submit(a, 0);
}

SEC("cgroup/connect4")
int see_connect(struct bpf_sock_addr *ctx)
{
	if (ctx->protocol != IPPROTO_TCP || ctx->user_port != bpf_htons(port))
		return ALLOW;
	report(ctx);
	if (!new_port)
		return REFUSE;
	ctx->user_port = bpf_htons(new_port);
	return ALLOW;
}
