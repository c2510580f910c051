// SPDX-License-Identifier: BSD-2-Clause
/* A program of each section for cgroups, which counts and lets everything pass. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#include "attach_cgroup.h"
#include "counts.bpf.h"

#define K(name, section, context, ret, action)                                                     \
	SEC(section) int on_##name(struct context *ctx)                                            \
	{                                                                                          \
		return count(KIND_##name, ret);                                                    \
	}
CGROUP_KINDS(K)

char _license[] SEC("license") = "GPL";
