/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The sections of network programs: name, libbpf's section (which is also ours), what it returns,
 * the actor's action, and how it is attached.
 */
#ifndef ATTACH_NET_H
#define ATTACH_NET_H

/* Those that have links. */
#define NET_KINDS(K)                                                                               \
	K(tc_ingress, "tc/ingress", -1, "frame wv0", tcx_in, NULL)                                 \
	K(tc_egress, "tc/egress", -1, "frame wv0", tcx_out, NULL)                                  \
	K(tcx_ingress, "tcx/ingress", -1, "frame wv0", tcx_in, NULL)                               \
	K(tcx_egress, "tcx/egress", -1, "frame wv0", tcx_out, NULL)                                \
	K(netkit_primary, "netkit/primary", -1, "frame nk0", netkit, NULL)                         \
	K(netkit_peer, "netkit/peer", -1, "frame nk1", netkit, NULL)                               \
	K(xdp, "xdp", 2, "frame wv0", xdp, NULL)                                                   \
	K(xdp_frags, "xdp.frags", 2, "frame wv0", xdp, NULL)                                       \
	K(flow_dissector, "flow_dissector", 129, "frame wv0", netns, NULL)                         \
	K(sk_lookup, "sk_lookup", 1, "inet4", netns, NULL)                                         \
	K(netfilter, "netfilter", 1, "inet4", netfilter, NULL)                                     \
	K(stream_parser, "sk_skb/stream_parser", 1, "", parser, receiver)                          \
	K(stream_verdict, "sk_skb/stream_verdict", 1, "", sockmap, receiver)                       \
	K(verdict, "sk_skb/verdict", 1, "", sockmap, receiver)                                     \
	K(sk_msg, "sk_msg", 1, "", sockmap, sender)

/* Those that have none: how they are attached, and how that ends. */
#define OTHER_KINDS(K)                                                                             \
	K(sk_skb, "sk_skb", 1, "", to_sockmap, from_sockmap, receiver)                             \
	K(socket, "socket", -1, "", to_socket, from_socket, datagram)                              \
	K(sk_reuseport, "sk_reuseport", 1, "", to_group, from_group, datagram)                     \
	K(tc, "tc", -1, "frame wv0", to_tc, from_tc, NULL)                                         \
	K(classifier, "classifier", -1, "frame wv0", to_tc, from_tc, NULL)                         \
	K(action, "action", 0, "frame wv0", to_action, from_action, NULL)                          \
	K(lwt_in, "lwt_in", 0, "frame wv0", to_lwt_in, from_lwt_in, NULL)                          \
	K(lwt_out, "lwt_out", 0, "send 198.51.100.1", to_lwt_out, from_lwt, NULL)                  \
	K(lwt_xmit, "lwt_xmit", 0, "send 198.51.100.1", to_lwt_xmit, from_lwt, NULL)               \
	K(lwt_seg6local, "lwt_seg6local", 0, "send fc00:2::1", to_seg6, from_seg6, NULL)           \
	K(devmap, "xdp/devmap", 2, "frame wv0", to_devmap, from_devmap, NULL)                      \
	K(cpumap, "xdp/cpumap", 2, "frame wv0", to_cpumap, from_cpumap, NULL)                      \
	K(devmap_frags, "xdp.frags/devmap", 2, "frame wv0", to_devmap, from_devmap, NULL)          \
	K(cpumap_frags, "xdp.frags/cpumap", 2, "frame wv0", to_cpumap, from_cpumap, NULL)

enum {
#define K(name, section, ret, action, attach, act) KIND_##name,
	NET_KINDS(K)
#undef K
#define K(name, section, ret, action, attach, detach, act) KIND_##name,
		OTHER_KINDS(K)
#undef K
			KIND_migrate,
	KIND_migrated,
};

#endif
