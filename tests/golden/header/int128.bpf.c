/* SPDX-License-Identifier: BSD-2-Clause */
/* 128 bits. */
struct wide {
	char a;
	__int128 b;
	unsigned __int128 c;
	int d;
};

struct wide wide;
