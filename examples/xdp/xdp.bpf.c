// SPDX-License-Identifier: BSD-2-Clause
#include "vmlinux.h"
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include "xdp.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* Numbers from the kernel's headers; macros are not in its type information. */
#define ETH_P_IP 0x0800
#define ETH_P_IPV6 0x86dd
#define IP_OFFSET 0x1fff /* of frag_off: where the fragment lies in the packet */

const volatile unsigned short drop_port = 0; /* of UDP, in host order; 0: none */

/* Each processor counts for itself, without atomic operations. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, PROTOCOLS);
	__type(key, unsigned int);
	__type(value, struct traffic);
} seen SEC(".maps");

/* What is known of a frame. */
struct parsed {
	unsigned int protocol;
	void *payload; /* of the IP packet; NULL when it is not there */
};

static __always_inline struct parsed parse_ipv4(struct iphdr *ip, void *end)
{
	struct parsed p = {.protocol = OTHER};

	if ((void *)(ip + 1) > end)
		return p;
	p.protocol = ip->protocol;
	if (!(ip->frag_off & bpf_htons(IP_OFFSET))) /* later fragments have no header of UDP */
		p.payload = (void *)ip + ip->ihl * 4;
	return p;
}

static __always_inline struct parsed parse_ipv6(struct ipv6hdr *ip, void *end)
{
	struct parsed p = {.protocol = OTHER};

	if ((void *)(ip + 1) > end)
		return p;
	p.protocol = ip->nexthdr;
	p.payload = ip + 1;
	return p;
}

static __always_inline struct parsed parse(struct ethhdr *eth, void *end)
{
	if ((void *)(eth + 1) <= end && eth->h_proto == bpf_htons(ETH_P_IP))
		return parse_ipv4((void *)(eth + 1), end);
	if ((void *)(eth + 1) <= end && eth->h_proto == bpf_htons(ETH_P_IPV6))
		return parse_ipv6((void *)(eth + 1), end);
	return (struct parsed){.protocol = OTHER};
}

static __always_inline bool is_unwanted(struct parsed *p, void *end)
{
	struct udphdr *udp = p->payload;

	return drop_port && p->protocol == IPPROTO_UDP && udp && (void *)(udp + 1) <= end &&
	       udp->dest == bpf_htons(drop_port);
}

SEC("xdp")
int see_frame(struct xdp_md *ctx)
{
	void *frame = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct parsed p = parse(frame, end);
	struct traffic *t = bpf_map_lookup_elem(&seen, &p.protocol);

	if (!t)
		return XDP_PASS;
	t->packets++;
	t->bytes += end - frame;
	if (!is_unwanted(&p, end))
		return XDP_PASS;
	t->dropped++;
	return XDP_DROP;
}
