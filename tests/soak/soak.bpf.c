// SPDX-License-Identifier: BSD-2-Clause
/*
 * The producers of all rings and of the perf buffers, and the consumer of the user ring buffer. All
 * are run by their number, none is attached; they return how many microseconds their caller is to
 * wait before it calls again, or a negative number when there is no more to do.
 */
#include <linux/bpf.h>
#include <linux/errno.h>

#include <bpf/bpf_helpers.h>

#include "soak.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

enum { ENDED = -1, PAUSE = 100 /* us */, PERF_EVERY = 8, DISCARD_EVERY = 7 };

#define RING(name, bytes)                                                                          \
	struct {                                                                                   \
		__uint(type, BPF_MAP_TYPE_RINGBUF);                                                \
		__uint(max_entries, bytes);                                                        \
	} name SEC(".maps")

RING(small, SMALL_BYTES);
RING(some, SOME_BYTES);
RING(varied, VARIED_BYTES);
RING(shared, SHARED_BYTES);

struct {
	__uint(type, BPF_MAP_TYPE_USER_RINGBUF);
	__uint(max_entries, LETTERS_BYTES);
} letters SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__type(key, int);
	__type(value, int);
} events SEC(".maps");

const volatile int fault = NO_FAULT;

int stop;             /* set by the module */
int ended[PRODUCERS]; /* producers that have seen it; their counts stay as they are */
int letters_ended;
unsigned long long errors; /* failures that are no want of room */
struct count counts[STREAMS][PRODUCERS];
struct seen letters_seen;

static struct record scratch[PRODUCERS];
static unsigned int refused[PRODUCERS]; /* in one run; in w the verifier would follow its value */

struct work {
	struct bpf_raw_tracepoint_args *ctx;
	unsigned long long producer;
};

static __always_inline void fill(struct record *r, const struct count *c, unsigned long long number,
				 int stream, unsigned long long producer, unsigned int words)
{
	r->stream = stream;
	r->producer = producer;
	record_fill(r, c, number, words);
	if (fault == CORRUPT && fault_now(c))
		r->sum ^= 1;
}

static __always_inline void put_small(void)
{
	struct count *c = &counts[SMALL][0];
	unsigned long long number = take_number(c, fault);
	struct record *r = bpf_ringbuf_reserve(&small, RECORD_SIZE(0), 0);

	if (!r) {
		c->refused++;
		refused[0]++;
		return;
	}
	fill(r, c, number, SMALL, 0, 0);
	bpf_ringbuf_submit(r, 0);
}

static __always_inline void put_some(void)
{
	struct count *c = &counts[SOME][1];
	unsigned long long number = take_number(c, fault);
	struct record *r = bpf_ringbuf_reserve(&some, RECORD_SIZE(4), 0);

	if (!r) {
		c->refused++;
		refused[1]++;
		return;
	}
	fill(r, c, number, SOME, 1, 4);
	if (number % DISCARD_EVERY) {
		bpf_ringbuf_submit(r, 0);
	} else {
		c->discarded++;
		bpf_ringbuf_discard(r, 0);
	}
}

static __always_inline void put_varied(void)
{
	struct count *c = &counts[VARIED][0];
	unsigned long long number = take_number(c, fault);
	unsigned int words = number * 7 & 31;

	fill(&scratch[0], c, number, VARIED, 0, words);
	if (bpf_ringbuf_output(&varied, &scratch[0], RECORD_SIZE(words), 0)) {
		c->refused++;
		refused[0]++;
	}
}

static __always_inline void put_shared(unsigned long long producer)
{
	struct count *c = &counts[SHARED][producer];
	unsigned long long number = take_number(c, fault);
	unsigned int words = number & 3;
	struct bpf_dynptr room;

	if (bpf_ringbuf_reserve_dynptr(&shared, RECORD_SIZE(words), 0, &room)) {
		bpf_ringbuf_discard_dynptr(&room, 0);
		c->refused++;
		refused[producer]++;
		return;
	}
	fill(&scratch[producer], c, number, SHARED, producer, words);
	if (bpf_dynptr_write(&room, 0, &scratch[producer], RECORD_SIZE(words), 0))
		__sync_fetch_and_add(&errors, 1);
	bpf_ringbuf_submit_dynptr(&room, 0);
}

static __always_inline void put_event(struct work *w, unsigned long long producer)
{
	struct count *c = &counts[PERF][producer];
	unsigned long long number = take_number(c, fault);
	unsigned int words = number & 7;
	long err;

	fill(&scratch[producer], c, number, PERF, producer, words);
	err = bpf_perf_event_output(w->ctx, &events, BPF_F_CURRENT_CPU, &scratch[producer],
				    RECORD_SIZE(words));
	if (!err)
		return;
	if (err != -ENOSPC)
		__sync_fetch_and_add(&errors, 1);
	c->refused++;
	refused[producer]++;
}

static long put_all(unsigned int i, struct work *w)
{
	if (w->producer == 0) {
		put_small();
		put_varied();
		put_shared(0);
		if (i % PERF_EVERY == 0)
			put_event(w, 0);
	} else {
		put_some();
		put_shared(1);
		if (i % PERF_EVERY == 0)
			put_event(w, 1);
	}
	return 0;
}

/* Arguments: which producer, how often. Each must always run on the same CPU, by one caller. */
SEC("raw_tp/sys_enter")
int produce(struct bpf_raw_tracepoint_args *ctx)
{
	const unsigned long long producer = ctx->args[0];
	struct work w = {.ctx = ctx, .producer = producer};

	if (producer >= PRODUCERS)
		return ENDED;
	refused[producer] = 0;
	if (!stop) {
		bpf_loop(ctx->args[1], put_all, &w, 0);
		return refused[producer] ? PAUSE : 0;
	}
	/* How many were lost before, the kernel says with the next one that is not. */
	if (!ended[producer])
		put_event(&w, producer);
	if (refused[producer])
		return PAUSE;
	ended[producer] = 1;
	return ENDED;
}

static long read_letter(struct bpf_dynptr *dynptr, void *ctx)
{
	struct {
		unsigned long long words[RECORD_SIZE(LETTER_WORDS) / 8];
	} letter;
	struct record *r = (struct record *)&letter;

	if (bpf_dynptr_read(&letter, sizeof(letter), dynptr, 0, 0) || r->words != LETTER_WORDS ||
	    r->stream != LETTERS || r->producer || r->sum != record_sum(r, LETTER_WORDS)) {
		letters_seen.wrong++;
		return 0;
	}
	see(&letters_seen, r, fault);
	return 0;
}

/* One caller at a time. */
SEC("raw_tp/sys_enter")
int read_letters(void *ctx)
{
	int last = stop;
	long count = bpf_user_ringbuf_drain(&letters, read_letter, NULL, 0);

	if (count < 0)
		__sync_fetch_and_add(&errors, 1);
	if (count > 0)
		return 0;
	if (last)
		letters_ended = 1;
	return last ? ENDED : PAUSE;
}

/* Moves a ring's positions on by a quarter of its size, without a record. */
#define MOVE_ON(ring, bytes)                                                                       \
	({                                                                                         \
		void *room = bpf_ringbuf_reserve(&ring, bytes / 4 - BPF_RINGBUF_HDR_SZ, 0);        \
		if (room)                                                                          \
			bpf_ringbuf_discard(room, BPF_RB_NO_WAKEUP);                               \
		room ? 0 : ENDED;                                                                  \
	})

/* Argument: which ring. */
SEC("raw_tp/sys_enter")
int move_on(struct bpf_raw_tracepoint_args *ctx)
{
	switch (ctx->args[0]) {
	case SMALL:
		return MOVE_ON(small, SMALL_BYTES);
	case SOME:
		return MOVE_ON(some, SOME_BYTES);
	case VARIED:
		return MOVE_ON(varied, VARIED_BYTES);
	case SHARED:
		return MOVE_ON(shared, SHARED_BYTES);
	default:
		return ENDED;
	}
}
