// SPDX-License-Identifier: BSD-2-Clause
#include "vmlinux.h"
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include "tc.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* Numbers from the kernel's headers; macros are not in its type information. */
#define TC_ACT_UNSPEC (-1) /* no verdict: what comes next decides */
#define ETH_P_IP 0x0800

/* Keeps struct packet in the object's type information. */
const struct packet *packet_type __attribute__((unused));

/* Packets that found the ring buffer full, and those that are not IPv4. */
unsigned long long lost = 0, other = 0;

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 64 * 1024);
} packets SEC(".maps");

static bool has_ports(unsigned char protocol)
{
	return protocol == IPPROTO_TCP || protocol == IPPROTO_UDP;
}

static void fill(struct packet *p, struct __sk_buff *skb, const struct iphdr *ip)
{
	unsigned short ports[2] = {};

	if (has_ports(ip->protocol))
		bpf_skb_load_bytes(skb, sizeof(struct ethhdr) + ip->ihl * 4, ports, sizeof(ports));
	__builtin_memcpy(p->source, &ip->saddr, 4);
	__builtin_memcpy(p->destination, &ip->daddr, 4);
	p->length = bpf_ntohs(ip->tot_len);
	p->source_port = bpf_ntohs(ports[0]);
	p->destination_port = bpf_ntohs(ports[1]);
	p->protocol = ip->protocol;
	p->ttl = ip->ttl;
}

SEC("tc")
int see_packet(struct __sk_buff *skb)
{
	struct packet *p;
	struct iphdr ip;

	if (skb->protocol != bpf_htons(ETH_P_IP) ||
	    bpf_skb_load_bytes(skb, sizeof(struct ethhdr), &ip, sizeof(ip))) {
		__sync_fetch_and_add(&other, 1);
		return TC_ACT_UNSPEC;
	}
	p = bpf_ringbuf_reserve(&packets, sizeof(*p), 0);
	if (!p) {
		__sync_fetch_and_add(&lost, 1);
		return TC_ACT_UNSPEC;
	}
	fill(p, skb, &ip);
	bpf_ringbuf_submit(p, 0);
	return TC_ACT_UNSPEC;
}
