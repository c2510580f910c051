// SPDX-License-Identifier: BSD-2-Clause
/* Perf buffers: every record of every CPU once, in order, whole; the lost ones counted. */
#include <linux/perf_event.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "atomics.h"
#include "reports.h"
#include "reports.skel.h"
#include "say.h"

enum { MAX_CPUS = 64, PAGES = 4 };

struct seen {
	unsigned int next[MAX_CPUS];
	unsigned int count, wrong, calls_lost;
	unsigned long long lost;
	size_t bytes;
	unsigned int stop_at; /* the callback of raw events ends at this number; 0: never */
	enum bpf_perf_event_ret stop_with;
};

static struct reports_bpf *skel;

static void show(const char *what, struct seen *s)
{
	printf("%s: %u records, %zu bytes, %llu lost in %u, wrong %u\n", what, s->count, s->bytes,
	       s->lost, s->calls_lost, s->wrong);
	s->count = s->calls_lost = s->wrong = 0;
	s->lost = s->bytes = 0;
}

static void take(void *ctx, int cpu, void *data, __u32 size)
{
	const struct report *r = data;
	struct seen *s = ctx;

	if (r->number != s->next[cpu] || r->cpu != (unsigned int)cpu)
		s->wrong++;
	s->next[cpu] = r->number + 1;
	for (size_t i = 0; i < sizeof(r->fill) && i + 8 + 7 < size; i++)
		s->wrong += r->fill[i] != (unsigned char)(r->number + i);
	s->count++;
	s->bytes += size;
}

static void lost(void *ctx, int cpu, __u64 count)
{
	struct seen *s = ctx;

	s->next[cpu] += (unsigned int)count;
	s->lost += count;
	s->calls_lost++;
}

static enum bpf_perf_event_ret event(void *ctx, int cpu, struct perf_event_header *e)
{
	const struct {
		struct perf_event_header header;
		unsigned int size;
		struct report report;
	} *raw = (void *)e;
	struct seen *s = ctx;

	if (e->type == PERF_RECORD_LOST) {
		s->calls_lost++;
		return LIBBPF_PERF_EVENT_CONT;
	}
	take(ctx, cpu, (void *)&raw->report, raw->size);
	return s->stop_at && raw->report.number == s->stop_at ? s->stop_with
							      : LIBBPF_PERF_EVENT_CONT;
}

/* The program runs on that CPU. How many were taken, or a negative errno. */
static int emit_to(int map, int cpu, unsigned int first, unsigned int count, unsigned int size)
{
	struct request request = {.first = first, .count = count, .size = size, .map = map};
	LIBBPF_OPTS(bpf_test_run_opts, opts, .ctx_in = &request, .ctx_size_in = sizeof(request),
		    .flags = BPF_F_TEST_RUN_ON_CPU, .cpu = cpu);
	int err = bpf_prog_test_run_opts(bpf_program__fd(skel->progs.report), &opts);

	return err ? err : (int)opts.retval;
}

/* The program's own errno is the kernel's number everywhere. */
static void say_put(const char *what, int put)
{
	printf("%s: %d\n", what, put);
}

static int emit(struct seen *s, int cpu, unsigned int count, unsigned int size)
{
	return emit_to(0, cpu, s->next[cpu], count, size);
}

static void wrong_arguments(void)
{
	int events = bpf_map__fd(skel->maps.events), hash = bpf_map__fd(skel->maps.hash);
	LIBBPF_OPTS(perf_buffer_opts, opts);
	struct perf_event_attr attr = {.size = sizeof(attr)};
	int far = 100000, key = 0, far_key = 1 << 20, cpu = 0;
	LIBBPF_OPTS(perf_buffer_raw_opts, raw, .cpu_cnt = 1, .cpus = &far, .map_keys = &key);

	say_ptr("no pages", perf_buffer__new(events, 0, take, lost, NULL, NULL));
	say_ptr("three pages", perf_buffer__new(events, 3, take, lost, NULL, NULL));
	say_ptr("too many pages", perf_buffer__new(events, 1u << 30, take, lost, NULL, NULL));
	say_ptr("a hash", perf_buffer__new(hash, 8, take, lost, NULL, NULL));
	printf("no map: %d\n", perf_buffer__new(-1, 8, take, lost, NULL, NULL) != NULL);
	say_ptr("no descriptor of a map",
		perf_buffer__new(bpf_program__fd(skel->progs.report), 8, take, lost, NULL, NULL));
	opts.sz = 3;
	say_ptr("short options", perf_buffer__new(events, 8, take, lost, NULL, &opts));
	say_ptr("no attributes", perf_buffer__new_raw(events, 8, NULL, event, NULL, NULL));
	attr.type = 4711;
	say_ptr("no such type", perf_buffer__new_raw(events, 8, &attr, event, NULL, NULL));
	/* An event that is no output of BPF programs does not belong into the map. */
	attr.type = PERF_TYPE_SOFTWARE;
	attr.config = PERF_COUNT_SW_CPU_CLOCK;
	attr.sample_type = PERF_SAMPLE_RAW;
	attr.inherit = 1;
	say_ptr("another event", perf_buffer__new_raw(events, 8, &attr, event, NULL, NULL));
	attr.inherit = 0;
	attr.config = PERF_COUNT_SW_BPF_OUTPUT;
	attr.wakeup_events = 1;
	say_ptr("no such CPU", perf_buffer__new_raw(events, 8, &attr, event, NULL, &raw));
	raw.cpus = &cpu;
	raw.map_keys = &far_key;
	say_ptr("no such key", perf_buffer__new_raw(events, 8, &attr, event, NULL, &raw));
	attr.size = 8;
	say_ptr("short attributes", perf_buffer__new_raw(events, 8, &attr, event, NULL, NULL));
	printf("size %d\n", attr.size >= 64);
	perf_buffer__free(NULL);
}

static void wrong_indexes(struct perf_buffer *pb)
{
	size_t size = 0, count = perf_buffer__buffer_cnt(pb);
	void *buf = NULL;

	printf("a buffer a CPU %d\n", count == (size_t)libbpf_num_possible_cpus());
	printf("descriptors %d %d\n", perf_buffer__epoll_fd(pb) >= 0,
	       perf_buffer__buffer_fd(pb, 0) >= 0);
	say_err("no such descriptor", perf_buffer__buffer_fd(pb, count));
	say_err("buffer", perf_buffer__buffer(pb, 0, &buf, &size));
	printf("%zu pages, page %d\n", size / (size_t)getpagesize(),
	       ((struct perf_event_mmap_page *)buf)->data_size == size);
	say_err("no such buffer", perf_buffer__buffer(pb, (int)count, &buf, &size));
	say_err("nothing to consume in it", perf_buffer__consume_buffer(pb, count));
	say_err("nothing yet", perf_buffer__poll(pb, 0));
	say_err("nor now", perf_buffer__consume(pb));
	say_err("nor here", perf_buffer__consume_buffer(pb, 0));
}

/* Many times around the buffers, with records of all sizes, so that some are cut by the end. */
static void around(struct perf_buffer *pb, struct seen *s)
{
	int cpus = libbpf_num_possible_cpus(), missing = 0;

	for (unsigned int i = 0; i < 600; i++) {
		unsigned int n = i % 40 + 1, size = 8 + i * 7 % 241;
		int cpu = (int)i % cpus;

		missing += emit(s, cpu, n, size) != (int)n;
		if (i % 3 == 0)
			missing += perf_buffer__consume(pb) != 0;
		else if (i % 3 == 1)
			missing += perf_buffer__consume_buffer(pb, (size_t)cpu) != 0;
		else
			missing += perf_buffer__poll(pb, 1000) <= 0;
	}
	perf_buffer__consume(pb); /* a poll may have been told of another buffer only */
	printf("around: missing %d\n", missing);
	show("all", s);
}

/* The same number on each CPU, then one poll. */
static void each(struct perf_buffer *pb, struct seen *s)
{
	int cpus = libbpf_num_possible_cpus(), ready;

	perf_buffer__poll(pb, 0); /* forgets what consume() took */
	for (int cpu = 0; cpu < cpus; cpu++)
		if (emit(s, cpu, 5, 100) != 5)
			s->wrong++;
	ready = perf_buffer__poll(pb, 1000);
	while (ready < cpus && s->count < 5u * (unsigned int)cpus)
		ready += perf_buffer__poll(pb, 1000);
	printf("every CPU ready %d\n", ready == cpus);
	printf("records %d of each\n", s->count == 5u * (unsigned int)cpus);
	s->count = 0;
	s->bytes = 0;
	show("each", s);
}

/* What finds no room is lost, and the next that does tells how many were. */
static void too_many(struct perf_buffer *pb, struct seen *s)
{
	unsigned int start = s->next[0];
	unsigned long long all;

	say_err("emit", emit(s, 0, 1000, 100));
	say_err("poll", perf_buffer__poll(pb, 1000) > 0);
	all = s->count;
	show("first", s);
	say_err("one more", emit_to(0, 0, start + 1000, 1, 100));
	say_err("poll", perf_buffer__poll(pb, 1000) > 0);
	printf("together %llu\n", all + s->count + s->lost);
	show("then", s);
}

static void own_epoll(struct perf_buffer *pb, struct seen *s)
{
	struct epoll_event e = {.events = EPOLLIN, .data.u64 = 0x123456789abcdef}, got = {0};
	int ep = epoll_create1(EPOLL_CLOEXEC);

	perf_buffer__poll(pb, 0);
	say_err("add", epoll_ctl(ep, EPOLL_CTL_ADD, perf_buffer__epoll_fd(pb), &e));
	say_err("one buffer alone",
		epoll_ctl(ep, EPOLL_CTL_ADD, perf_buffer__buffer_fd(pb, 0), &e));
	emit(s, 0, 1, 20);
	say_err("ready", epoll_wait(ep, &got, 1, 1000));
	printf("event %x %llx\n", got.events, (unsigned long long)got.data.u64);
	say_err("consume", perf_buffer__consume(pb));
	say_err("close", close(ep));
	show("epoll", s);
}

static void many_wake_up(void)
{
	LIBBPF_OPTS(perf_buffer_opts, opts, .sample_period = 10);
	struct seen s = {0};
	struct perf_buffer *pb =
		perf_buffer__new(bpf_map__fd(skel->maps.events), PAGES, take, NULL, &s, &opts);

	if (!pb)
		return;
	emit(&s, 0, 9, 20);
	say_err("nine do not wake", perf_buffer__poll(pb, 20));
	emit_to(0, 0, 9, 1, 20);
	say_err("ten do", perf_buffer__poll(pb, 1000));
	show("ten", &s);
	perf_buffer__free(pb);
}

/* The callback of raw events sees all, and can stop. Its map has one key, for any CPU's buffer. */
static void raw(void)
{
	struct perf_event_attr attr = {.size = sizeof(attr),
				       .type = PERF_TYPE_SOFTWARE,
				       .config = PERF_COUNT_SW_BPF_OUTPUT,
				       .sample_type = PERF_SAMPLE_RAW,
				       .wakeup_events = 1};
	int cpu = libbpf_num_possible_cpus() - 1, key = 0;
	LIBBPF_OPTS(perf_buffer_raw_opts, opts, .cpu_cnt = 1, .cpus = &cpu, .map_keys = &key);
	struct seen s = {.stop_at = 3, .stop_with = LIBBPF_PERF_EVENT_DONE};
	struct perf_buffer *pb =
		perf_buffer__new_raw(bpf_map__fd(skel->maps.one), 1, &attr, event, &s, &opts);

	if (!pb)
		return;
	printf("buffers %zu\n", perf_buffer__buffer_cnt(pb));
	say_err("emit", emit_to(1, cpu, 0, 10, 50));
	say_put("another CPU", cpu ? emit_to(1, 0, 0, 1, 50) : -95);
	say_err("done at 3", perf_buffer__consume(pb));
	show("raw", &s);
	s.stop_at = 6;
	s.stop_with = LIBBPF_PERF_EVENT_ERROR;
	say_err("error at 6", perf_buffer__poll(pb, 1000));
	show("raw", &s);
	say_err("the rest", perf_buffer__consume_buffer(pb, 0));
	show("raw", &s);
	perf_buffer__free(pb);
	say_put("nobody takes it", emit_to(1, cpu, 0, 1, 50));
}

/* One entry of the map: one CPU's buffer. */
static void fewer_keys(void)
{
	struct seen s = {0};
	struct perf_buffer *pb =
		perf_buffer__new(bpf_map__fd(skel->maps.one), 1, take, lost, &s, NULL);

	printf("buffers %zu\n", pb ? perf_buffer__buffer_cnt(pb) : 0);
	perf_buffer__free(pb);
}

/* What is freed can be used again. */
static void again_and_again(void)
{
	size_t before = 0, grown = 0;
	int failed = 0;

	for (int i = 0; i < 100; i++) {
		struct perf_buffer *pb = perf_buffer__new(bpf_map__fd(skel->maps.events), 64, take,
							  lost, NULL, NULL);

		failed += !pb;
		perf_buffer__free(pb);
#ifdef __wasm__
		if (i == 10)
			before = __builtin_wasm_memory_size(0);
		grown = __builtin_wasm_memory_size(0) - before;
#endif
	}
	printf("again: failed %d, grown %zu\n", failed, before ? grown : 0);
}

int main(int argc, char **argv)
{
	struct seen s = {0};
	struct perf_buffer *pb;

	skel = reports_bpf__open_and_load();
	if (!skel)
		return 1;
	if (argc > 1)
		use_atomics();
	wrong_arguments();
	say_put("nobody takes it", emit_to(0, 0, 0, 1, 20));
	pb = perf_buffer__new(bpf_map__fd(skel->maps.events), PAGES, take, lost, &s, NULL);
	if (!pb)
		return 1;
	wrong_indexes(pb);
	around(pb, &s);
	each(pb, &s);
	too_many(pb, &s);
	own_epoll(pb, &s);
	perf_buffer__free(pb);
	say_put("nobody takes it", emit_to(0, 0, 0, 1, 20));
	many_wake_up();
	raw();
	fewer_keys();
	again_and_again();
	reports_bpf__destroy(skel);
	return 0;
}
