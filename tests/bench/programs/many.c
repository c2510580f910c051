// SPDX-License-Identifier: BSD-2-Clause
/*
 * One of many programs with a ring buffer: many ROUNDS. It says when it is ready, waits for
 * SIGUSR1, takes ROUNDS times MANY_RECORDS records, says how many ns of its thread's processor time
 * each took to take, and waits for SIGTERM.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "many.h"
#include "many.skel.h"

static volatile sig_atomic_t begun, stopping;
static unsigned long long records;

static void on_signal(int signo)
{
	if (signo == SIGTERM)
		stopping = 1;
	begun = 1;
}

static int on_record(void *ctx, void *data, size_t size)
{
	records += *(const char *)data == 1 && size == 64;
	return 0;
}

static unsigned long long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return t.tv_sec * 1000000000ull + t.tv_nsec;
}

static int take(const struct many_bpf *skel, struct ring_buffer *ring, int rounds)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts);
	unsigned long long spent = 0, begin;

	for (int i = 0; i < rounds; i++) {
		if (bpf_prog_test_run_opts(bpf_program__fd(skel->progs.emit), &opts))
			return 1;
		begin = now();
		ring_buffer__consume(ring);
		spent += now() - begin;
	}
	if (!records || records != (unsigned long long)rounds * MANY_RECORDS)
		return 1;
	printf("took %.2f\n", (double)spent / records);
	return 0;
}

int main(int argc, char **argv)
{
	struct many_bpf *skel;
	struct ring_buffer *ring;
	int err;

	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGUSR1, on_signal);
	signal(SIGTERM, on_signal);
	skel = many_bpf__open_and_load();
	ring = skel ? ring_buffer__new(bpf_map__fd(skel->maps.ring), on_record, NULL, NULL) : NULL;
	if (!ring)
		return 1;
	printf("ready\n");
	while (!begun)
		usleep(10000);
	err = take(skel, ring, argc > 1 ? atoi(argv[1]) : 1);
	while (!err && !stopping)
		usleep(10000);
	ring_buffer__free(ring);
	many_bpf__destroy(skel);
	return err;
}
