/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Perf event arrays, one buffer a CPU, read in place (perf_event_open(2), struct
 * perf_event_mmap_page). Positions are the kernel's: 64 bits.
 */
#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <linux/bpf.h>
#include <linux/perf_event.h>

#include "host/calls.h"
#include "host/component_stream.h"

enum { PAGES = 64 /* of a CPU's buffer */ };

static int open_event(struct component *c, struct stream_buffer *b)
{
	const struct perf_event_attr attr = {
		.size = sizeof(attr),
		.type = PERF_TYPE_SOFTWARE,
		.config = PERF_COUNT_SW_BPF_OUTPUT,
		.sample_type = PERF_SAMPLE_RAW,
		.sample_period = 1,
		.wakeup_events = 1,
	};
	struct wbpf_perf_event args = {
		.size = sizeof(args),
		.pid = -1,
		.cpu = (int32_t)b->cpu,
		.group = -1,
		.attr = component_put(c, &attr, sizeof(attr)),
	};
	wbpf_addr at = component_put(c, &args, sizeof(args));
	int32_t ret = args.attr && at ? call_file_open(c->in, WBPF_FILE_PERF_EVENT, at) : -ENOMEM;

	if (ret < 0)
		return ret;
	b->event = ret;
	return 0;
}

static int map_event(struct component *c, const struct event_stream *s, struct stream_buffer *b)
{
	const uint32_t flags = 0, page = (uint32_t)sysconf(_SC_PAGESIZE);
	int err = stream_region(c, b, page + s->size);

	if (!err)
		err = call_memory_map(c->in, b->event, WBPF_PROT_READ | WBPF_PROT_WRITE, 0, b->area,
				      page + s->size);
	if (err)
		return err;
	b->mapped = page + s->size;
	wbpf_addr at = component_put(c, &flags, sizeof(flags));
	return at ? call_file_control(c->in, b->event, WBPF_PERF_ENABLE, at, sizeof(flags))
		  : -ENOMEM;
}

/* Into the map and the poll set. */
static int publish(struct component *c, const struct event_stream *s, const struct stream_buffer *b,
		   uint32_t number)
{
	const struct wbpf_event event = {.events = 1 /* EPOLLIN */, .data = number};
	union bpf_attr attr = {.map_fd = (uint32_t)s->map};

	attr.key = component_put(c, &b->cpu, sizeof(b->cpu));
	attr.value = component_put(c, &b->event, sizeof(b->event));
	wbpf_addr at = component_put(c, &event, sizeof(event));
	if (!attr.key || !attr.value || !at)
		return -ENOMEM;
	int err = component_bpf(c, BPF_MAP_UPDATE_ELEM, &attr,
				offsetof(union bpf_attr, flags) + sizeof(attr.flags));
	return err < 0 ? err : call_poll_ctl(c->in, s->poll, WBPF_POLL_ADD, b->event, at);
}

int stream_perf_open(struct component *c, struct event_stream *s, const struct handle *map)
{
	struct wbpf_map_info info;
	int err = component_get(c, map->value, WBPF_KEY_INFO, &info, sizeof(info));

	s->size = PAGES * (uint32_t)sysconf(_SC_PAGESIZE);
	for (uint32_t cpu = 0; !err && cpu < c->in->possible_cpus && cpu < info.max_entries;
	     cpu++) {
		struct stream_buffer *b = &s->buffers[s->nr_buffers];
		b->cpu = cpu;
		err = open_event(c, b);
		if (err == -ENODEV) { /* not online */
			err = 0;
			continue;
		}
		s->nr_buffers++; /* so that all of it is given back */
		if (!err)
			err = map_event(c, s, b);
		if (!err)
			err = publish(c, s, b, s->nr_buffers - 1);
	}
	return err ? err : s->nr_buffers ? 0 : -ENODEV;
}

void stream_perf_close(struct component *c, const struct event_stream *s)
{
	if (!handle_find(&c->in->handles, s->map, WBPF_KIND_MAP))
		return;
	for (uint32_t i = 0; i < s->nr_buffers; i++) {
		union bpf_attr attr = {.map_fd = (uint32_t)s->map};
		component_memory_begin(c);
		attr.key = component_put(c, &s->buffers[i].cpu, sizeof(s->buffers[i].cpu));
		if (attr.key)
			component_bpf(c, BPF_MAP_DELETE_ELEM, &attr,
				      offsetof(union bpf_attr, flags) + sizeof(attr.flags));
	}
}

/* A part of a record, which the buffer's end may cut. */
static void copy(const struct event_stream *s, const uint8_t *data, uint64_t position, void *to,
		 uint32_t len)
{
	uint32_t at = (uint32_t)position & (s->size - 1), first = s->size - at;

	if (first > len)
		first = len;
	memcpy(to, data + at, first);
	memcpy((uint8_t *)to + first, data, len - first);
}

/* False: it stays where it is. */
static bool take_record(struct event_stream *s, const struct stream_buffer *buffer,
			const uint8_t *data, uint64_t position,
			const struct perf_event_header *header, struct stream_batch *b)
{
	struct {
		uint64_t id, lost;
	} gone;
	uint32_t len, at, first;

	if (header->type == PERF_RECORD_LOST && header->size >= sizeof(*header) + sizeof(gone)) {
		copy(s, data, position + sizeof(*header), &gone, sizeof(gone));
		s->lost += gone.lost;
		return true;
	}
	if (header->type != PERF_RECORD_SAMPLE || header->size < sizeof(*header) + sizeof(len))
		return true;
	copy(s, data, position + sizeof(*header), &len, sizeof(len));
	if (len > header->size - sizeof(*header) - sizeof(len))
		return true;
	at = (uint32_t)(position + sizeof(*header) + sizeof(len)) & (s->size - 1);
	first = len < s->size - at ? len : s->size - at;
	return stream_add(b, buffer->cpu, data + at, first, data, len - first);
}

static void take_buffer(struct component *c, struct event_stream *s,
			const struct stream_buffer *buffer, struct stream_batch *b)
{
	struct perf_event_mmap_page *page = component_at(c, buffer->area);
	const uint8_t *data = (const uint8_t *)page + sysconf(_SC_PAGESIZE);
	uint64_t tail = page->data_tail, head = __atomic_load_n(&page->data_head, __ATOMIC_ACQUIRE);
	const uint64_t first = tail;

	if (s->highest < head - tail)
		s->highest = head - tail;
	while (tail != head && !stream_full(b)) {
		struct perf_event_header header;
		copy(s, data, tail, &header, sizeof(header));
		if (header.size < sizeof(header) || !take_record(s, buffer, data, tail, &header, b))
			break;
		tail += header.size;
	}
	s->bytes += tail - first;
	__atomic_store_n(&page->data_tail, tail, __ATOMIC_RELEASE);
}

void stream_perf_take(struct component *c, struct event_stream *s, struct stream_batch *b)
{
	for (uint32_t i = 0; i < s->nr_buffers; i++)
		take_buffer(c, s, &s->buffers[i], b);
}
