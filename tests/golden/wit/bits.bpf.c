/* SPDX-License-Identifier: BSD-2-Clause */
/* Bitfields wider than 64 bits, enums of 8 bytes with negative values, and of one byte. */
#include "../skeleton/bpf.h"

enum far { BACK = -(1LL << 40), AHEAD = 1LL << 40 };
enum most { MOST = ~0ULL };
enum __attribute__((packed)) small { MINUS = -1, PLUS = 127 };

struct bits {
	unsigned __int128 hundred : 100;
	__int128 seventy : 70;
	long sixty_four : 64;
	enum far far;
	enum most most;
	enum small small;
	enum small two : 2;
	bool on : 1;
};

struct bits *b;
