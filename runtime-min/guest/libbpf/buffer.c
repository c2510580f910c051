// SPDX-License-Identifier: BSD-2-Clause
/* bpf_buffer__*() of <libbpf-wasm.h>: one name for ring buffers and perf buffers. */
#include <libbpf-wasm.h>

#include "guest/libbpf/object.h"
#include "guest/libbpf/perf_record.h"

enum { PERF_PAGES = 64 };

struct bpf_buffer {
	struct ring_buffer *ring; /* one of the two */
	struct perf_buffer *perf;
	bpf_buffer_sample_fn callback;
	void *ctx;
	int stopped; /* what the callback ended the poll with */
};

static enum bpf_perf_event_ret take(void *ctx, int cpu, struct perf_event_header *header)
{
	struct bpf_buffer *b = ctx;

	if (header->type == PERF_RECORD_SAMPLE) {
		struct sample *s = (struct sample *)header;
		int ret = b->callback(b->ctx, s->data, s->size);

		if (ret < 0)
			b->stopped = ret;
	} else if (header->type == PERF_RECORD_LOST) {
		warn("perf buffer: %llu records lost on CPU %d\n",
		     (unsigned long long)((struct lost *)header)->lost, cpu);
	}
	return b->stopped ? LIBBPF_PERF_EVENT_ERROR : LIBBPF_PERF_EVENT_CONT;
}

static void open_perf(struct bpf_buffer *b, int map_fd)
{
	struct perf_event_attr attr = {
		.size = sizeof(attr),
		.type = PERF_TYPE_SOFTWARE,
		.config = PERF_COUNT_SW_BPF_OUTPUT,
		.sample_type = PERF_SAMPLE_RAW,
		.wakeup_events = 1,
	};

	b->perf = perf_buffer__new_raw(map_fd, PERF_PAGES, &attr, take, b, NULL);
}

struct bpf_buffer *bpf_buffer__open(struct bpf_map *events, bpf_buffer_sample_fn sample_cb,
				    void *ctx)
{
	struct bpf_buffer *b;
	int err;

	if (!events || !sample_cb)
		return ret_null(-EINVAL);
	b = calloc(1, sizeof(*b));
	if (!b)
		return ret_null(-ENOMEM);
	b->callback = sample_cb;
	b->ctx = ctx;
	if (bpf_map__type(events) == BPF_MAP_TYPE_PERF_EVENT_ARRAY)
		open_perf(b, bpf_map__fd(events));
	else
		b->ring = ring_buffer__new(bpf_map__fd(events), sample_cb, ctx, NULL);
	if (b->ring || b->perf)
		return b;
	err = -errno;
	free(b);
	return ret_null(err);
}

int bpf_buffer__poll(struct bpf_buffer *buffer, int timeout_ms)
{
	int ret;

	if (timeout_ms <= 0)
		timeout_ms = POLL_TIMEOUT_MS;
	if (buffer->ring)
		return ring_buffer__poll(buffer->ring, timeout_ms);
	buffer->stopped = 0;
	ret = perf_buffer__poll(buffer->perf, timeout_ms);
	return buffer->stopped ? ret_err(buffer->stopped) : ret;
}

void bpf_buffer__free(struct bpf_buffer *buffer)
{
	if (!buffer)
		return;
	ring_buffer__free(buffer->ring);
	perf_buffer__free(buffer->perf);
	free(buffer);
}
