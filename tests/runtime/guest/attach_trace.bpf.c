// SPDX-License-Identifier: BSD-2-Clause
/* A program of each section for tracing, which counts. */
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <stdbool.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <bpf/usdt.bpf.h>

#include "attach_trace.h"
#include "counts.bpf.h"

#define K(name, section, ours, how, ret, attach, act)                                              \
	SEC(ours) int on_##name(void *ctx)                                                         \
	{                                                                                          \
		return how(KIND_##name, ret);                                                      \
	}
TRACE_KINDS(K)

/* Its test run is what calls bpf_fentry_test1(). */
SEC("fentry/bpf_fentry_test2")
int trigger(void *ctx)
{
	return 0;
}

char _license[] SEC("license") = "GPL";
