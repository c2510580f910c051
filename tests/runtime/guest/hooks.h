/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef HOOKS_H
#define HOOKS_H

enum { TRACEPOINT, RAW, TYPED, EVENT, EGRESS, EGRESS2, LOOKUP, PACKET, PROBE, KINDS };

struct seen {
	long long hits;
	unsigned long long cookie;
	long long value;
};

#endif
