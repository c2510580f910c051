/* SPDX-License-Identifier: BSD-2-Clause */
/* A table of functions: pointers to them have the kernel's 8 bytes also in a module. */
#include "bpf.h"

struct module;

struct thing_ops {
	int (*init)(int);
	unsigned long flags;
	char name[12];
	struct module *owner;
	bool enabled;
	__u8 level : 3, high : 5;
	void (*release)(void);
	int last;
};

SEC("struct_ops/init")
int init_thing(int x)
{
	return 0;
}

SEC("struct_ops/release")
void release_thing(void)
{
}

SEC(".struct_ops.link")
struct thing_ops thing = {
	.init = (void *)init_thing,
	.flags = 3,
	.name = "thing",
	.last = 9,
};

SEC(".struct_ops")
struct thing_ops other = {
	.release = (void *)release_thing,
};
