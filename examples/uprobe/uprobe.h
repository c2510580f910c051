/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef UPROBE_H
#define UPROBE_H

#define NAME_LEN 16
#define HOST_LEN 96

/* A finished call of getaddrinfo(). */
struct lookup {
	int pid;
	int result; /* 0 or EAI_* */
	unsigned long long duration_ns;
	char name[NAME_LEN];
	char host[HOST_LEN];
};

#endif
