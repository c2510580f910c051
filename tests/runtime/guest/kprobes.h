/* SPDX-License-Identifier: BSD-2-Clause */
/* What both halves of the kprobes test know. */
#ifndef KPROBES_H
#define KPROBES_H

enum which {
	BY_ENTRY,
	BY_LEAVE,
	BY_MANY,
	BY_MANY_LEAVE,
	BY_SESSION,
	BY_CALL,
	BY_CALL_LEAVE,
	BY_AUTO_ENTRY,
	BY_AUTO_LEAVE,
	BY_AUTO_CALL,
	BY_AUTO_MANY,
	BY_TRACED,
	BY_TRACED_LEAVE,
	BY_CHANGED,
	PROBES,
};

struct seen {
	long long hits;
	long long values;           /* of an argument, or of what was returned, added up */
	unsigned long long cookies; /* added up */
};

#endif
