// SPDX-License-Identifier: BSD-2-Clause
/*
 * Measurements of records: from the kernel through ring and perf buffers, and to it. Records are
 * put there by a BPF program in a test run, thousands at a time, and what is measured is taking
 * them; where each wakes the reader, both.
 */
#include <errno.h>

#include <bpf/bpf.h>

#include "ops.h"
#include "ops.skel.h"

enum { PERF_PAGES = 128 }; /* of the buffer of each CPU */

static struct ring_buffer *ring;
static struct perf_buffer *perf;
static struct user_ring_buffer *user_ring;

struct seen {
	uint64_t count, sum;
};

static struct seen seen;

/* The little work that is done with a record. */
static int take(void *ctx, void *data, size_t size)
{
	struct seen *s = ctx;
	const struct record *r = data;

	s->count++;
	s->sum += r->number;
	return 0;
}

static void take_sample(void *ctx, int cpu, void *data, uint32_t size)
{
	take(ctx, data, size);
}

/* Returns how many records are there. */
static unsigned int emit(struct ops_bpf *skel, enum route route, unsigned int count,
			 unsigned int size)
{
	struct order order = {.count = count, .size = size, .route = route};
	LIBBPF_OPTS(bpf_test_run_opts, opts, .ctx_in = &order, .ctx_size_in = sizeof(order));

	return bpf_prog_test_run_opts(bpf_program__fd(skel->progs.emit), &opts) ? 0 : opts.retval;
}

static bool all_seen(unsigned int count)
{
	bool all = seen.count == count && seen.sum == (uint64_t)count * (count - 1) / 2;

	seen = (struct seen){0};
	return all;
}

static int open_ring(struct ops_bpf *skel, const struct measurement *m)
{
	ring = ring_buffer__new(bpf_map__fd(skel->maps.ring), take, &seen, NULL);
	return ring ? 0 : -errno;
}

static bool batches(struct ops_bpf *skel, const struct measurement *m, uint64_t *ret_ns)
{
	unsigned int count = emit(skel, TO_RING, m->ops, m->record_size);
	uint64_t begin = now_ns();
	int taken = ring_buffer__consume(ring);

	*ret_ns = now_ns() - begin;
	return taken == (int)m->ops && count == m->ops && all_seen(m->ops);
}

static bool single(struct ops_bpf *skel, const struct measurement *m, uint64_t *ret_ns)
{
	uint64_t begin = now_ns();
	unsigned int wrong = 0;

	for (unsigned int i = 0; i < m->ops; i++) {
		wrong += emit(skel, TO_RING_AND_WAKE, 1, m->record_size) != 1;
		wrong += ring_buffer__poll(ring, -1) != 1;
	}
	*ret_ns = now_ns() - begin;
	wrong += seen.count != m->ops;
	seen = (struct seen){0};
	return !wrong;
}

static int open_perf(struct ops_bpf *skel, const struct measurement *m)
{
	perf = perf_buffer__new(bpf_map__fd(skel->maps.events), PERF_PAGES, take_sample, NULL,
				&seen, NULL);
	return perf ? 0 : -errno;
}

static bool perf_batches(struct ops_bpf *skel, const struct measurement *m, uint64_t *ret_ns)
{
	unsigned int count = emit(skel, TO_PERF, m->ops, m->record_size);
	uint64_t begin = now_ns();
	int err = perf_buffer__consume(perf);

	*ret_ns = now_ns() - begin;
	return !err && count == m->ops && all_seen(m->ops);
}

static int open_user_ring(struct ops_bpf *skel, const struct measurement *m)
{
	user_ring = user_ring_buffer__new(bpf_map__fd(skel->maps.user_ring), NULL);
	return user_ring ? 0 : -errno;
}

/* The kernel's taking them is not measured. */
static bool drained(struct ops_bpf *skel, unsigned int count)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts);

	skel->bss->drained = skel->bss->drained_sum = 0;
	return !bpf_prog_test_run_opts(bpf_program__fd(skel->progs.drain), &opts) &&
	       opts.retval == count && skel->bss->drained == count &&
	       skel->bss->drained_sum == (uint64_t)count * (count - 1) / 2;
}

static bool user_batches(struct ops_bpf *skel, const struct measurement *m, uint64_t *ret_ns)
{
	uint64_t begin = now_ns();

	for (unsigned int i = 0; i < m->ops; i++) {
		struct record *r = user_ring_buffer__reserve(user_ring, m->record_size);

		if (!r)
			return false;
		r->number = i;
		user_ring_buffer__submit(user_ring, r);
	}
	*ret_ns = now_ns() - begin;
	return drained(skel, m->ops);
}

const struct measurement ring_measurements[] = {
	{"ring_16", 20000, 16, open_ring, batches},
	{"ring_64", 10000, 64, open_ring, batches},
	{"ring_512", 4000, 512, open_ring, batches},
	{"ring_4000", 2000, 4000, open_ring, batches},
	{"ring_single_64", 2000, 64, open_ring, single},
	{"perf_64", 5000, 64, open_perf, perf_batches},
	{"user_ring_64", 6000, 64, open_user_ring, user_batches},
	{0},
};
