/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/socket_rules.h"

#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <linux/tls.h>
#include <linux/udp.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <stdint.h>

enum { FREE_LEVELS = 0x1000 /* behind all that the kernel has */ };

/* Options whose value is nothing but bytes, and what they belong to. */
static const uint8_t of_socket[] = {
	SO_REUSEADDR,
	SO_TYPE,
	SO_ERROR,
	SO_DONTROUTE,
	SO_BROADCAST,
	SO_SNDBUF,
	SO_RCVBUF,
	SO_KEEPALIVE,
	SO_OOBINLINE,
	SO_PRIORITY,
	SO_LINGER,
	SO_REUSEPORT,
	SO_RCVLOWAT,
	SO_SNDLOWAT,
	SO_RCVTIMEO,
	SO_SNDTIMEO,
	SO_BINDTODEVICE,
	SO_DETACH_FILTER,
	SO_ACCEPTCONN,
	SO_SNDBUFFORCE,
	SO_RCVBUFFORCE,
	SO_MARK,
	SO_PROTOCOL,
	SO_DOMAIN,
	SO_RXQ_OVFL,
	SO_LOCK_FILTER,
	SO_BUSY_POLL,
	SO_MAX_PACING_RATE,
	SO_INCOMING_CPU,
	SO_MEMINFO,
	SO_INCOMING_NAPI_ID,
	SO_COOKIE,
	SO_BINDTOIFINDEX,
	SO_DETACH_REUSEPORT_BPF,
	71 /* SO_NETNS_COOKIE */,
};
static const uint8_t of_ip[] = {
	IP_TOS, IP_TTL,      IP_PKTINFO,     IP_MTU_DISCOVER,
	IP_MTU, IP_FREEBIND, IP_TRANSPARENT, IP_BIND_ADDRESS_NO_PORT,
};
static const uint8_t of_ipv6[] = {
	IPV6_V6ONLY,   IPV6_UNICAST_HOPS, IPV6_MTU,          IPV6_RECVPKTINFO, IPV6_TCLASS,
	IPV6_FREEBIND, IPV6_TRANSPARENT,  IPV6_MTU_DISCOVER, IPV6_RECVTCLASS,  IPV6_AUTOFLOWLABEL,
};
static const uint8_t of_tcp[] = {
	TCP_NODELAY,      TCP_MAXSEG,
	TCP_CORK,         TCP_KEEPIDLE,
	TCP_KEEPINTVL,    TCP_KEEPCNT,
	TCP_SYNCNT,       TCP_LINGER2,
	TCP_DEFER_ACCEPT, TCP_WINDOW_CLAMP,
	TCP_INFO,         TCP_QUICKACK,
	TCP_CONGESTION,   TCP_THIN_LINEAR_TIMEOUTS,
	TCP_USER_TIMEOUT, TCP_NOTSENT_LOWAT,
	TCP_CC_INFO,      TCP_SAVE_SYN,
	TCP_SAVED_SYN,    TCP_ULP,
};
static const uint8_t of_udp[] = {UDP_CORK, UDP_SEGMENT, UDP_GRO};
static const uint8_t of_tls[] = {TLS_TX, TLS_RX};
static const uint8_t of_packet[] = {
	PACKET_ADD_MEMBERSHIP,
	PACKET_DROP_MEMBERSHIP,
	PACKET_STATISTICS,
	PACKET_AUXDATA,
	PACKET_ORIGDEV,
	PACKET_FANOUT,
	23 /* PACKET_IGNORE_OUTGOING */,
};

#define LEVEL(level, list) {level, sizeof(list), list}
static const struct {
	int level;
	size_t count;
	const uint8_t *options;
} levels[] = {
	LEVEL(SOL_SOCKET, of_socket), LEVEL(IPPROTO_IP, of_ip),   LEVEL(IPPROTO_IPV6, of_ipv6),
	LEVEL(IPPROTO_TCP, of_tcp),   LEVEL(IPPROTO_UDP, of_udp), LEVEL(282 /* SOL_TLS */, of_tls),
	LEVEL(SOL_PACKET, of_packet),
};

/* Levels that the kernel does not have are between the module and the BPF programs of a cgroup. */
bool socket_rule_option(int level, int number)
{
	if ((uint32_t)level >= FREE_LEVELS)
		return true;
	for (size_t i = 0; i < sizeof(levels) / sizeof(*levels); i++)
		for (size_t k = 0; levels[i].level == level && k < levels[i].count; k++)
			if (levels[i].options[k] == number)
				return true;
	return false;
}

bool socket_rule_family(int domain, int type)
{
	switch (domain) {
	case AF_UNIX:
	case AF_INET:
	case AF_INET6:
	case AF_PACKET:
		return type == SOCK_STREAM || type == SOCK_DGRAM || type == SOCK_SEQPACKET ||
		       type == SOCK_RAW;
	case AF_XDP: /* to be put into maps; its rings need options, which are not allowed */
		return type == SOCK_RAW;
	default:
		return false;
	}
}

bool socket_rule_address(const struct sockaddr_storage *a)
{
	const struct sockaddr_in *v4 = (const struct sockaddr_in *)a;
	const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)a;
	const struct in6_addr *v6_addr = &v6->sin6_addr;
	uint32_t addr = ntohl(v4->sin_addr.s_addr);

	switch (a->ss_family) {
	case AF_UNSPEC: /* ends a connection; else the kernel takes it for AF_INET or refuses it */
	case AF_INET:
		return addr == INADDR_ANY || addr >> 24 == 127;
	case AF_INET6:
		return IN6_IS_ADDR_LOOPBACK(v6_addr) || IN6_IS_ADDR_UNSPECIFIED(v6_addr) ||
		       (IN6_IS_ADDR_V4MAPPED(v6_addr) && v6_addr->s6_addr[12] == 127);
	default:
		return false;
	}
}
