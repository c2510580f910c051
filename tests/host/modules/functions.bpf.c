/* SPDX-License-Identifier: BSD-2-Clause */
/* A table of functions that no kernel has. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct wbpf_test_ops {
	int number;
	int (*first)(void);
	void *data;
	int (*second)(void);
};

SEC("struct_ops/first")
int first(void *ctx)
{
	return 1;
}

SEC("?struct_ops/other")
int other(void *ctx)
{
	return 2;
}

SEC(".struct_ops.link")
struct wbpf_test_ops table = {.number = 7, .first = (void *)first};
