/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One BPF ring buffer, mapped into the module (Documentation/bpf/ringbuf.rst). Positions are the
 * kernel's: bytes since the ring's beginning, 64 bits, never wrapping.
 */
#ifndef WBPF_GUEST_RING_H
#define WBPF_GUEST_RING_H

#include <stddef.h>
#include <stdint.h>

#include <bpf/libbpf.h>

#include "abi/wbpf_abi.h"

struct ring {
	ring_buffer_sample_fn callback;
	void *ctx;
	volatile uint64_t *consumer;       /* page 0, ours to write */
	const volatile uint64_t *producer; /* page 1, read-only */
	const uint8_t *data;               /* mapped twice in a row, so that no record is cut */
	uint64_t size;                     /* bytes of the data, a power of two */
	uint32_t mask;
	uint64_t position; /* the consumer's, while running is set: *consumer may lag behind */
	uint64_t next;     /* behind the current record */
	uint64_t bound;    /* while running is set: where records are given back */
	size_t left;       /* while running is set: how many may still be taken */
	int running;       /* how deep in callbacks */
	uint32_t listed;   /* the last wait that said that it is ready, by its number from 1 on */
	uint8_t *area;     /* what is mapped: begins with the consumer's page */
	struct wbpf_counts counts; /* records: those that went to the callback, ever */
};

/*
 * Hands records over until r->bound is reached, or r->left is 0. Returns 0 then, 1 at a record that
 * is reserved and not yet written (those behind it have to wait), or what a callback returned that
 * is negative. r->position is that of the current record, and then that behind the last. The one is
 * for machines that keep loads in order, the other orders its accesses by itself.
 */
int wbpf_ring_hand_over_ordered(struct ring *r);
int wbpf_ring_hand_over_atomic(struct ring *r);

#endif
