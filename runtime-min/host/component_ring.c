/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ring buffers, read in place (Documentation/bpf/ringbuf.rst). Positions are bytes since the ring's
 * beginning, 64 bits, never wrapping; the data are mapped twice in a row, so that no record is cut.
 */
#include <errno.h>
#include <stddef.h>
#include <unistd.h>

#include <bpf/bpf.h>

#include "host/calls.h"
#include "host/component_stream.h"

/* The map's size, as the kernel rounded it. */
static int ring_size(const struct handle *map, uint32_t *ret)
{
	struct bpf_map_info info = {0};
	uint32_t len = sizeof(info);

	if (bpf_map_get_info_by_fd(map->fd, &info, &len))
		return -errno;
	*ret = info.max_entries;
	return 0;
}

int stream_ring_open(struct component *c, struct event_stream *s, const struct handle *map)
{
	uint32_t page = (uint32_t)sysconf(_SC_PAGESIZE);
	struct stream_buffer *b = &s->buffers[0];
	int err = ring_size(map, &s->size);

	if (err)
		return err;
	if (s->size > UINT32_MAX / 4)
		return -E2BIG;
	s->nr_buffers = 1;
	uint32_t behind = page + 2 * s->size;
	err = stream_region(c, b, page + behind);
	if (!err)
		err = call_memory_map(c->in, s->map, WBPF_PROT_READ | WBPF_PROT_WRITE, 0, b->area,
				      page);
	if (err)
		return err;
	b->mapped = page;
	err = call_memory_map(c->in, s->map, WBPF_PROT_READ, page, b->area + page, behind);
	if (err)
		return err;
	b->mapped += behind;
	const struct wbpf_event event = {.events = 1 /* EPOLLIN */};
	wbpf_addr at = component_put(c, &event, sizeof(event));
	return at ? call_poll_ctl(c->in, s->poll, WBPF_POLL_ADD, s->map, at) : -ENOMEM;
}

static uint32_t behind(uint32_t len)
{
	return (len + BPF_RINGBUF_HDR_SZ + 7) & ~7u;
}

void stream_ring_take(struct component *c, struct event_stream *s, struct stream_batch *b)
{
	uint32_t page = (uint32_t)sysconf(_SC_PAGESIZE);
	uint8_t *area = component_at(c, s->buffers[0].area);
	uint64_t *consumer = (uint64_t *)area;
	const uint64_t *producer = (const uint64_t *)(area + page);
	const uint8_t *data = area + 2 * page;
	uint64_t position = __atomic_load_n(consumer, __ATOMIC_ACQUIRE);
	const uint64_t first = position, end = __atomic_load_n(producer, __ATOMIC_ACQUIRE);

	while (position < end && !stream_full(b)) {
		const uint8_t *record = data + (position & (s->size - 1));
		uint32_t len = __atomic_load_n((const uint32_t *)record, __ATOMIC_ACQUIRE);
		uint32_t bytes = len & ~(uint32_t)(BPF_RINGBUF_BUSY_BIT | BPF_RINGBUF_DISCARD_BIT);
		if ((len & BPF_RINGBUF_BUSY_BIT) || bytes > s->size - BPF_RINGBUF_HDR_SZ)
			break;
		if (!(len & BPF_RINGBUF_DISCARD_BIT) &&
		    !stream_add(b, 0, record + BPF_RINGBUF_HDR_SZ, bytes, NULL, 0))
			break;
		position += behind(bytes);
	}
	if (position != first)
		__atomic_store_n(consumer, position, __ATOMIC_RELEASE);
}
