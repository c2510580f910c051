// SPDX-License-Identifier: BSD-2-Clause
/*
 * user_ring_buffer__*(): records for the kernel, written in place (Documentation/bpf/ringbuf.rst;
 * the kernel's side is bpf_user_ringbuf_drain()). Positions are the kernel's: 64 bits.
 */
#include <stdlib.h>
#include <time.h>

#include "guest/libbpf/object.h"
#include "guest/libbpf/order.h"
#include "guest/libbpf/ringmap.h"

enum { EVENT_OUT = 4 /* EPOLLOUT */, NS_PER_MS = 1000000 };

struct header {
	volatile uint32_t len; /* with BPF_RINGBUF_BUSY_BIT, BPF_RINGBUF_DISCARD_BIT */
	uint32_t reserved;
};

struct user_ring_buffer {
	const volatile uint64_t *consumer; /* page 0, read-only */
	volatile uint64_t *producer;       /* page 1 */
	uint8_t *data;                     /* mapped twice in a row, so that no record is cut */
	uint32_t mask;
	wbpf_handle poll;
	uint8_t *area; /* what is mapped: begins with the consumer's page */
};

static int open_ring(struct user_ring_buffer *rb, int map_fd)
{
	struct wbpf_event event = {.events = EVENT_OUT};
	struct bpf_map_info info = {0};
	uint32_t len = sizeof(info);
	size_t page = wbpf_page_size();
	int err;

	if (bpf_map_get_info_by_fd(map_fd, &info, &len)) {
		err = -errno;
		warn("user ringbuf: no info of map fd=%d: %s\n", map_fd, errstr(-err));
		return err;
	}
	if (info.type != BPF_MAP_TYPE_USER_RINGBUF) {
		warn("user ringbuf: map fd=%d is not BPF_MAP_TYPE_USER_RINGBUF\n", map_fd);
		return -EINVAL;
	}
	rb->mask = info.max_entries - 1;
	err = wbpf_ring_map(map_fd, info.max_entries, true, &rb->area);
	if (!err) {
		rb->consumer = (const volatile uint64_t *)rb->area;
		rb->producer = (volatile uint64_t *)(rb->area + page);
		rb->data = rb->area + 2 * page;
		err = HOST(poll_ctl, rb->poll, WBPF_POLL_ADD, map_fd, &event);
	}
	if (err)
		warn("user ringbuf: map fd=%d cannot be mapped and polled: %s\n", map_fd,
		     errstr(-err));
	return err;
}

struct user_ring_buffer *user_ring_buffer__new(int map_fd, const struct user_ring_buffer_opts *opts)
{
	struct user_ring_buffer *rb;
	int err;

	if (!opts_ok(opts, user_ring_buffer_opts))
		return ret_null(-EINVAL);
	rb = calloc(1, sizeof(*rb));
	if (!rb)
		return ret_null(-ENOMEM);
	rb->poll = HOST(poll_create);
	err = rb->poll < 0 ? rb->poll : open_ring(rb, map_fd);
	if (!err)
		return rb;
	user_ring_buffer__free(rb);
	return ret_null(err);
}

void user_ring_buffer__free(struct user_ring_buffer *rb)
{
	if (!rb)
		return;
	wbpf_ring_unmap(rb->area, rb->mask + 1);
	if (rb->poll > 0)
		HOST(close, rb->poll);
	free(rb);
}

void *user_ring_buffer__reserve(struct user_ring_buffer *rb, __u32 size)
{
	uint64_t consumed, produced;
	struct header *h;
	uint32_t total;

	if (size & (BPF_RINGBUF_BUSY_BIT | BPF_RINGBUF_DISCARD_BIT))
		return ret_null(-E2BIG);
	consumed = wbpf_load_acquire(rb->consumer);
	produced = *rb->producer; /* nobody else writes it */
	total = (size + BPF_RINGBUF_HDR_SZ + 7) & ~7u;
	if (total > rb->mask + 1)
		return ret_null(-E2BIG);
	if (rb->mask + 1 - (uint32_t)(produced - consumed) < total)
		return ret_null(-ENOSPC);
	h = (struct header *)(rb->data + (produced & rb->mask));
	h->len = size | BPF_RINGBUF_BUSY_BIT;
	h->reserved = 0;
	wbpf_store_release(rb->producer, produced + total);
	return rb->data + ((produced + BPF_RINGBUF_HDR_SZ) & rb->mask);
}

static uint64_t now_ns(void)
{
	struct timespec t = {0};

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

void *user_ring_buffer__reserve_blocking(struct user_ring_buffer *rb, __u32 size, int timeout_ms)
{
	uint64_t begin = timeout_ms > 0 ? now_ns() : 0;
	int64_t left = timeout_ms;
	struct wbpf_event event;
	void *sample;
	int ret;

	if (timeout_ms < -1)
		return ret_null(-EINVAL);
	do {
		sample = user_ring_buffer__reserve(rb, size);
		if (sample || errno != ENOSPC)
			return sample;
		/* A signal that came while the program computed ends the wait too. */
		if (wbpf_signals_deliver())
			return ret_null(-EINTR);
		ret = HOST(poll_wait, rb->poll, &event, 1, (int32_t)left);
		if (ret < 0)
			return ret_null(ret);
		if (timeout_ms > 0)
			left = timeout_ms - (int64_t)((now_ns() - begin) / NS_PER_MS);
	} while (timeout_ms == -1 || left > 0);
	return user_ring_buffer__reserve(rb, size);
}

/* The header lies before the sample, maybe at the other end of the ring. */
static void commit(struct user_ring_buffer *rb, void *sample, uint32_t bits)
{
	uint32_t at = ((uint32_t)((uint8_t *)sample - rb->data) - BPF_RINGBUF_HDR_SZ) & rb->mask;
	struct header *h = (struct header *)(rb->data + at);

	wbpf_store_release32(&h->len, (h->len & ~BPF_RINGBUF_BUSY_BIT) | bits);
}

void user_ring_buffer__submit(struct user_ring_buffer *rb, void *sample)
{
	commit(rb, sample, 0);
}

void user_ring_buffer__discard(struct user_ring_buffer *rb, void *sample)
{
	commit(rb, sample, BPF_RINGBUF_DISCARD_BIT);
}
