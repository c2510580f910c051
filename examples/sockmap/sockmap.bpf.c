// SPDX-License-Identifier: BSD-2-Clause
#include <linux/bpf.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual BSD/GPL";

#define AF_INET 2
#define LOOPBACK 0x7f000001 /* 127.0.0.1, in host order */

const volatile unsigned int port = 0; /* of the server, in host order */

/* Live for user space. */
unsigned long long sockets_seen = 0;
unsigned long long messages = 0, bytes = 0; /* handed over */
unsigned long long passed = 0;              /* messages that went through TCP */

/* One end of a connection. Addresses in network order, ports in host order. */
struct end {
	unsigned int address, port;
	unsigned int peer_address, peer_port;
};

struct {
	__uint(type, BPF_MAP_TYPE_SOCKHASH);
	__uint(max_entries, 4096);
	__type(key, struct end);
	__type(value, int);
} sockets SEC(".maps");

/* Notes the sockets at both ends of connections to the port, on this machine. They leave the map
 * when they are closed. */
SEC("sockops")
int see_connection(struct bpf_sock_ops *ctx)
{
	struct end e = {};

	if (ctx->op != BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB &&
	    ctx->op != BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB)
		return 1;
	e.address = ctx->local_ip4;
	e.port = ctx->local_port;
	e.peer_address = ctx->remote_ip4;
	e.peer_port = bpf_ntohl(ctx->remote_port);
	if (ctx->family != AF_INET || e.address != bpf_htonl(LOOPBACK) ||
	    e.peer_address != bpf_htonl(LOOPBACK) || (e.port != port && e.peer_port != port))
		return 1;
	if (!bpf_sock_hash_update(ctx, &sockets, &e, BPF_ANY))
		__sync_fetch_and_add(&sockets_seen, 1);
	return 1;
}

/* What one end sends goes into the queue of the other, past TCP and the network device. */
SEC("sk_msg")
int hand_over(struct sk_msg_md *msg)
{
	struct end other = {};

	other.address = msg->remote_ip4;
	other.port = bpf_ntohl(msg->remote_port);
	other.peer_address = msg->local_ip4;
	other.peer_port = msg->local_port;
	if (bpf_msg_redirect_hash(msg, &sockets, &other, BPF_F_INGRESS) != SK_PASS) {
		__sync_fetch_and_add(&passed, 1); /* the other end is not in the map */
		return SK_PASS;
	}
	__sync_fetch_and_add(&messages, 1);
	__sync_fetch_and_add(&bytes, msg->size);
	return SK_PASS;
}
