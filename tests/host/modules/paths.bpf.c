/* SPDX-License-Identifier: BSD-2-Clause */
/* A section that names a file which libbpf would open, a need for the kernel's types, and things to
 * pin. */
#include <linux/bpf.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct task_struct {
	int pid;
} __attribute__((preserve_access_index));

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} map SEC(".maps");

SEC("uprobe//dev/null:main")
int probe(void *ctx)
{
	return bpf_core_field_exists(struct task_struct, pid);
}
