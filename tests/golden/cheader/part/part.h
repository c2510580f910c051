/* SPDX-License-Identifier: BSD-2-Clause */
#pragma once
#include "../includes.h"
#include "piece.h"

struct part {
	struct piece pieces[PIECES];
};

struct other_part {
	int unused;
};
