/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef XDP_H
#define XDP_H

/* The map's keys: IPPROTO_*, and one for what is neither IPv4 nor IPv6. */
#define OTHER 256
#define PROTOCOLS 257

/* What one processor saw of a protocol. */
struct traffic {
	unsigned long long packets;
	unsigned long long bytes; /* of whole frames */
	unsigned long long dropped;
};

#endif
