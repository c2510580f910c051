// SPDX-License-Identifier: BSD-2-Clause
/* Filters on sockets, and sockets in maps. */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/udp.h>

#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "sockets.h"

struct {
	__uint(type, BPF_MAP_TYPE_SOCKMAP);
	__uint(max_entries, 4);
	__type(key, int);
	__type(value, int);
} socks SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_SOCKMAP);
	__uint(max_entries, 4);
	__type(key, int);
	__type(value, long long);
} cookies SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_REUSEPORT_SOCKARRAY);
	__uint(max_entries, 4);
	__type(key, int);
	__type(value, long long);
} listeners SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, int);
} storage SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} rb SEC(".maps");

unsigned short port; /* in network order: whose packets are reported */
int selected;
int passed, dropped;

/* Passes what begins with 'p' after the UDP header, and cuts what begins with 'c' to 3 bytes. */
SEC("socket")
int letters(struct __sk_buff *skb)
{
	char first = 0;

	bpf_skb_load_bytes(skb, sizeof(struct udphdr), &first, 1);
	if (first == 'p') {
		passed++;
		return -1;
	}
	if (first == 'c') {
		passed++;
		return sizeof(struct udphdr) + 3;
	}
	dropped++;
	return 0;
}

/* Reports packets to the port, on a raw socket; takes none. */
SEC("socket")
int watch(struct __sk_buff *skb)
{
	struct packet *p;
	struct iphdr ip;
	struct udphdr udp;

	if (bpf_skb_load_bytes(skb, ETH_HLEN, &ip, sizeof(ip)) || ip.protocol != 17)
		return 0;
	if (bpf_skb_load_bytes(skb, ETH_HLEN + sizeof(ip), &udp, sizeof(udp)))
		return 0;
	if (udp.dest != port || skb->pkt_type == 4 /* PACKET_OUTGOING: it is seen twice */)
		return 0;
	p = bpf_ringbuf_reserve(&rb, sizeof(*p), 0);
	if (!p)
		return 0;
	p->saddr = ip.saddr;
	p->daddr = ip.daddr;
	p->len = bpf_ntohs(udp.len);
	bpf_ringbuf_submit(p, 0);
	return 0;
}

/* What a socket of the map gets goes to the one at key 1. */
SEC("sk_skb/stream_verdict")
int redirect(struct __sk_buff *skb)
{
	passed++;
	return bpf_sk_redirect_map(skb, &socks, 1, 0);
}

SEC("sk_reuseport")
int select_one(struct sk_reuseport_md *md)
{
	int key = selected;

	return bpf_sk_select_reuseport(md, &listeners, &key, 0) ? SK_DROP : SK_PASS;
}

char _license[] SEC("license") = "Dual BSD/GPL";
