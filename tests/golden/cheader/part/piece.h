/* SPDX-License-Identifier: BSD-2-Clause */
#pragma once
#define PIECE_LENGTH 4

struct piece {
	long values[PIECE_LENGTH];
};

enum { PIECES = 3 };
