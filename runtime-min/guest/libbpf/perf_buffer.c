// SPDX-License-Identifier: BSD-2-Clause
/*
 * perf_buffer__*(): a BPF_MAP_TYPE_PERF_EVENT_ARRAY's events, one buffer a CPU, mapped and read in
 * place (perf_event_open(2), struct perf_event_mmap_page). Positions are the kernel's: 64 bits.
 */
#include <linux/perf_event.h>
#include <stdlib.h>
#include <string.h>

#include "guest/libbpf/counts.h"
#include "guest/libbpf/object.h"
#include "guest/libbpf/perf_buffer.h"
#include "guest/pages.h"

enum { EVENT_IN = 1 /* EPOLLIN */ };

/* Which CPUs, and at which keys of the map; count 0: all that are online, by their numbers. */
struct cpus {
	int count;
	const int *cpus, *keys;
};

static void buffer_free(struct perf_buffer *pb, struct buffer *b)
{
	uint32_t flags = 0;

	wbpf_pages_free_mapped(b->page, wbpf_page_size() + pb->size);
	if (b->event > 0) {
		HOST(file_control, b->event, WBPF_PERF_DISABLE, &flags, sizeof(flags));
		HOST(close, b->event);
	}
	free(b->whole);
	free(b);
}

static int buffer_map(struct perf_buffer *pb, struct buffer *b)
{
	size_t len = wbpf_page_size() + pb->size;
	void *area = wbpf_pages_take(len);
	int err;

	if (!area)
		return -ENOMEM;
	err = HOST(memory_map, b->event, WBPF_PROT_READ | WBPF_PROT_WRITE, 0, area, len);
	if (err)
		free(area);
	else
		b->page = area;
	return err;
}

static int buffer_open(struct perf_buffer *pb, struct buffer *b, struct perf_event_attr *attr)
{
	struct wbpf_perf_event args = {
		.size = sizeof(args),
		.pid = -1,
		.cpu = b->cpu,
		.group = -1,
		.attr = (wbpf_addr)(uintptr_t)attr,
	};
	uint32_t flags = 0;
	int err;

	b->event = HOST(file_open, WBPF_FILE_PERF_EVENT, &args);
	if (b->event < 0)
		return b->event;
	err = buffer_map(pb, b);
	if (!err)
		err = HOST(file_control, b->event, WBPF_PERF_ENABLE, &flags, sizeof(flags));
	return err;
}

/* Opens one more buffer and puts it into the map and the poll set. */
static int buffer_add(struct perf_buffer *pb, struct perf_event_attr *attr, int cpu, int key)
{
	struct wbpf_event event = {.events = EVENT_IN, .data = pb->count};
	struct buffer *b = calloc(1, sizeof(*b));
	int err;

	if (!b)
		return -ENOMEM;
	b->of = pb;
	b->cpu = cpu;
	b->key = key;
	err = buffer_open(pb, b, attr);
	if (err) {
		buffer_free(pb, b);
		return err;
	}
	pb->buffers[pb->count++] = b;
	if (bpf_map_update_elem(pb->map_fd, &key, &b->event, 0))
		return -errno;
	return HOST(poll_ctl, pb->poll, WBPF_POLL_ADD, b->event, &event);
}

static int add_all(struct perf_buffer *pb, struct perf_event_attr *attr, const struct cpus *which,
		   int count)
{
	int err = 0;

	for (int i = 0; i < count; i++) {
		int cpu = which->count > 0 ? which->cpus[i] : i;

		err = buffer_add(pb, attr, cpu, which->count > 0 ? which->keys[i] : i);
		/* The kernel's answer for a CPU that is not online: left out, unless it was named.
		 */
		if (err == -ENODEV && which->count <= 0)
			continue;
		if (err) {
			warn("perf buffer: no buffer for CPU %d: %s\n", cpu, errstr(-err));
			return err;
		}
	}
	return pb->count ? 0 : err;
}

static int check_map(int map_fd, struct bpf_map_info *info)
{
	uint32_t len = sizeof(*info);
	int err;

	if (!bpf_map_get_info_by_fd(map_fd, info, &len)) {
		if (info->type == BPF_MAP_TYPE_PERF_EVENT_ARRAY)
			return 0;
		warn("perf buffer: map '%s' is not BPF_MAP_TYPE_PERF_EVENT_ARRAY\n", info->name);
		return -EINVAL;
	}
	err = -errno;
	warn("perf buffer: no info of map fd=%d: %s\n", map_fd, errstr(-err));
	return err;
}

static int open_buffers(struct perf_buffer *pb, struct perf_event_attr *attr,
			const struct cpus *which, uint32_t max_entries)
{
	int count = which->count > 0 ? which->count : libbpf_num_possible_cpus();

	if (which->count <= 0 && max_entries && max_entries < (uint32_t)count)
		count = (int)max_entries;
	pb->events = calloc((size_t)count, sizeof(*pb->events));
	pb->buffers = calloc((size_t)count, sizeof(struct buffer *));
	if (!pb->events || !pb->buffers)
		return -ENOMEM;
	pb->poll = HOST(poll_create);
	return pb->poll < 0 ? pb->poll : add_all(pb, attr, which, count);
}

/* Takes the callbacks and the context out of what. */
static struct perf_buffer *open_all(int map_fd, size_t pages, struct perf_event_attr *attr,
				    const struct perf_buffer *what, const struct cpus *which)
{
	struct bpf_map_info info = {0};
	struct perf_buffer *pb;
	int err;

	if (!pages || pages & (pages - 1)) {
		warn("perf buffer: %zu pages: not a power of two\n", pages);
		return ret_null(-EINVAL);
	}
	err = check_map(map_fd, &info);
	if (err)
		return ret_null(err);
	if (pages > INT32_MAX / wbpf_page_size()) {
		warn("perf buffer: %zu pages: too many\n", pages);
		return ret_null(-ENOMEM);
	}
	pb = malloc(sizeof(*pb));
	if (!pb)
		return ret_null(-ENOMEM);
	*pb = *what;
	pb->map_fd = map_fd;
	pb->page_size = wbpf_page_size();
	pb->size = pages * pb->page_size;
	pb->counts.map = map_fd;
	pb->counts.size = pb->size;
	err = open_buffers(pb, attr, which, info.max_entries);
	if (!err) {
		wbpf_counts_tell(&pb->counts, sizeof(pb->counts));
		return pb;
	}
	perf_buffer__free(pb);
	return ret_null(err);
}

struct perf_buffer *perf_buffer__new(int map_fd, size_t page_cnt, perf_buffer_sample_fn sample_cb,
				     perf_buffer_lost_fn lost_cb, void *ctx,
				     const struct perf_buffer_opts *opts)
{
	struct perf_buffer what = {.sample_cb = sample_cb, .lost_cb = lost_cb, .ctx = ctx};
	struct perf_event_attr attr = {
		.size = sizeof(attr),
		.type = PERF_TYPE_SOFTWARE,
		.config = PERF_COUNT_SW_BPF_OUTPUT,
		.sample_type = PERF_SAMPLE_RAW,
	};
	struct cpus all = {0};

	if (!opts_ok(opts, perf_buffer_opts))
		return ret_null(-EINVAL);
	attr.wakeup_events = opt(opts, sample_period, 1);
	if (!attr.wakeup_events)
		attr.wakeup_events = 1;
	return open_all(map_fd, page_cnt, &attr, &what, &all);
}

struct perf_buffer *perf_buffer__new_raw(int map_fd, size_t page_cnt, struct perf_event_attr *attr,
					 perf_buffer_event_fn event_cb, void *ctx,
					 const struct perf_buffer_raw_opts *opts)
{
	struct perf_buffer what = {.event_cb = event_cb, .ctx = ctx};
	struct cpus which;

	if (!attr || !opts_ok(opts, perf_buffer_raw_opts))
		return ret_null(-EINVAL);
	which.count = opt(opts, cpu_cnt, 0);
	which.cpus = opt(opts, cpus, NULL);
	which.keys = opt(opts, map_keys, NULL);
	return open_all(map_fd, page_cnt, attr, &what, &which);
}

void perf_buffer__free(struct perf_buffer *pb)
{
	/* What libbpf_get_error() takes for an error is none either. */
	if (!pb || (uintptr_t)pb >= (uintptr_t)-4095)
		return;
	wbpf_counts_tell(&pb->counts, 0);
	for (size_t i = 0; i < pb->count; i++) {
		bpf_map_delete_elem(pb->map_fd, &pb->buffers[i]->key);
		buffer_free(pb, pb->buffers[i]);
	}
	if (pb->poll > 0)
		HOST(close, pb->poll);
	free(pb->buffers);
	free(pb->events);
	free(pb);
}

static int consume_and_say(struct perf_buffer *pb, size_t index)
{
	int err = wbpf_perf_consume(pb->buffers[index]);

	if (err) {
		warn("perf buffer: records of buffer %zu: %s\n", index, errstr(-err));
		ret_err(err);
	}
	return err;
}

int perf_buffer__poll(struct perf_buffer *pb, int timeout_ms)
{
	int ready;

	/* A signal that came while the program computed ends the wait, as if it came within. */
	if (wbpf_signals_deliver())
		return ret_err(-EINTR);
	ready = HOST(poll_wait, pb->poll, pb->events, pb->count, timeout_ms);
	if (ready < 0)
		return ret_err(ready);
	for (int i = 0; i < ready; i++) {
		int err = consume_and_say(pb, (size_t)pb->events[i].data);

		if (err)
			return err;
	}
	return ready;
}

int perf_buffer__consume(struct perf_buffer *pb)
{
	wbpf_signals_deliver();
	for (size_t i = 0; i < pb->count; i++) {
		int err = consume_and_say(pb, i);

		if (err)
			return err;
	}
	return 0;
}

int perf_buffer__consume_buffer(struct perf_buffer *pb, size_t buf_idx)
{
	wbpf_signals_deliver();
	return buf_idx < pb->count ? wbpf_perf_consume(pb->buffers[buf_idx]) : ret_err(-EINVAL);
}

int perf_buffer__epoll_fd(const struct perf_buffer *pb)
{
	return pb->poll;
}

size_t perf_buffer__buffer_cnt(const struct perf_buffer *pb)
{
	return pb->count;
}

int perf_buffer__buffer_fd(const struct perf_buffer *pb, size_t buf_idx)
{
	return buf_idx < pb->count ? pb->buffers[buf_idx]->event : ret_err(-EINVAL);
}

int perf_buffer__buffer(struct perf_buffer *pb, int buf_idx, void **buf, size_t *buf_size)
{
	if ((size_t)buf_idx >= pb->count)
		return ret_err(-EINVAL);
	*buf = pb->buffers[buf_idx]->page;
	*buf_size = pb->size;
	return 0;
}
