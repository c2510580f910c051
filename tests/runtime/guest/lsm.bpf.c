// SPDX-License-Identifier: BSD-2-Clause
/* Programs that decide about bpf(2) itself: what the process that attached them can cause alone. */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char _license[] SEC("license") = "GPL";

int pid;
int denied_cmd = -1; /* what is refused; -1 is nothing */
int refused_family;
long long asked, maps_asked, maps_opened, sockets_asked;

static bool ours(void)
{
	return bpf_get_current_pid_tgid() >> 32 == pid;
}

SEC("lsm/bpf")
int BPF_PROG(decide, int cmd, union bpf_attr *attr, unsigned int size)
{
	if (!ours() || cmd != denied_cmd)
		return 0;
	asked++;
	return -1; /* EPERM */
}

SEC("lsm.s/bpf_map")
int BPF_PROG(watch, struct bpf_map *map, fmode_t mode)
{
	if (ours())
		maps_asked++;
	return 0;
}

/* Its hook is set by the program. */
SEC("?lsm")
int BPF_PROG(later, struct bpf_map *map, fmode_t mode)
{
	if (ours())
		maps_opened++;
	return 0;
}

SEC("?lsm/no_such_hook")
int BPF_PROG(nowhere)
{
	return 0;
}

/* For the processes of a cgroup: 0 refuses, 1 allows. */
SEC("?lsm_cgroup/socket_create")
int BPF_PROG(no_sockets, int family, int type, int protocol, int kern)
{
	if (!ours())
		return 1;
	sockets_asked++;
	return family != refused_family;
}

/* A return value that the hook does not have. */
SEC("?lsm/bpf")
int BPF_PROG(rejected)
{
	return 5;
}

SEC("raw_tp/sys_enter")
int other(void *ctx)
{
	return 0;
}

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, int);
	__type(value, int);
} shared SEC(".maps");
