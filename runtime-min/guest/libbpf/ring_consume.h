/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The consumer's loop, included by two files that say how memory is accessed:
 *   RING_HAND_OVER the function's name
 *   LOAD(p)        loads *p before everything that follows (acquire)
 */
#include <linux/bpf.h>

#include "guest/host.h"
#include "guest/libbpf/ring.h"

/* From a record of that many bytes to the next one. */
static inline uint32_t behind(uint32_t len)
{
	return (len + BPF_RINGBUF_HDR_SZ + 7) & ~7u;
}

/*
 * A record costs little more than its callback here, so this does for each nothing that can be done
 * for many. What it needs is read from r each time: around the callback few variables stay in
 * registers, and then it is the position that does.
 */
int RING_HAND_OVER(struct ring *r)
{
	uint64_t position = r->position;

	do {
		const uint8_t *record = r->data + ((uint32_t)position & r->mask);
		uint32_t len = LOAD((const volatile uint32_t *)record);
		int ret;

		if (__builtin_expect(len >= BPF_RINGBUF_DISCARD_BIT, 0)) {
			if (len & BPF_RINGBUF_BUSY_BIT)
				return 1;
			position += behind(len & ~BPF_RINGBUF_DISCARD_BIT);
			r->position = position;
			continue;
		}
		position += behind(len);
		r->next = position; /* so that it is computed here, and not behind the callback */
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
