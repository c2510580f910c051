// SPDX-License-Identifier: BSD-2-Clause
/*
 * ring_buffer__*(): several rings, waited for together. libbpf's own keeps positions in 32 bits
 * here.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>

#include <bpf/bpf.h>

#include "guest/libbpf/counts.h"
#include "guest/libbpf/object.h"
#include "guest/libbpf/order.h"
#include "guest/libbpf/ring.h"
#include "guest/libbpf/ringmap.h"

struct ring_buffer {
	wbpf_handle poll;
	struct ring **rings;       /* each by itself: the program may hold on to it */
	struct wbpf_event *events; /* room for one event of each ring */
	size_t count;
	uint32_t waits; /* how often the kernel was asked which are ready */
};

enum { EVENT_IN = 1 /* EPOLLIN */ };

/* A part of the ring that may be given back late: the producer waits for the rest only. */
#define RING_LATE(size) ((size) / 16)

/* At most max records. How many there were, or what the callback returned when that was negative.
 */
static int64_t consume(struct ring *r, size_t max)
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
		r->position = wbpf_load_acquire(r->consumer);
	given_back = r->position;
	r->left = max ? max : 1;
	max = r->left;
	while (!ret && r->left && r->position < (produced = wbpf_load_acquire(r->producer))) {
		r->bound = given_back + RING_LATE(r->size);
		if (r->bound > produced)
			r->bound = produced;
		ret = wbpf_ordered() ? wbpf_ring_hand_over_ordered(r)
				     : wbpf_ring_hand_over_atomic(r);
		/*
		 * Given back before the producer is asked again: it wakes a sleeping consumer only
		 * when that has consumed all.
		 */
		if (r->position != given_back)
			wbpf_store_release(r->consumer, r->position);
		given_back = r->position;
	}
	r->counts.records += max - r->left + (ret < 0);
	if (ret >= 0)
		ret = (int64_t)(max - r->left);
	r->bound = bound;
	r->left = left;
	r->running--;
	return ret;
}

static int capped(int64_t count)
{
	return ret_err((int)(count > INT_MAX ? INT_MAX : count));
}

static void ring_free(struct ring *r)
{
	if (!r)
		return;
	wbpf_counts_tell(&r->counts, 0);
	wbpf_ring_unmap(r->area, (uint32_t)r->size);
	free(r);
}

static struct ring *ring_new(int map_fd, ring_buffer_sample_fn callback, void *ctx)
{
	struct bpf_map_info info = {0};
	uint32_t len = sizeof(info);
	size_t page = wbpf_page_size();
	struct ring *r;
	int err = bpf_map_get_info_by_fd(map_fd, &info, &len);

	if (err) {
		err = -errno;
		warn("ringbuf: failed to get map info for fd=%d: %s\n", map_fd, errstr(-err));
		return ret_null(err);
	}
	if (info.type != BPF_MAP_TYPE_RINGBUF) {
		warn("ringbuf: map fd=%d is not BPF_MAP_TYPE_RINGBUF\n", map_fd);
		return ret_null(-EINVAL);
	}
	r = calloc(1, sizeof(*r));
	if (!r)
		return ret_null(-ENOMEM);
	r->callback = callback;
	r->ctx = ctx;
	r->counts.map = map_fd;
	r->size = info.max_entries;
	r->mask = info.max_entries - 1;
	err = wbpf_ring_map(map_fd, info.max_entries, false, &r->area);
	if (!err) {
		r->consumer = (volatile uint64_t *)r->area;
		r->producer = (const volatile uint64_t *)(r->area + page);
		r->data = r->area + 2 * page;
		r->counts.ring = (wbpf_addr)(uintptr_t)r->area;
		wbpf_counts_tell(&r->counts, sizeof(r->counts));
		return r;
	}
	warn("ringbuf: failed to map the memory of map fd=%d: %s\n", map_fd, errstr(-err));
	ring_free(r);
	return ret_null(err);
}

static int make_room(struct ring_buffer *rb)
{
	struct wbpf_event *events = realloc(rb->events, (rb->count + 1) * sizeof(*events));
	struct ring **rings;

	if (!events)
		return -ENOMEM;
	rb->events = events;
	rings = realloc(rb->rings, (rb->count + 1) * sizeof(*rings));
	if (!rings)
		return -ENOMEM;
	rb->rings = rings;
	return 0;
}

int ring_buffer__add(struct ring_buffer *rb, int map_fd, ring_buffer_sample_fn callback, void *ctx)
{
	struct wbpf_event event = {.events = EVENT_IN};
	struct ring *r;
	int err = make_room(rb);

	if (err)
		return ret_err(err);
	r = ring_new(map_fd, callback, ctx);
	if (!r)
		return -errno;
	event.data = rb->count;
	err = HOST(poll_ctl, rb->poll, WBPF_POLL_ADD, map_fd, &event);
	if (err < 0) {
		ring_free(r);
		return ret_err(err);
	}
	rb->rings[rb->count++] = r;
	return 0;
}

struct ring_buffer *ring_buffer__new(int map_fd, ring_buffer_sample_fn callback, void *ctx,
				     const struct ring_buffer_opts *opts)
{
	struct ring_buffer *rb;
	int err;

	if (!opts_ok(opts, ring_buffer_opts))
		return ret_null(-EINVAL);
	rb = calloc(1, sizeof(*rb));
	if (!rb)
		return ret_null(-ENOMEM);
	rb->waits = 1; /* the rings' are 0: of none it was said */
	rb->poll = HOST(poll_create);
	err = rb->poll < 0 ? rb->poll : ring_buffer__add(rb, map_fd, callback, ctx);
	if (!err)
		return rb;
	ring_buffer__free(rb);
	return ret_null(err);
}

void ring_buffer__free(struct ring_buffer *rb)
{
	if (!rb)
		return;
	for (size_t i = 0; i < rb->count; i++)
		ring_free(rb->rings[i]);
	if (rb->poll > 0)
		HOST(close, rb->poll);
	free(rb->events);
	free(rb->rings);
	free(rb);
}

/* Asked for none, libbpf takes one of the first ring, and then does not know where to stop. */
int ring_buffer__consume_n(struct ring_buffer *rb, size_t max)
{
	int64_t total = 0;

	wbpf_signals_deliver();
	for (size_t i = 0; i < rb->count; i++) {
		int64_t n = consume(rb->rings[i], max);

		if (n < 0)
			return capped(n);
		total += n;
		max -= (size_t)n;
		if (!max)
			break;
	}
	return capped(total);
}

int ring_buffer__consume(struct ring_buffer *rb)
{
	return ring_buffer__consume_n(rb, INT_MAX);
}

/*
 * A ring that was ready stays on the kernel's list until it is found empty in a later wait: that
 * wait would say at once what is to be seen here without it. A ring that is not on the list has to
 * wake the reader, so that a BPF program can say when (BPF_RB_NO_WAKEUP). But it may have done so
 * by now, so that beside one that is, all are taken.
 */
static int known_ready(struct ring_buffer *rb)
{
	int ready = 0, known = 0;

	for (size_t i = 0; i < rb->count; i++) {
		const struct ring *r = rb->rings[i];

		if (*r->producer == *r->consumer)
			continue;
		known |= r->listed == rb->waits;
		rb->events[ready++].data = i;
	}
	return known ? ready : 0;
}

int ring_buffer__poll(struct ring_buffer *rb, int timeout_ms)
{
	int64_t total = 0;
	int ready, known;

	/* A signal that came while the program computed ends the wait, as if it came within. */
	if (wbpf_signals_deliver())
		return ret_err(-EINTR);
	known = ready = known_ready(rb);
	if (!known) {
		rb->waits++;
		ready = HOST(poll_wait, rb->poll, rb->events, rb->count, timeout_ms);
	}
	if (ready < 0)
		return ret_err(ready);
	for (int i = 0; i < ready; i++) {
		struct ring *r = rb->rings[rb->events[i].data];
		int64_t n;

		if (!known)
			r->listed = rb->waits;
		n = consume(r, INT_MAX);
		if (n < 0)
			return capped(n);
		total += n;
	}
	return capped(total);
}

int ring_buffer__epoll_fd(const struct ring_buffer *rb)
{
	return rb->poll;
}

struct ring *ring_buffer__ring(struct ring_buffer *rb, unsigned int index)
{
	return index < rb->count ? rb->rings[index] : ret_null(-ERANGE);
}

/* unsigned long is 32 bits here: the low half of the position. */
unsigned long ring__consumer_pos(const struct ring *r)
{
	return (unsigned long)(r->running ? r->position : *r->consumer);
}

unsigned long ring__producer_pos(const struct ring *r)
{
	return (unsigned long)*r->producer;
}

size_t ring__avail_data_size(const struct ring *r)
{
	return (size_t)(*r->producer - (r->running ? r->position : *r->consumer));
}

size_t ring__size(const struct ring *r)
{
	return (size_t)r->size;
}

int ring__map_fd(const struct ring *r)
{
	return r->counts.map;
}

int ring__consume_n(struct ring *r, size_t max)
{
	wbpf_signals_deliver();
	return capped(consume(r, max));
}

int ring__consume(struct ring *r)
{
	return ring__consume_n(r, INT_MAX);
}
