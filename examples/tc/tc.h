/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef TC_H
#define TC_H

/* An IPv4 packet. Addresses are in the order in which they are written. */
struct packet {
	unsigned char source[4];
	unsigned char destination[4];
	unsigned int length;        /* bytes of the IP packet */
	unsigned short source_port; /* host order; 0 when the protocol has none */
	unsigned short destination_port;
	unsigned char protocol; /* IPPROTO_* */
	unsigned char ttl;
};

#endif
