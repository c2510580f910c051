// SPDX-License-Identifier: BSD-2-Clause
/* Programs for the functions of another program, which runs all the time. */
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#include "uprobes.h"

char _license[] SEC("license") = "GPL";

struct seen seen[FUNCTIONS]; /* by the function's number, which is its argument */
long long returns;
unsigned long long strange; /* arguments that no function has */

extern bool bpf_session_is_return(void) __ksym __weak;

static int see(void *ctx, unsigned long number)
{
	if (number >= FUNCTIONS) {
		strange++;
		return 0;
	}
	seen[number].hits++;
	seen[number].cookie = bpf_get_attach_cookie(ctx);
	return 0;
}

SEC("uprobe.multi")
int BPF_UPROBE(many, unsigned long number)
{
	return see(ctx, number);
}

SEC("uretprobe.multi")
int BPF_URETPROBE(many_leave, unsigned long ret)
{
	return see(ctx, ret - 100);
}

SEC("uprobe")
int BPF_UPROBE(one, unsigned long number)
{
	return see(ctx, number);
}

SEC("?uprobe.session")
int BPF_UPROBE(session, unsigned long number)
{
	if (bpf_session_is_return && bpf_session_is_return())
		returns++;
	else
		see(ctx, number);
	return 0;
}
