/* SPDX-License-Identifier: BSD-2-Clause */
/* What it includes is written as far as it is used: the kernel's types, C's, and a part beside it,
 * which includes it in turn. */
#pragma once
#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "part/part.h"

struct event {
	__u32 pid;
	__be16 port;
	uint64_t when;
	size_t size;
	uintptr_t address;
	bool ok;
	struct part part;
	const struct other_part *other;
};
