/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef TCP_CC_H
#define TCP_CC_H

/* What TCP knows the congestion control by, whichever variant it is. */
#define CONTROL_NAME "wbpf_aimd"

/* A connection that has ended, or that took another congestion control. */
struct ended {
	unsigned char address[4]; /* the peer's; 0.0.0.0 when it is not IPv4 */
	unsigned short port;      /* the peer's */
	unsigned char bold;       /* which variant it had */
	unsigned char unused;
	unsigned int acks;    /* that let the window grow */
	unsigned int packets; /* which these acknowledged */
	unsigned int losses;  /* how often the window shrank */
	unsigned int largest; /* window, in packets */
};

#endif
