/* SPDX-License-Identifier: BSD-2-Clause */
/* What sockets.bpf.c and sockets.c agree on. */
#ifndef SOCKETS_H
#define SOCKETS_H

struct packet {
	unsigned int saddr; /* in network order */
	unsigned int daddr;
	unsigned int len; /* of UDP header and data */
};

#endif
