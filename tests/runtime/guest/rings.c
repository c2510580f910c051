// SPDX-License-Identifier: BSD-2-Clause
/* Ring buffers: every record once, in order, whole, whichever way they are asked for. */
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "atomics.h"
#include "say.h"
#include "things.h"
#include "things.skel.h"

struct seen {
	const char *name;
	unsigned int next;
	unsigned int discard_every;
	unsigned int count;
	unsigned int wrong;
	unsigned int stop_at; /* the callback fails at this number; 0: never */
};

static int take(void *ctx, void *data, size_t size)
{
	const struct record *r = data;
	struct seen *s = ctx;

	while (s->discard_every && s->next % s->discard_every == 0)
		s->next++;
	if (r->number != s->next || size != sizeof(*r))
		s->wrong++;
	for (size_t i = 0; i < sizeof(r->fill); i++)
		s->wrong += r->fill[i] != (unsigned char)(r->number + i);
	s->next = r->number + 1;
	s->count++;
	return s->stop_at && r->number == s->stop_at ? -ENODATA : 1;
}

static void show(struct seen *s)
{
	printf("  %s: %u records, next %u, wrong %u\n", s->name, s->count, s->next, s->wrong);
	s->count = 0;
}

static int send(struct things_bpf *skel, struct order order)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts, .ctx_in = &order, .ctx_size_in = sizeof(order));
	int err = bpf_prog_test_run_opts(bpf_program__fd(skel->progs.emit), &opts);

	return err ? err : (int)opts.retval;
}

static int emit(struct things_bpf *skel, unsigned int ring, unsigned int first, unsigned int count,
		unsigned int discard_every)
{
	struct order order = {
		.first = first, .count = count, .discard_every = discard_every, .ring = ring};

	return send(skel, order);
}

/* Many times around the ring, in pieces of all sizes. */
static void around(struct things_bpf *skel, struct ring_buffer *rb, struct seen *s)
{
	unsigned int total = 0, sent = s->next, lost = 0;

	for (unsigned int i = 0; i < 400; i++) {
		unsigned int n = i % 60;
		int put = emit(skel, 0, sent, n, 0), got;

		lost += put != (int)n;
		sent += n;
		got = i & 1 ? ring_buffer__consume(rb) : ring_buffer__poll(rb, 0);
		if (got != (int)n)
			s->wrong++;
		total += got;
	}
	printf("around: sent %u got %u lost %u\n", sent, total, lost);
	show(s);
}

static void full(struct things_bpf *skel, struct ring_buffer *rb, struct seen *s)
{
	struct ring *r = ring_buffer__ring(rb, 0);

	say_err("too many", emit(skel, 0, s->next, 1000, 0));
	printf("available %zu of %zu, positions %d\n", ring__avail_data_size(r), ring__size(r),
	       ring__producer_pos(r) - ring__consumer_pos(r) == ring__avail_data_size(r));
	say_err("poll", ring_buffer__poll(rb, -1));
	show(s);
	say_err("fits again", emit(skel, 0, s->next, 10, 0));
	say_err("three", ring_buffer__consume_n(rb, 3));
	say_err("two", ring__consume_n(r, 2));
	say_err("rest", ring__consume(r));
	say_err("none", ring_buffer__consume(rb));
	say_err("none", ring_buffer__poll(rb, 10));
	show(s);
}

static void failing(struct things_bpf *skel, struct ring_buffer *rb, struct seen *s)
{
	s->stop_at = s->next + 4;
	say_err("emit", emit(skel, 0, s->next, 10, 0));
	say_err("callback fails", ring_buffer__consume(rb));
	s->stop_at = 0;
	say_err("goes on behind it", ring_buffer__consume(rb));
	show(s);
}

static void discards(struct things_bpf *skel, struct ring_buffer *rb, struct seen *s)
{
	s->discard_every = 3;
	say_err("emit", emit(skel, 0, s->next, 30, 3));
	say_err("consume", ring_buffer__consume(rb));
	show(s);
	printf("left %zu\n", ring__avail_data_size(ring_buffer__ring(rb, 0)));
	s->discard_every = 0;
}

static void two(struct things_bpf *skel, struct ring_buffer *rb, struct seen *a, struct seen *b)
{
	say_err("emit 0", emit(skel, 0, a->next, 5, 0));
	say_err("emit 1", emit(skel, 1, b->next, 7, 0));
	say_err("poll", ring_buffer__poll(rb, 1000));
	show(a);
	show(b);
	say_err("emit 1", emit(skel, 1, b->next, 3, 0));
	say_err("consume", ring_buffer__consume(rb));
	show(a);
	show(b);
	printf("fds %d %d %d\n",
	       ring__map_fd(ring_buffer__ring(rb, 0)) == bpf_map__fd(skel->maps.ring0),
	       ring__map_fd(ring_buffer__ring(rb, 1)) == bpf_map__fd(skel->maps.ring1),
	       ring_buffer__epoll_fd(rb) >= 0);
	say_ptr("no third", ring_buffer__ring(rb, 2));
}

static void say_polled(const char *what, struct ring_buffer *rb, struct seen *a, struct seen *b)
{
	int ret = ring_buffer__poll(rb, 0);

	printf("%s: %d, %u and %u\n", what, ret, a->count, b->count);
	a->count = b->count = 0;
}

/* Records that wake nobody are seen when the kernel looks at the ring anyway, and not before. */
static void silent(struct things_bpf *skel, struct ring_buffer *rb, struct seen *a, struct seen *b)
{
	struct order order = {.count = 1, .flags = BPF_RB_NO_WAKEUP};

	say_polled("nothing", rb, a, b);
	order.first = a->next;
	say_err("silently", send(skel, order));
	say_polled("not seen", rb, a, b);
	say_err("consume", ring_buffer__consume(rb));
	for (int i = 0; i < 2; i++) {
		a->count = b->count = 0;
		say_err("loudly", emit(skel, 0, a->next, 1, 0));
		say_polled("woken", rb, a, b);
		order.first = a->next;
		say_err("silently", send(skel, order));
		say_polled("looked at again", rb, a, b);
		order.first = a->next;
		say_err("silently", send(skel, order));
		say_polled("and again", rb, a, b);
		say_polled("empty", rb, a, b);
		order.first = a->next;
		say_err("silently", send(skel, order));
		say_polled("not seen any more", rb, a, b);
		say_err("consume", ring_buffer__consume(rb));
	}
	a->count = b->count = 0;
	/* Both have woken: both are taken, again and again. */
	for (int i = 0; i < 3; i++) {
		emit(skel, 0, a->next, 2, 0);
		emit(skel, 1, b->next, 3, 0);
		say_polled("both", rb, a, b);
	}
}

/* Asked for none: libbpf takes one, and all of the rings behind it. */
static void none(struct things_bpf *skel, struct ring_buffer *rb, struct seen *a, struct seen *b)
{
	say_err("asked for none, nothing there", ring_buffer__consume_n(rb, 0));
	emit(skel, 0, a->next, 3, 0);
	emit(skel, 1, b->next, 2, 0);
	say_err("asked for none", ring_buffer__consume_n(rb, 0));
	say_err("of one", ring__consume_n(ring_buffer__ring(rb, 0), 0));
	say_err("four of both", ring_buffer__consume_n(rb, 4));
	show(a);
	show(b);
}

static void added_wrongly(struct things_bpf *skel, struct ring_buffer *rb, struct seen *a)
{
	LIBBPF_OPTS(ring_buffer_opts, opts);

	say_err("twice", ring_buffer__add(rb, bpf_map__fd(skel->maps.ring1), take, a));
	say_err("a hash", ring_buffer__add(rb, bpf_map__fd(skel->maps.pairs), take, a));
	opts.sz = 1;
	say_ptr("short options",
		ring_buffer__new(bpf_map__fd(skel->maps.ring0), take, NULL, &opts));
}

/* A callback that looks at its ring, and the first time takes two records of it itself. */
struct within {
	struct ring *ring;
	unsigned int depth, calls;
};

static int look(void *ctx, void *data, size_t size)
{
	const struct record *r = data;
	struct within *w = ctx;
	int taken = 0;

	w->calls++;
	w->depth++;
	if (w->depth == 1 && w->calls == 2)
		taken = ring__consume_n(w->ring, 2);
	printf("  depth %u: record %u, %zu bytes left, %d taken\n", w->depth, r->number,
	       ring__avail_data_size(w->ring), taken);
	w->depth--;
	return 0;
}

static void within(struct things_bpf *skel)
{
	struct within w = {0};
	struct ring_buffer *rb = ring_buffer__new(bpf_map__fd(skel->maps.ring0), look, &w, NULL);

	if (!rb)
		return;
	w.ring = ring_buffer__ring(rb, 0);
	say_err("emit", emit(skel, 0, 1, 9, 4));
	say_err("consume", ring_buffer__consume_n(rb, 5));
	say_err("the rest", ring_buffer__consume(rb));
	ring_buffer__free(rb);
}

/* What is freed can be used again. */
static void again_and_again(struct things_bpf *skel)
{
	size_t before = 0, grown = 0;
	int failed = 0;

	for (int i = 0; i < 300; i++) {
		struct ring_buffer *rb =
			ring_buffer__new(bpf_map__fd(skel->maps.ring0), take, NULL, NULL);

		failed += !rb || ring_buffer__add(rb, bpf_map__fd(skel->maps.ring1), take, NULL);
		ring_buffer__free(rb);
#ifdef __wasm__
		if (i == 10)
			before = __builtin_wasm_memory_size(0);
		grown = __builtin_wasm_memory_size(0) - before;
#endif
	}
	printf("again: failed %d, grown %zu\n", failed, before ? grown : 0);
}

/* The module's memory grows while the rings are mapped into it. */
static void growing(struct things_bpf *skel, struct ring_buffer *rb, struct seen *s)
{
	size_t len = 30 << 20;
	char *p = malloc(len);

	memset(p, 1, len);
	say_err("emit", emit(skel, 0, s->next, 20, 0));
	say_err("consume", ring_buffer__consume(rb));
	printf("grown %d\n", p[0] + p[len - 1]);
	free(p);
	show(s);
}

/* A program's own epoll over the ring buffers' one. */
static void own_epoll(struct things_bpf *skel, struct ring_buffer *rb, struct seen *s)
{
	struct epoll_event e = {.events = EPOLLIN, .data.u64 = 0x123456789abcdef}, got = {0};
	int ep = epoll_create1(EPOLL_CLOEXEC);

	say_err("add", epoll_ctl(ep, EPOLL_CTL_ADD, ring_buffer__epoll_fd(rb), &e));
	say_err("nothing yet", epoll_wait(ep, &got, 1, 10));
	emit(skel, 0, s->next, 1, 0);
	say_err("ready", epoll_wait(ep, &got, 1, 1000));
	printf("event %x %llx\n", got.events, (unsigned long long)got.data.u64);
	say_err("consume", ring_buffer__consume(rb));
	say_err("close", close(ep));
	show(s);
}

int main(int argc, char **argv)
{
	struct seen a = {.name = "a"}, b = {.name = "b"};
	struct things_bpf *skel = things_bpf__open_and_load();
	struct ring_buffer *rb, *other;

	if (!skel)
		return 1;
	if (argc > 1)
		use_atomics();
	say_ptr("not a ring", ring_buffer__new(bpf_map__fd(skel->maps.pairs), take, NULL, NULL));
	printf("no map: %d\n", ring_buffer__new(-1, take, NULL, NULL) != NULL);
	rb = ring_buffer__new(bpf_map__fd(skel->maps.ring0), take, &a, NULL);
	if (!rb)
		return 1;
	around(skel, rb, &a);
	full(skel, rb, &a);
	failing(skel, rb, &a);
	discards(skel, rb, &a);
	growing(skel, rb, &a);
	own_epoll(skel, rb, &a);
	say_err("add", ring_buffer__add(rb, bpf_map__fd(skel->maps.ring1), take, &b));
	two(skel, rb, &a, &b);
	none(skel, rb, &a, &b);
	silent(skel, rb, &a, &b);
	added_wrongly(skel, rb, &a);
	ring_buffer__free(rb);
	/* What comes while nobody looks is there for the next one. */
	emit(skel, 0, a.next, 4, 0);
	other = ring_buffer__new(bpf_map__fd(skel->maps.ring0), take, &a, NULL);
	say_err("the next one", other ? ring_buffer__consume(other) : -1);
	show(&a);
	ring_buffer__free(other);
	ring_buffer__free(NULL);
	within(skel);
	again_and_again(skel);
	things_bpf__destroy(skel);
	return 0;
}
