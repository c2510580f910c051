/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef USER_RINGBUF_H
#define USER_RINGBUF_H

#define NAME_LEN 32 /* with the final NUL */

/* What user space sends; the name is behind it, without a NUL. */
struct sample {
	long long value;
	unsigned int length; /* of the name, in bytes */
	unsigned int unused;
};

/* What the BPF program answers: all samples of that name so far. */
struct summary {
	char name[NAME_LEN];
	long long sum;
	long long least;
	long long most;
	unsigned long long count;
};

#endif
