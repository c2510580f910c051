// SPDX-License-Identifier: BSD-2-Clause
/* For options.c: configuration, pinning by name, and congestion control in BPF. */
#include <linux/bpf.h>
#include <stdbool.h>

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

extern int CONFIG_WBPF_NUMBER __kconfig __weak;
extern bool CONFIG_WBPF_SWITCH __kconfig __weak;
extern char CONFIG_WBPF_TEXT[8] __kconfig __weak;
extern enum libbpf_tristate CONFIG_WBPF_THREE __kconfig __weak;
extern int LINUX_KERNEL_VERSION __kconfig;

int number, three, version;
bool on;
char text[8];

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, int);
	__type(value, int);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} kept SEC(".maps");

SEC("syscall")
int read_all(void *ctx)
{
	int key = 0, *value = bpf_map_lookup_elem(&kept, &key);

	number = CONFIG_WBPF_NUMBER;
	on = CONFIG_WBPF_SWITCH;
	three = CONFIG_WBPF_THREE;
	version = LINUX_KERNEL_VERSION;
	for (int i = 0; i < (int)sizeof(text); i++)
		text[i] = CONFIG_WBPF_TEXT[i];
	if (value)
		__sync_fetch_and_add(value, 1);
	return value ? *value : -1;
}

struct sock;
struct tcp_congestion_ops {
	char name[16];
	__u32 (*ssthresh)(struct sock *sk);
	__u32 (*undo_cwnd)(struct sock *sk);
	void (*cong_avoid)(struct sock *sk, __u32 ack, __u32 acked);
	void *owner;
};

SEC("struct_ops")
__u32 BPF_PROG(ssthresh, struct sock *sk)
{
	return 2;
}

SEC("struct_ops")
__u32 BPF_PROG(undo_cwnd, struct sock *sk)
{
	return 2;
}

SEC("struct_ops")
void BPF_PROG(avoid, struct sock *sk, __u32 ack, __u32 acked)
{
}

SEC(".struct_ops.link")
struct tcp_congestion_ops linked = {
	.ssthresh = (void *)ssthresh,
	.undo_cwnd = (void *)undo_cwnd,
	.cong_avoid = (void *)avoid,
	.name = "wbpf_obj_l",
};

SEC(".struct_ops.link")
struct tcp_congestion_ops successor = {
	.ssthresh = (void *)ssthresh,
	.undo_cwnd = (void *)undo_cwnd,
	.cong_avoid = (void *)avoid,
	.name = "wbpf_obj_l",
};

SEC(".struct_ops")
struct tcp_congestion_ops plain = {
	.ssthresh = (void *)ssthresh,
	.undo_cwnd = (void *)undo_cwnd,
	.cong_avoid = (void *)avoid,
	.name = "wbpf_obj_p",
};

char _license[] SEC("license") = "GPL";
