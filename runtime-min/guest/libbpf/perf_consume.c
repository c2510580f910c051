// SPDX-License-Identifier: BSD-2-Clause
/*
 * Records of a perf buffer on their way to the callbacks. Compiled for speed: a record costs little
 * more than its callback.
 */
#include <linux/perf_event.h>
#include <stdlib.h>
#include <string.h>

#include "guest/libbpf/object.h"
#include "guest/libbpf/order.h"
#include "guest/libbpf/perf_buffer.h"
#include "guest/libbpf/perf_record.h"

/* A record that is no plain sample. What the callback of raw events returned. */
static __attribute__((noinline)) int give(struct buffer *b, struct perf_event_header *header)
{
	struct perf_buffer *pb = b->of;

	if (header->type == PERF_RECORD_LOST) {
		pb->counts.lost += ((const struct lost *)header)->lost;
		b->records--;
	}
	if (pb->event_cb)
		return pb->event_cb(pb->ctx, b->cpu, header);
	if (header->type == PERF_RECORD_LOST) {
		if (pb->lost_cb)
			pb->lost_cb(pb->ctx, b->cpu, ((struct lost *)header)->lost);
	} else if (header->type != PERF_RECORD_SAMPLE) {
		warn("perf buffer: a record of unknown type %u\n", header->type);
		return LIBBPF_PERF_EVENT_ERROR;
	}
	return LIBBPF_PERF_EVENT_CONT;
}

/* Puts a record together that the buffer's end cuts. NULL: no memory. */
static __attribute__((noinline)) struct perf_event_header *
whole(struct buffer *b, const uint8_t *data, size_t at, size_t size)
{
	size_t first = b->of->size - at;

	if (b->whole_size < size) {
		free(b->whole);
		b->whole = malloc(size);
		b->whole_size = b->whole ? size : 0;
		if (!b->whole)
			return NULL;
	}
	memcpy(b->whole, data + at, first);
	memcpy(b->whole + first, data, size - first);
	return (struct perf_event_header *)b->whole;
}

/*
 * Until b->head, or as long as what is said is to go on. Returns the position then. Around a
 * callback few variables stay in registers: what is needed is read from b each time, and the next
 * position is the one that does (it is stored so that it is not computed again behind the
 * callback).
 */
static __attribute__((noinline)) uint64_t take(struct buffer *b)
{
	uint64_t tail = b->page->data_tail;

	while (tail != b->head) {
		const struct perf_buffer *pb = b->of;
		uint8_t *data = (uint8_t *)b->page + pb->page_size;
		size_t at = (size_t)tail & (pb->size - 1);
		/* A header itself is never cut. */
		struct perf_event_header *header = (struct perf_event_header *)(data + at);
		size_t size = header->size;

		if (__builtin_expect(size > pb->size - at, 0)) {
			header = whole(b, data, at, size);
			if (!header) {
				b->said = LIBBPF_PERF_EVENT_ERROR;
				break;
			}
		}
		tail += size;
		b->next = tail;
		b->records++;
		if (__builtin_expect(header->type == PERF_RECORD_SAMPLE && pb->sample_cb, 1)) {
			struct sample *s = (struct sample *)header;

			pb->sample_cb(pb->ctx, b->cpu, s->data, s->size);
		} else {
			b->said = give(b, header);
			if (b->said != LIBBPF_PERF_EVENT_CONT)
				break;
		}
		if (__builtin_expect(wbpf_shared.signals != 0, 0))
			wbpf_notice();
	}
	return tail;
}

/* How full it was, what was taken of it. */
static void keep_account(struct buffer *b, uint64_t waiting, uint64_t bytes)
{
	struct wbpf_counts *counts = &b->of->counts;

	counts->records += b->records;
	b->records = 0;
	counts->bytes += bytes;
	if (counts->highest < waiting)
		counts->highest = waiting;
}

int wbpf_perf_consume(struct buffer *b)
{
	/* Of one that is under way, whose callback has come back here. */
	const uint64_t head = b->head;
	const int said = b->said;
	const uint64_t first = b->page->data_tail;
	uint64_t tail, waiting;
	int ret;

	b->head = wbpf_load_acquire((const volatile uint64_t *)&b->page->data_head);
	b->said = LIBBPF_PERF_EVENT_CONT;
	waiting = b->head - first;
	tail = take(b);
	keep_account(b, waiting, tail - first);
	ret = b->said;
	b->head = head;
	b->said = said;
	wbpf_store_release((volatile uint64_t *)&b->page->data_tail, tail);
	if (ret == LIBBPF_PERF_EVENT_CONT)
		return 0;
	/* Its number is that of Linux's EPERM, and programs print it as such. */
	return ret_err(ret == LIBBPF_PERF_EVENT_ERROR ? -EPERM : ret);
}
