/* SPDX-License-Identifier: BSD-2-Clause */
/* The records of a ring buffer or a perf event array on their way to a component. */
#ifndef WBPF_HOST_COMPONENT_STREAM_H
#define WBPF_HOST_COMPONENT_STREAM_H

#include "base/strbuf.h"
#include "host/component_calls.h"

/* One buffer in scratch memory: a ring buffer, or one CPU's of a perf event array. */
struct stream_buffer {
	wbpf_addr area;    /* the first page that the kernel shares */
	uint32_t mapped;   /* bytes from there on; 0: not yet */
	wbpf_addr region;  /* where the region begins; 0: none */
	wbpf_handle event; /* perf event arrays: the CPU's event */
	uint32_t cpu;
};

struct event_stream {
	wbpf_handle map, poll;
	bool perf;
	uint32_t size; /* bytes of the records' room in each buffer, a power of two */
	struct stream_buffer *buffers;
	uint32_t nr_buffers;
	wbpf_addr counts; /* struct wbpf_counts, for the statistics */
	/* Of perf event arrays, as struct wbpf_counts has them. */
	uint64_t lost, bytes, highest;
};

/* Records as poll-words gives them. */
struct stream_batch {
	struct strbuf words;
	uint32_t count, max;
	size_t limit; /* bytes of words, past which nothing more is taken */
};

/* Appends a record whose bytes are in two parts. False: no memory, and it is not taken. */
bool stream_add(struct stream_batch *b, uint32_t cpu, const void *first, uint32_t first_len,
		const void *second, uint32_t second_len);
static inline bool stream_full(const struct stream_batch *b)
{
	return b->count >= b->max || b->words.len >= b->limit;
}

/* component_ring.c, component_perf.c: what a stream of that kind is; 0 or a negative errno. */
int stream_ring_open(struct component *c, struct event_stream *s, const struct handle *map);
int stream_perf_open(struct component *c, struct event_stream *s, const struct handle *map);

/* Takes the CPUs' events out of the map, which else keeps them. */
void stream_perf_close(struct component *c, const struct event_stream *s);

/* Takes what is there. */
void stream_ring_take(struct component *c, struct event_stream *s, struct stream_batch *b);
void stream_perf_take(struct component *c, struct event_stream *s, struct stream_batch *b);

/* A region for a buffer, whose first page is the host's own. 0 or -ENOMEM. */
int stream_region(struct component *c, struct stream_buffer *b, uint32_t len);

#endif
