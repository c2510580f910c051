// SPDX-License-Identifier: BSD-2-Clause
/*
 * Consumes several ring buffers and perf buffers and fills a user ring buffer, and checks every
 * record, for at least so many seconds and so many records of ring buffers:
 *
 *     soak SECONDS RECORDS zero|near FAULT [atomic]
 *
 * Positions begin at zero or near 2^32; atomic: rings are read as on machines that do not keep
 * stores in order. The programs in soak.bpf.c are run by others. At five points it waits for a line
 * on its standard input, so that others can look at the process: "begin", "ready", "settled",
 * "consumed", "freed".
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "atomics.h"
#include "soak.h"
#include "soak.skel.h"

enum {
	MAX_CPUS = 1024,
	PERF_PAGES = 16,
	LETTERS_AT_ONCE = 64,
	POLL_MS = 100,
	LAST_POLL_MS = 1000,
	SETTLE = 60 /* s */,
	LEAKED_MIB = 4,
	MIB = 1024 * 1024
};

/* One ring buffer or user ring buffer as the kernel has it, beside what libbpf has mapped of it. */
struct positions {
	const volatile unsigned long long *consumer, *producer;
	unsigned long long expected; /* the producer's, from what was seen */
};

struct stream {
	const char *name;
	int number;
	struct seen seen[PRODUCERS];
	struct positions at;        /* none of perf buffers */
	unsigned long long strange; /* not what any producer writes */
};

static struct {
	struct stream streams[STREAMS];
	unsigned long long delivered; /* by ring buffers */
	unsigned long long reported;  /* lost, by perf buffers */
	unsigned int reported_on[MAX_CPUS];
	struct count letters;
	struct record letter; /* the last */
	enum fault fault;
	struct soak_bpf *skel;
	struct ring_buffer *rings;
	struct perf_buffer *perf;
	struct user_ring_buffer *user;
	void *leaked[LEAKED_MIB];
} soak = {.streams = {{"small"}, {"some"}, {"varied"}, {"shared"}, {"perf"}, {"letters"}}};

static volatile sig_atomic_t stopping;

static void on_signal(int signo)
{
	stopping = 1;
}

static void fail(const char *what)
{
	printf("FAILED: %s: %s\n", what, strerror(errno));
	exit(1);
}

/* Others look at the process now. */
static void pause_at(const char *point)
{
	char line[16];

	puts(point);
	if (!fgets(line, sizeof(line), stdin))
		fail("nobody answers");
}

/* Memory that is never given back. */
static void leak(void)
{
	for (int i = 0; i < LEAKED_MIB; i++) {
		char *block = malloc(MIB);

		if (!block)
			fail("leaking");
		memset(block, i, MIB);
		soak.leaked[i] = block;
	}
}

/* Returns NULL when that is no record of the stream. */
static const struct record *check(struct stream *s, const void *data, size_t size)
{
	const struct record *r = data;

	if (size < RECORD_SIZE(0) || r->words > MAX_WORDS || size < RECORD_SIZE(r->words) ||
	    r->stream != s->number || r->producer >= PRODUCERS ||
	    r->sum != record_sum(r, r->words)) {
		s->strange++;
		return NULL;
	}
	return r;
}

static int on_record(void *ctx, void *data, size_t size)
{
	struct stream *s = ctx;
	const struct record *r = check(s, data, size);

	s->at.expected += (size + BPF_RINGBUF_HDR_SZ + 7) & ~7ull;
	if (!r)
		return 0;
	s->strange += size != RECORD_SIZE(r->words);
	see(&s->seen[r->producer], r, soak.fault);
	soak.delivered++;
	return 0;
}

/* Each CPU has one producer, so that all that were lost there are its own. */
static void on_event(void *ctx, int cpu, void *data, __u32 size)
{
	struct stream *s = ctx;
	const struct record *r = check(s, data, size);

	if (!r)
		return;
	s->strange += size >= RECORD_SIZE(r->words) + 8; /* the kernel rounds it up */
	s->strange += cpu < 0 || cpu >= MAX_CPUS || soak.reported_on[cpu] != r->missed;
	see(&s->seen[r->producer], r, soak.fault);
}

static void on_lost(void *ctx, int cpu, __u64 count)
{
	soak.reported += count;
	if (cpu >= 0 && cpu < MAX_CPUS)
		soak.reported_on[cpu] += (unsigned int)count;
}

static int run_prog(const struct bpf_program *prog, unsigned long long arg)
{
	unsigned long long args[12] = {arg};
	LIBBPF_OPTS(bpf_test_run_opts, opts, .ctx_in = args, .ctx_size_in = sizeof(args));

	if (bpf_prog_test_run_opts(bpf_program__fd(prog), &opts))
		fail("running a program");
	return (int)opts.retval;
}

static int map_of(int number)
{
	struct bpf_map *maps[] = {soak.skel->maps.small,  soak.skel->maps.some,
				  soak.skel->maps.varied, soak.skel->maps.shared,
				  soak.skel->maps.events, soak.skel->maps.letters};

	return bpf_map__fd(maps[number]);
}

static const volatile unsigned long long *position(int fd, off_t page)
{
	void *p =
		mmap(NULL, (size_t)getpagesize(), PROT_READ, MAP_SHARED, fd, page * getpagesize());

	if (p == MAP_FAILED)
		fail("mapping a ring's positions");
	return p;
}

static void open_positions(struct stream *s)
{
	s->at.consumer = position(map_of(s->number), 0);
	s->at.producer = position(map_of(s->number), 1);
}

static void open_all(void)
{
	soak.skel = soak_bpf__open();
	if (!soak.skel)
		fail("opening the object");
	soak.skel->rodata->fault = soak.fault;
	if (soak_bpf__load(soak.skel))
		fail("loading the object");
	for (int i = 0; i < STREAMS; i++) {
		struct stream *s = &soak.streams[i];

		s->number = i;
		if (i != PERF)
			open_positions(s);
		if (i == 0)
			soak.rings = ring_buffer__new(map_of(i), on_record, s, NULL);
		else if (i < RINGS && ring_buffer__add(soak.rings, map_of(i), on_record, s))
			fail("opening a ring buffer");
		if (!soak.rings)
			fail("opening the first ring buffer");
	}
	soak.perf = perf_buffer__new(map_of(PERF), PERF_PAGES, on_event, on_lost,
				     &soak.streams[PERF], NULL);
	soak.user = user_ring_buffer__new(map_of(LETTERS), NULL);
	if (!soak.perf || !soak.user)
		fail("opening the other buffers");
}

static void free_all(void)
{
	for (int i = 0; i < STREAMS; i++) {
		if (i == PERF)
			continue;
		munmap((void *)soak.streams[i].at.consumer, (size_t)getpagesize());
		munmap((void *)soak.streams[i].at.producer, (size_t)getpagesize());
	}
	if (soak.fault == DESCRIPTOR) {
		struct bpf_map_info info = {0};
		__u32 len = sizeof(info);

		if (bpf_map_get_info_by_fd(map_of(SMALL), &info, &len) ||
		    bpf_map_get_fd_by_id(info.id) < 0)
			fail("another descriptor");
	}
	ring_buffer__free(soak.rings);
	perf_buffer__free(soak.perf);
	user_ring_buffer__free(soak.user);
	soak_bpf__destroy(soak.skel);
}

/* By a quarter of the ring, which is then discarded. */
static void move_on_once(const struct stream *s, unsigned long long bytes)
{
	void *room;

	if (s->number != LETTERS) {
		if (run_prog(soak.skel->progs.move_on, (unsigned long long)s->number))
			fail("moving on");
		return;
	}
	room = user_ring_buffer__reserve(soak.user, (__u32)bytes / 4 - BPF_RINGBUF_HDR_SZ);
	if (!room)
		fail("moving on");
	user_ring_buffer__discard(soak.user, room);
}

/* Up to a quarter of the ring before 2^32: what comes first goes across. */
static void move_on(const struct stream *s, unsigned long long bytes)
{
	const unsigned long long end = (1ull << 32) - bytes / 4;

	while (*s->at.producer < end) {
		for (int i = 0; i < 3 && *s->at.producer < end; i++)
			move_on_once(s, bytes);
		if (s->number == LETTERS)
			run_prog(soak.skel->progs.read_letters, 0);
		else
			ring_buffer__consume(soak.rings);
	}
}

static void move_all_on(void)
{
	move_on(&soak.streams[SMALL], SMALL_BYTES);
	move_on(&soak.streams[SOME], SOME_BYTES);
	move_on(&soak.streams[VARIED], VARIED_BYTES);
	move_on(&soak.streams[SHARED], SHARED_BYTES);
	move_on(&soak.streams[LETTERS], LETTERS_BYTES);
}

static int put_letter(void)
{
	struct count *c = &soak.letters;
	unsigned long long number = take_number(c, soak.fault);
	struct record *r = user_ring_buffer__reserve(soak.user, RECORD_SIZE(LETTER_WORDS));

	if (!r) {
		if (errno != ENOSPC)
			fail("writing a letter");
		c->refused++;
		return -ENOSPC;
	}
	r->stream = LETTERS;
	r->producer = 0;
	record_fill(r, c, number, LETTER_WORDS);
	if (soak.fault == CORRUPT && fault_now(c))
		r->sum ^= 1;
	user_ring_buffer__submit(soak.user, r);
	return 0;
}

/* Producers run, and nobody consumes, until the kernel has refused something of each. */
static void fill_up(void)
{
	const struct count(*counts)[PRODUCERS] = (const void *)soak.skel->bss->counts;

	while (!put_letter())
		;
	while (!stopping &&
	       (!counts[SMALL][0].refused || !counts[SOME][1].refused ||
		!counts[VARIED][0].refused || !counts[SHARED][0].refused ||
		!counts[SHARED][1].refused || !counts[PERF][0].refused || !counts[PERF][1].refused))
		usleep(1000);
}

/* Returns how many records the rings had. */
static int consume(int timeout_ms)
{
	int n = ring_buffer__poll(soak.rings, timeout_ms);
	int err = perf_buffer__poll(soak.perf, 0);

	if ((n < 0 && n != -EINTR) || (err < 0 && err != -EINTR))
		fail("polling");
	return n;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double consume_for(double seconds, unsigned long long records)
{
	const double settle = seconds / 4 < SETTLE ? seconds / 4 : SETTLE;
	double begin = now(), elapsed = 0, shown = 0;
	bool settled = false;

	while (!stopping && (elapsed < seconds || soak.delivered < records)) {
		consume(POLL_MS);
		for (int i = 0; i < LETTERS_AT_ONCE && !put_letter(); i++)
			;
		elapsed = now() - begin;
		if (!settled && elapsed >= settle) {
			settled = true;
			pause_at("settled");
			if (soak.fault == MEMORY)
				leak();
		}
		if (elapsed - shown < 1)
			continue;
		shown = elapsed;
		printf("progress %.1f %llu\n", elapsed, soak.delivered);
	}
	return elapsed;
}

/* The producers end, and what they have left is consumed. A poll that is not woken finds nothing.
 */
static void consume_rest(void)
{
	const volatile int *ended = soak.skel->bss->ended;
	const volatile int *letters = &soak.skel->bss->letters_ended;

	soak.skel->bss->stop = 1;
	while (!ended[0] || !ended[1] || !*letters)
		consume(POLL_MS);
	while (consume(LAST_POLL_MS))
		;
	while (perf_buffer__poll(soak.perf, 0) > 0)
		;
}

static int say_wrong(const struct stream *s, const char *what, unsigned long long count)
{
	if (count)
		printf("FAILED: %s: %s: %llu\n", s->name, what, count);
	return count != 0;
}

static int judge_positions(struct stream *s, unsigned long long begin, unsigned long long discarded)
{
	unsigned long long producer = *s->at.producer;
	int bad = 0;

	/* Of letters the kernel has counted no bytes. */
	s->at.expected += begin + discarded * (RECORD_SIZE(4) + BPF_RINGBUF_HDR_SZ);
	bad += say_wrong(s, "bytes that nobody consumed", producer - *s->at.consumer);
	bad += say_wrong(s, "bytes of no record", producer - s->at.expected);
	if (producer >> 32)
		return bad;
	printf("FAILED: %s: position %llu, not beyond 4 GiB\n", s->name, producer);
	return bad + 1;
}

static int judge(struct stream *s, const struct count *counts, unsigned long long begin)
{
	unsigned long long refused = 0, discarded = 0, delivered = 0, lost = 0, wrong = s->strange;
	int bad = 0;

	for (int p = 0; p < PRODUCERS; p++) {
		const struct count *c = &counts[p];
		struct seen *seen = &s->seen[p];

		see_gap(seen, c->attempts, (unsigned int)(c->refused + c->discarded));
		refused += c->refused;
		discarded += c->discarded;
		delivered += seen->count;
		lost += seen->lost;
		wrong += seen->wrong;
		if (!lost && !wrong && seen->count + c->refused + c->discarded != c->attempts) {
			printf("FAILED: %s: the sums differ\n", s->name);
			bad++;
		}
	}
	bad += say_wrong(s, "records lost", lost);
	bad += say_wrong(s, "records wrong", wrong);
	if (s->number == PERF)
		bad += say_wrong(s, "refused and not reported", soak.reported - refused);
	else
		bad += judge_positions(s, begin, discarded);
	if (!delivered || !refused) {
		printf("FAILED: %s: %llu delivered, %llu refused\n", s->name, delivered, refused);
		bad++;
	}
	printf("stream %s delivered=%llu refused=%llu discarded=%llu lost=%llu wrong=%llu "
	       "position=%llu\n",
	       s->name, delivered, refused, discarded, lost, wrong,
	       s->number == PERF ? 0 : *s->at.producer);
	return bad;
}

static int judge_all(const unsigned long long *begins)
{
	const struct count(*counts)[PRODUCERS] = (const void *)soak.skel->bss->counts;
	const struct count letters[PRODUCERS] = {soak.letters};
	struct stream *l = &soak.streams[LETTERS];
	int bad = 0;

	l->seen[0] = soak.skel->bss->letters_seen;
	l->at.expected = l->seen[0].count * (RECORD_SIZE(LETTER_WORDS) + BPF_RINGBUF_HDR_SZ);
	for (int i = 0; i < STREAMS; i++)
		bad += judge(&soak.streams[i], i == LETTERS ? letters : counts[i], begins[i]);
	if (soak.skel->bss->errors) {
		printf("FAILED: %llu other errors of BPF programs\n",
		       (unsigned long long)soak.skel->bss->errors);
		bad++;
	}
	return bad;
}

static unsigned int id_of(const struct bpf_program *prog)
{
	struct bpf_prog_info info = {0};
	__u32 len = sizeof(info);

	if (bpf_prog_get_info_by_fd(bpf_program__fd(prog), &info, &len))
		fail("a program's number");
	return info.id;
}

int main(int argc, char **argv)
{
	unsigned long long begins[STREAMS] = {0};
	double elapsed;
	int bad;

	if (argc < 5 || argc > 6) {
		fprintf(stderr, "Usage: soak SECONDS RECORDS zero|near FAULT [atomic]\n");
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);
	soak.fault = (enum fault)atoi(argv[4]);
	if (argc > 5)
		use_atomics();

	pause_at("begin");
	open_all();
	if (!strcmp(argv[3], "near"))
		move_all_on();
	for (int i = 0; i < STREAMS; i++)
		begins[i] = i == PERF ? 0 : *soak.streams[i].at.producer;
	printf("programs %u %u\n", id_of(soak.skel->progs.produce),
	       id_of(soak.skel->progs.read_letters));
	pause_at("ready");
	fill_up();
	elapsed = consume_for(strtod(argv[1], NULL), strtoull(argv[2], NULL, 0));
	consume_rest();
	bad = judge_all(begins);
	printf("total %.1f %llu\n", elapsed, soak.delivered);
	pause_at("consumed");
	free_all();
	pause_at("freed");
	return bad || stopping ? 1 : 0;
}
