/* SPDX-License-Identifier: BSD-2-Clause */
/* With --bytes: arrays of char are list<u8> everywhere. */
#include "../skeleton/bpf.h"

typedef char comm_t[16];

struct event {
	char name[8];
	comm_t comm;
	char lines[2][80];
	unsigned char mac[6];
	char rest[];
};

struct event *e;
