/* SPDX-License-Identifier: BSD-2-Clause */
/* What reports.bpf.c and the programs that use it agree on. */
#ifndef REPORTS_H
#define REPORTS_H

/* What the emitting program sends to a perf event array; fill is as long as was asked for. */
struct report {
	unsigned int number;
	unsigned int cpu;
	unsigned char fill[240];
};

/* Its arguments, as those of a raw tracepoint. */
struct request {
	unsigned long long first;
	unsigned long long count;
	unsigned long long size; /* of a report, at most sizeof(struct report) */
	unsigned long long map;  /* 0, 1; 2: the ring buffer */
};

/* What goes through the user ring buffer; the last byte of fill is number + size. */
struct letter {
	unsigned int number;
	unsigned int size; /* of all of it */
	unsigned char fill[500];
};

/* What the draining program found. */
struct drained {
	unsigned int count;
	unsigned int wrong;
	unsigned int next;
	unsigned int stop_after; /* 0: take all */
	unsigned long long bytes;
	int ret;
};

#endif
