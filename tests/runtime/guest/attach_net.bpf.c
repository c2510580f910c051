// SPDX-License-Identifier: BSD-2-Clause
/* A program of each section for the network, which counts and lets everything pass. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

#include "attach_net.h"
#include "counts.bpf.h"

struct {
	__uint(type, BPF_MAP_TYPE_SOCKMAP);
	__uint(max_entries, 2);
	__type(key, int);
	__type(value, int);
} sockets SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_REUSEPORT_SOCKARRAY);
	__uint(max_entries, 2);
	__type(key, int);
	__type(value, long long);
} listeners SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_DEVMAP);
	__uint(max_entries, 1);
	__type(key, int);
	__type(value, struct bpf_devmap_val);
} devices SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_CPUMAP);
	__uint(max_entries, 1);
	__type(key, int);
	__type(value, struct bpf_cpumap_val);
} cpus SEC(".maps");

#define K(name, section, ret, action, attach, act)                                                 \
	SEC(section) int on_##name(void *ctx)                                                      \
	{                                                                                          \
		return count(KIND_##name, ret);                                                    \
	}
NET_KINDS(K)
#undef K
#define K(name, section, ret, action, attach, detach, act)                                         \
	SEC(section) int on_##name(void *ctx)                                                      \
	{                                                                                          \
		return count(KIND_##name, ret);                                                    \
	}
OTHER_KINDS(K)

/* New connections go to the first listener, and with its end to the second. */
SEC("sk_reuseport/migrate")
int on_migrate(struct sk_reuseport_md *md)
{
	int key = md->migrating_sk ? 1 : 0;

	count(key ? KIND_migrated : KIND_migrate, 0);
	return bpf_sk_select_reuseport(md, &listeners, &key, 0) ? SK_DROP : SK_PASS;
}

/* What sends packets to where the programs in maps are. */
#define REDIRECT(name, section, map)                                                               \
	SEC(section) int name(struct xdp_md *ctx)                                                  \
	{                                                                                          \
		return bpf_redirect_map(&map, 0, 0);                                               \
	}
REDIRECT(to_devmap, "xdp", devices)
REDIRECT(to_cpumap, "xdp", cpus)
REDIRECT(to_devmap_frags, "xdp.frags", devices)
REDIRECT(to_cpumap_frags, "xdp.frags", cpus)

char _license[] SEC("license") = "GPL";
