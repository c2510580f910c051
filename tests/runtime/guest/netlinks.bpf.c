// SPDX-License-Identifier: BSD-2-Clause
/* Programs that see packets and let them pass. */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

#include "netlinks.h"

char _license[] SEC("license") = "GPL";

long long packets[PLACES];

static int see(int place)
{
	__sync_fetch_and_add(&packets[place], 1);
	return -1; /* TCX_NEXT, NETKIT_NEXT */
}

SEC("tcx/ingress")
int first(struct __sk_buff *skb)
{
	return see(AT_FIRST);
}

SEC("tcx/ingress")
int second(struct __sk_buff *skb)
{
	return see(AT_SECOND);
}

SEC("tcx/egress")
int leaving(struct __sk_buff *skb)
{
	return see(AT_EGRESS);
}

/* Lets nothing through to those behind it. */
SEC("tcx/ingress")
int last(struct __sk_buff *skb)
{
	see(AT_LAST);
	return 0; /* TCX_PASS */
}

SEC("netkit/primary")
int primary(struct __sk_buff *skb)
{
	return see(AT_PRIMARY);
}

SEC("netkit/peer")
int peer(struct __sk_buff *skb)
{
	return see(AT_PEER);
}

SEC("?netfilter")
int filter(struct bpf_nf_ctx *ctx)
{
	see(AT_FILTER);
	return 1; /* NF_ACCEPT */
}
