/* SPDX-License-Identifier: BSD-2-Clause */
/* Relocations of types and enumerators without one that asks for all of their parts. */
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

typedef enum bpf_map_type type_of_map;
typedef struct mm_struct *(*getter)(struct task_struct *, int);

enum not_in_the_kernel {
	NOT_A,
	NOT_B,
};

struct not_in_the_kernel_either {
	int x;
};

struct local_only {
	int y;
	struct not_in_the_kernel_either *pointer;
};

int results[16];
enum bpf_map_type kept = BPF_MAP_TYPE_HASH;

/* Functions of one source line, of which each has to begin with a line of its own. */
#define TWO_FUNCTIONS(a, b)                                                                        \
	static __noinline int a(int x)                                                             \
	{                                                                                          \
		return x * results[13];                                                            \
	}                                                                                          \
	static __noinline int b(int x)                                                             \
	{                                                                                          \
		return x * results[14];                                                            \
	}
TWO_FUNCTIONS(first_function, second_function)

SEC("raw_tp/sched_process_exec")
int on_exec(void *ctx)
{
	results[12] = first_function(results[0]) + second_function(results[1]);
	results[0] = bpf_core_type_exists(struct task_struct);
	results[1] = bpf_core_type_size(struct mm_struct);
	results[2] = bpf_core_type_id_kernel(struct file);
	results[3] = bpf_core_type_exists(struct not_in_the_kernel_either);
	results[4] = bpf_core_type_size(type_of_map);
	results[5] = bpf_core_enum_value(enum bpf_prog_type, BPF_PROG_TYPE_TRACING);
	results[6] = bpf_core_enum_value(enum bpf_prog_type, BPF_PROG_TYPE_KPROBE);
	results[7] = bpf_core_enum_value_exists(enum not_in_the_kernel, NOT_B);
	results[8] = bpf_core_enum_value(enum bpf_attach_type, BPF_TRACE_FENTRY);
	results[9] = bpf_core_type_exists(getter);
	results[10] = bpf_core_type_exists(union bpf_attr);
	/* An id of the object's own, which is another one when others are gone. */
	results[11] = bpf_core_type_id_local(struct local_only);
	return kept;
}
