/* SPDX-License-Identifier: BSD-2-Clause */
/* Event streams: opening, waiting, and what a component gets. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <linux/bpf.h>

#include "host/calls.h"
#include "host/component_stream.h"

/* What is given at a time: each byte of a list<u8> takes 32 of the host's on its way. */
enum { MAX_BYTES = 256 << 10, MAX_WORDS = 4 << 20 };

int stream_region(struct component *c, struct stream_buffer *b, uint32_t len)
{
	uint32_t page = (uint32_t)sysconf(_SC_PAGESIZE);
	struct region r = {0};
	int err = component_region_new(c, page + len, &r, &r);

	if (err)
		return err;
	b->region = r.addr;
	b->area = r.addr + page;
	return 0;
}

bool stream_add(struct stream_batch *b, uint32_t cpu, const void *first, uint32_t first_len,
		const void *second, uint32_t second_len)
{
	static const uint8_t zeros[8];
	const uint32_t len = first_len + second_len;
	const uint64_t head = (uint64_t)cpu << 32 | len;

	if (!strbuf_reserve(&b->words, sizeof(head) + len + sizeof(zeros)))
		return false;
	strbuf_add(&b->words, &head, sizeof(head));
	strbuf_add(&b->words, first, first_len);
	strbuf_add(&b->words, second, second_len);
	strbuf_add(&b->words, zeros, -len & 7);
	b->count++;
	return true;
}

/* --- opening ------------------------------------------------------------------------------- */

static void stream_free(struct event_stream *s)
{
	free(s->buffers);
	free(s);
}

/* Gives back what it has of the instance. */
static void stream_close(struct component *c, struct event_stream *s)
{
	if (s->counts)
		call_set(c->in, 0, WBPF_KEY_COUNTS, s->counts, 0);
	if (s->perf)
		stream_perf_close(c, s);
	for (uint32_t i = 0; i < s->nr_buffers; i++) {
		const struct stream_buffer *b = &s->buffers[i];
		uint32_t page = (uint32_t)sysconf(_SC_PAGESIZE);
		int err = 0;
		if (b->mapped && !s->perf) {
			err = call_memory_unmap(c->in, b->area, page);
			if (!err && b->mapped > page)
				err = call_memory_unmap(c->in, b->area + page, b->mapped - page);
		} else if (b->mapped) {
			err = call_memory_unmap(c->in, b->area, b->mapped);
		}
		/* Memory that could not be had back must never be given out again. */
		if (b->region && !err)
			component_region_free(c, b->region);
		if (b->event)
			call_close(c->in, b->event);
	}
	if (s->poll > 0)
		call_close(c->in, s->poll);
	stream_free(s);
}

/* The host's own account, in the page in front of the first buffer. */
static void begin_counts(struct component *c, struct event_stream *s)
{
	const struct stream_buffer *b = &s->buffers[0];
	const struct wbpf_counts counts = {
		.map = s->map,
		.ring = s->perf ? 0 : b->area,
		.size = s->perf ? s->size : 0,
	};

	memcpy(component_at(c, b->region), &counts, sizeof(counts));
	if (!call_set(c->in, 0, WBPF_KEY_COUNTS, b->region, sizeof(counts)))
		s->counts = b->region;
}

static int open_stream(struct component *c, const struct handle *map, struct event_stream *s)
{
	int32_t poll = call_poll_create(c->in);
	int err;

	if (poll < 0)
		return poll;
	s->poll = poll;
	s->map = map->value;
	s->perf = map->map_type == BPF_MAP_TYPE_PERF_EVENT_ARRAY;
	s->buffers = calloc(s->perf ? c->in->possible_cpus : 1, sizeof(*s->buffers));
	if (!s->buffers)
		return -ENOMEM;
	err = s->perf ? stream_perf_open(c, s, map) : stream_ring_open(c, s, map);
	if (!err)
		begin_counts(c, s);
	return err;
}

/* A number for it, from 1 on, or a negative errno. */
static int add_stream(struct component *c, struct event_stream *s)
{
	size_t i = 0;

	while (i < c->nr_streams && c->streams[i])
		i++;
	if (i == c->nr_streams) {
		struct event_stream **streams =
			realloc(c->streams, (i + 1) * sizeof(struct event_stream *));
		if (!streams)
			return -ENOMEM;
		c->streams = streams;
		c->nr_streams++;
	}
	c->streams[i] = s;
	return (int)i + 1;
}

int component_map_events(struct component *c, const struct component_arg *args,
			 struct value *result)
{
	const wbpf_handle value = (wbpf_handle)args[0].number;
	const struct handle *map = handle_find(&c->in->handles, value, WBPF_KIND_MAP);
	struct event_stream *s = calloc(1, sizeof(*s));
	int ret = !s ? -ENOMEM : !map || map->fd < 0 ? -EBADF : 0;

	if (!ret && map->map_type != BPF_MAP_TYPE_RINGBUF &&
	    map->map_type != BPF_MAP_TYPE_PERF_EVENT_ARRAY)
		ret = -EINVAL;
	if (!ret)
		ret = open_stream(c, map, s);
	if (!ret)
		ret = add_stream(c, s);
	if (ret > 0)
		return value_resource(c->engine, value_ok(result, true), COMPONENT_event_stream,
				      (uint32_t)ret);
	component_fail(c, result, ret,
		       ret == -EINVAL         ? "map '%s' is no ring buffer and no perf event array"
		       : ret == -EBADF && map ? "map '%s' is not loaded"
					      : "cannot read the events of map '%s'",
		       component_name_of(c, value));
	if (s)
		stream_close(c, s);
	return 0;
}

void component_event_stream_drop(struct component *c, uint32_t number)
{
	stream_close(c, c->streams[number - 1]);
	c->streams[number - 1] = NULL;
}

void component_streams_free(struct component *c)
{
	for (size_t i = 0; i < c->nr_streams; i++)
		if (c->streams[i])
			stream_free(c->streams[i]);
	free(c->streams);
}

/* --- polling ------------------------------------------------------------------------------- */

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

static void take(struct component *c, struct event_stream *s, struct stream_batch *b)
{
	if (s->perf)
		stream_perf_take(c, s, b);
	else
		stream_ring_take(c, s, b);
	if (!s->counts)
		return;
	struct wbpf_counts *counts = component_at(c, s->counts);
	counts->records += b->count;
	counts->lost = s->lost;
	counts->bytes = s->bytes;
	counts->highest = s->highest;
}

/* Waits until something may be there. 1, 0 when the time is over, or a negative errno. */
static int wait_for(struct component *c, struct event_stream *s, int timeout_ms)
{
	enum { EVENTS = 16 };
	wbpf_addr at = component_room(c, EVENTS * sizeof(struct wbpf_event));
	int32_t n = at ? call_poll_wait(c->in, s->poll, at, EVENTS, timeout_ms) : -ENOMEM;

	return n > 0 ? 1 : n;
}

static int fill(struct component *c, struct event_stream *s, int timeout_ms, struct stream_batch *b)
{
	const int64_t end = now_ms() + timeout_ms;
	int64_t left = timeout_ms;
	bool idle = false; /* woken, and there was nothing */

	for (;;) {
		if (!handle_find(&c->in->handles, s->map, WBPF_KIND_MAP))
			return -EBADF;
		take(c, s, b);
		if (b->count || !b->max)
			return 0;
		/* A record that is reserved and not yet written keeps the kernel saying "ready". */
		int ret = idle ? call_sleep(c->in, 1000000, 0) : 1;
		if (ret > 0)
			ret = wait_for(c, s, (int)left);
		else if (!ret)
			ret = 1;
		/* A process that was stopped and goes on is no signal that is caught. */
		if (ret < 0 && (ret != -EINTR || c->in->signals.pending))
			return ret;
		idle = !idle && ret > 0;
		left = timeout_ms < 0 ? -1 : end - now_ms();
		if (timeout_ms >= 0 && left <= 0) {
			take(c, s, b);
			return 0;
		}
		component_memory_begin(c);
	}
}

/* The stream of self, its records in *b. False: result is an error. */
static bool poll_stream(struct component *c, const struct component_arg *args, size_t limit,
			struct stream_batch *b, struct value *result)
{
	struct event_stream *s = c->streams[args[0].number - 1];

	*b = (struct stream_batch){.max = (uint32_t)args[2].number, .limit = limit};
	int err = fill(c, s, (int)(uint32_t)args[1].number, b);
	if (!err)
		return true;
	component_fail(c, result, err, "events of map '%s'", component_name_of(c, s->map));
	strbuf_free(&b->words);
	return false;
}

int component_event_stream_poll_words(struct component *c, const struct component_arg *args,
				      struct value *result)
{
	struct stream_batch b;

	if (!poll_stream(c, args, MAX_WORDS, &b, result))
		return 0;
	struct record r = component_record(value_ok(result, true), "event_batch");
	value_u32(component_field(&r, "count"), b.count);
	value_words(component_field(&r, "words"), (const uint64_t *)b.words.data,
		    b.words.len / sizeof(uint64_t));
	strbuf_free(&b.words);
	return 0;
}

int component_event_stream_poll(struct component *c, const struct component_arg *args,
				struct value *result)
{
	struct stream_batch b;

	if (!poll_stream(c, args, MAX_BYTES, &b, result))
		return 0;
	struct value *list = value_ok(result, true);
	const char *at = b.words.data;
	value_list(list, b.count);
	for (uint32_t i = 0; i < b.count; i++) {
		uint32_t len;
		memcpy(&len, at, sizeof(len));
		value_bytes(value_item(list, i), at + sizeof(uint64_t), len);
		at += sizeof(uint64_t) + ((len + 7) & ~7u);
	}
	strbuf_free(&b.words);
	return 0;
}

int component_event_stream_lost(struct component *c, const struct component_arg *args,
				struct value *result)
{
	value_u64(result, c->streams[args[0].number - 1]->lost);
	return 0;
}
