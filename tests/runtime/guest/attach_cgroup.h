/* SPDX-License-Identifier: BSD-2-Clause */
/* The sections of programs for cgroups: name, section, context, what it returns, the actor's
 * action. */
#ifndef ATTACH_CGROUP_H
#define ATTACH_CGROUP_H

#define CGROUP_KINDS(K)                                                                            \
	K(skb_ingress, "cgroup_skb/ingress", __sk_buff, 1, "inet4")                                \
	K(skb_egress, "cgroup_skb/egress", __sk_buff, 1, "inet4")                                  \
	K(skb, "cgroup/skb", __sk_buff, 1, "inet4")                                                \
	K(sock_create, "cgroup/sock_create", bpf_sock, 1, "inet4")                                 \
	K(sock_release, "cgroup/sock_release", bpf_sock, 1, "inet4")                               \
	K(sock, "cgroup/sock", bpf_sock, 1, "inet4")                                               \
	K(post_bind4, "cgroup/post_bind4", bpf_sock, 1, "inet4")                                   \
	K(post_bind6, "cgroup/post_bind6", bpf_sock, 1, "inet6")                                   \
	K(bind4, "cgroup/bind4", bpf_sock_addr, 1, "inet4")                                        \
	K(bind6, "cgroup/bind6", bpf_sock_addr, 1, "inet6")                                        \
	K(connect4, "cgroup/connect4", bpf_sock_addr, 1, "inet4")                                  \
	K(connect6, "cgroup/connect6", bpf_sock_addr, 1, "inet6")                                  \
	K(connect_unix, "cgroup/connect_unix", bpf_sock_addr, 1, "local")                          \
	K(sendmsg4, "cgroup/sendmsg4", bpf_sock_addr, 1, "inet4")                                  \
	K(sendmsg6, "cgroup/sendmsg6", bpf_sock_addr, 1, "inet6")                                  \
	K(sendmsg_unix, "cgroup/sendmsg_unix", bpf_sock_addr, 1, "local")                          \
	K(recvmsg4, "cgroup/recvmsg4", bpf_sock_addr, 1, "inet4")                                  \
	K(recvmsg6, "cgroup/recvmsg6", bpf_sock_addr, 1, "inet6")                                  \
	K(recvmsg_unix, "cgroup/recvmsg_unix", bpf_sock_addr, 1, "local")                          \
	K(getpeername4, "cgroup/getpeername4", bpf_sock_addr, 1, "inet4")                          \
	K(getpeername6, "cgroup/getpeername6", bpf_sock_addr, 1, "inet6")                          \
	K(getpeername_unix, "cgroup/getpeername_unix", bpf_sock_addr, 1, "local")                  \
	K(getsockname4, "cgroup/getsockname4", bpf_sock_addr, 1, "inet4")                          \
	K(getsockname6, "cgroup/getsockname6", bpf_sock_addr, 1, "inet6")                          \
	K(getsockname_unix, "cgroup/getsockname_unix", bpf_sock_addr, 1, "local")                  \
	K(sysctl, "cgroup/sysctl", bpf_sysctl, 1, "read /proc/sys/net/ipv4/ip_forward")            \
	K(getsockopt, "cgroup/getsockopt", bpf_sockopt, 1, "inet4")                                \
	K(setsockopt, "cgroup/setsockopt", bpf_sockopt, 1, "inet4")                                \
	K(dev, "cgroup/dev", bpf_cgroup_dev_ctx, 1, "read /dev/null")                              \
	K(sockops, "sockops", bpf_sock_ops, 1, "stream")

enum {
#define K(name, section, context, ret, action) KIND_##name,
	CGROUP_KINDS(K)
#undef K
};

#endif
