/* SPDX-License-Identifier: BSD-2-Clause */
/* What test_object.c reads: one of each thing that an object can have. */
#define SEC(name) __attribute__((section(name), used))
#define __uint(name, val) int(*name)[val]
#define __type(name, val) val *name
#define __array(name, val) val *name[]

struct key {
	int a;
};

struct value {
	long b;
};

struct {
	__uint(type, 1);
	__uint(max_entries, 77);
	__uint(map_flags, 1);
	__type(key, struct key);
	__type(value, struct value);
} table SEC(".maps");

struct inner {
	__uint(type, 2);
	__uint(max_entries, 3);
	__type(key, int);
	__type(value, struct value);
} inner SEC(".maps");

struct {
	__uint(type, 12);
	__uint(max_entries, 2);
	__type(key, int);
	__array(values, struct inner);
} outer SEC(".maps") = {.values = {&inner}};

int zero, zeros[4];
int data = 0x11223344;
const volatile long read_only = 42;
char extra SEC(".data.extra") = 'x';
const int more SEC(".rodata.more") = 7;
static int hidden = 3;
extern int LINUX_KERNEL_VERSION __attribute__((section(".kconfig")));
char LICENSE[] SEC("license") = "Dual BSD/GPL";

SEC("tp/sched/sched_process_exec")
int first(void *ctx)
{
	return zero + data + (int)read_only + extra + more + hidden++ + LINUX_KERNEL_VERSION;
}

SEC("?kprobe/do_exit")
int second(void *ctx)
{
	return zeros[2];
}

SEC("socket")
int third(void *ctx)
{
	return 0;
}
