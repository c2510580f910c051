/* SPDX-License-Identifier: BSD-2-Clause */
/* What both halves of the uprobes test know. */
#ifndef UPROBES_H
#define UPROBES_H

/* target_0(0) to target_3(3) return their argument and 100. */
#define FUNCTIONS 4

struct seen {
	long long hits;
	unsigned long long cookie;
};

#endif
