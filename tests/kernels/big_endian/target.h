/* SPDX-License-Identifier: BSD-2-Clause */
/* What record.c and the BPF program say to each other; only on the big-endian machine. */
#ifndef TARGET_H
#define TARGET_H

struct target {
	int pid;
	int perf_fd; /* whose file, and whose attributes, are to be copied */
};

/* What stands before a record in the ring buffer. */
enum record_kind {
	RECORD_EVENT,
	RECORD_ECHO,
	RECORD_TASK,
	RECORD_SIGNAL,
	RECORD_FILE,
	RECORD_PERF,
	RECORD_SKB,
	RECORD_TCP,
	RECORD_IP,
	RECORD_KINDS,
};

struct tag {
	unsigned int kind;
	unsigned int size;
};

#endif
