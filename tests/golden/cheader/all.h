/* SPDX-License-Identifier: BSD-2-Clause */
/* --all: also what the includes declare. */
#include "part/piece.h"

struct mine {
	int a;
};
