// SPDX-License-Identifier: BSD-2-Clause
/* Programs for an interface, which let everything pass. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

SEC("xdp")
int stays_xdp(struct xdp_md *ctx)
{
	return XDP_PASS;
}

SEC("tcx/ingress")
int stays_tc(struct __sk_buff *skb)
{
	return -1;
}

char _license[] SEC("license") = "GPL";
