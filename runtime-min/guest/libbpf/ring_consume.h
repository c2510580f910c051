/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The consumer's loop, included by two files that say how memory is accessed:
 *   RING_CONSUME   the function's name
 *   LOAD(p)        loads *p before everything that follows (acquire)
 *   STORE(p, v)    stores v to *p after everything before (release)
 */
#include <linux/bpf.h>

#include "guest/host.h"
#include "guest/libbpf/ring.h"

/* A part of the ring that may be given back late: the producer waits for the rest only. */
#define RING_LATE(size) ((size) / 16)

/*
 * Hands records over until r->bound is reached, or r->left is 0. Returns 0 then, 1 at a record that
 * is reserved and not yet written (those behind it have to wait), or what a callback returned that
 * is negative. r->position is that of the current record, and then that behind the last.
 *
 * A record costs little more than its callback here, so this does for each nothing that can be done
 * for many. What it needs is read from r each time: around the callback few variables stay in
 * registers, and then it is the position that does.
 */
static __attribute__((noinline)) int hand_over(struct ring *r)
{
	uint64_t position = r->position;

	do {
		const uint8_t *record = r->data + ((uint32_t)position & r->mask);
		uint32_t header = LOAD((const volatile uint32_t *)record);
		uint32_t len = header & ~(uint32_t)BPF_RINGBUF_DISCARD_BIT;
		int ret;

		if (header & BPF_RINGBUF_BUSY_BIT)
			return 1;
		position += (len + BPF_RINGBUF_HDR_SZ + 7) & ~7u;
		r->next = position; /* so that it is computed here, and not behind the callback */
		if (__builtin_expect(header & BPF_RINGBUF_DISCARD_BIT, 0)) {
			r->position = position;
			continue;
		}
		ret = r->callback(r->ctx, (void *)(record + BPF_RINGBUF_HDR_SZ), len);
		r->position = position;
		if (__builtin_expect(ret < 0, 0))
			return ret;
		if (__builtin_expect(wbpf_shared.signals != 0, 0))
			wbpf_notice();
		if (!--r->left)
			break;
	} while (position < r->bound);
	return 0;
}

int64_t RING_CONSUME(struct ring *r, size_t max)
{
	/* Of one that is under way, whose callback has come back here. */
	const uint64_t bound = r->bound;
	const size_t left = r->left;
	uint64_t given_back, produced;
	int64_t ret = 0;

	/*
	 * Another process may have consumed since; a callback that comes back here has the truth.
	 */
	if (!r->running++)
		r->position = LOAD(r->consumer);
	given_back = r->position;
	r->left = max;
	while (!ret && r->left && r->position < (produced = LOAD(r->producer))) {
		r->bound = given_back + RING_LATE(r->size);
		if (r->bound > produced)
			r->bound = produced;
		ret = hand_over(r);
		/*
		 * Given back before the producer is asked again: it wakes a sleeping consumer only
		 * when that has consumed all.
		 */
		if (r->position != given_back)
			STORE(r->consumer, r->position);
		given_back = r->position;
	}
	if (ret >= 0)
		ret = (int64_t)(max - r->left);
	r->bound = bound;
	r->left = left;
	r->running--;
	return ret;
}
