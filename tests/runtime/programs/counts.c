// SPDX-License-Identifier: BSD-2-Clause
/*
 * Records that are counted, and some of the perf buffer's lost: counts RUNS. Then it waits for
 * SIGTERM.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "counts.skel.h"

static unsigned long long ring_records, perf_records, perf_lost;
static volatile sig_atomic_t stopping;

static int on_ring(void *ctx, void *data, size_t size)
{
	ring_records++;
	return 0;
}

static void on_perf(void *ctx, int cpu, void *data, __u32 size)
{
	perf_records++;
}

static void on_lost(void *ctx, int cpu, __u64 count)
{
	perf_lost += count;
}

static void on_signal(int signo)
{
	stopping = 1;
}

static int emit(const struct counts_bpf *skel, int runs)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts, .flags = BPF_F_TEST_RUN_ON_CPU, .cpu = 0);
	int err = 0;

	for (int i = 0; !err && i < runs; i++)
		err = bpf_prog_test_run_opts(bpf_program__fd(skel->progs.emit), &opts);
	return err;
}

/* What is lost is told in front of the next record for which there is room. */
static int count(const struct counts_bpf *skel, struct ring_buffer *ring, struct perf_buffer *perf,
		 int runs)
{
	int err = emit(skel, runs);

	if (!err && ring_buffer__poll(ring, 1000) < 0)
		err = -1;
	if (!err)
		err = perf_buffer__consume(perf);
	if (!err)
		err = emit(skel, 1);
	if (!err && ring_buffer__poll(ring, 1000) < 0)
		err = -1;
	return err ? err : perf_buffer__consume(perf);
}

int main(int argc, char **argv)
{
	struct counts_bpf *skel = counts_bpf__open_and_load();
	struct ring_buffer *ring =
		skel ? ring_buffer__new(bpf_map__fd(skel->maps.ring), on_ring, NULL, NULL) : NULL;
	struct perf_buffer *perf = ring ? perf_buffer__new(bpf_map__fd(skel->maps.perf), 1, on_perf,
							   on_lost, NULL, NULL)
					: NULL;
	int err = perf ? count(skel, ring, perf, argc > 1 ? atoi(argv[1]) : 1) : -1;

	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGTERM, on_signal);
	printf("ring %llu\nperf %llu\nlost %llu\nerr %d\n", ring_records, perf_records, perf_lost,
	       err);
	while (!stopping)
		pause();
	perf_buffer__free(perf);
	ring_buffer__free(ring);
	counts_bpf__destroy(skel);
	return err;
}
