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

int64_t RING_CONSUME(struct ring *r, size_t max)
{
	const uint64_t mask = r->size - 1;
	uint64_t position, given_back, produced;
	int64_t count = 0;
	int64_t ret = 0;

	/*
	 * Another process may have consumed since; a callback that comes back here has the truth.
	 */
	if (!r->running++)
		r->position = LOAD(r->consumer);
	position = given_back = r->position;
	while ((size_t)count < max && position < (produced = LOAD(r->producer))) {
		do {
			const uint8_t *record = r->data + (position & mask);
			uint32_t header = LOAD((const volatile uint32_t *)record);
			uint32_t len = header &
				       ~(uint32_t)(BPF_RINGBUF_BUSY_BIT | BPF_RINGBUF_DISCARD_BIT);

			/* Reserved, not yet written; those behind it have to wait. */
			if (header & BPF_RINGBUF_BUSY_BIT)
				goto out;
			r->position = position;
			position += (len + BPF_RINGBUF_HDR_SZ + 7) & ~(uint64_t)7;
			if (!(header & BPF_RINGBUF_DISCARD_BIT)) {
				ret = r->callback(r->ctx, (void *)(record + BPF_RINGBUF_HDR_SZ),
						  len);
				if (ret < 0)
					goto out;
				count++;
				if (__builtin_expect(wbpf_shared.signals != 0, 0))
					wbpf_notice();
			}
			if (position - given_back >= RING_LATE(r->size)) {
				STORE(r->consumer, position);
				given_back = position;
			}
		} while (position < produced && (size_t)count < max);
		/*
		 * Given back before the producer is asked again: it wakes a sleeping consumer only
		 * when that has consumed all.
		 */
		STORE(r->consumer, position);
		given_back = position;
	}
out:
	r->position = position;
	if (position != given_back)
		STORE(r->consumer, position);
	r->running--;
	return ret < 0 ? ret : count;
}
