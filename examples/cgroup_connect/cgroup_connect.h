/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef CGROUP_CONNECT_H
#define CGROUP_CONNECT_H

/* A connect() to the port that is watched. */
struct attempt {
	unsigned int pid;
	unsigned char address[4]; /* as it is written */
	unsigned short new_port;  /* where it was sent instead; 0: it was refused */
	char comm[16];
};

#endif
