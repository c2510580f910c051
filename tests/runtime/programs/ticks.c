// SPDX-License-Identifier: BSD-2-Clause
/*
 * Waits a few seconds in small pieces, in each way in which programs wait, and says how the time of
 * day went meanwhile: ticks SECONDS. The waits must take as long as they should, whatever is done
 * to the clock.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <bpf/libbpf.h>

#include "ticks.skel.h"

static double now(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int on_event(void *ctx, void *data, size_t size)
{
	unsigned long *events = ctx;

	(void)data;
	(void)size;
	++*events;
	return 0;
}

int main(int argc, char **argv)
{
	double end = now(CLOCK_MONOTONIC) + (argc > 1 ? atof(argv[1]) : 3);
	double offset = now(CLOCK_REALTIME) - now(CLOCK_MONOTONIC);
	unsigned long events = 0, ticks = 0, forward = 0, back = 0;
	struct ticks_bpf *skel = ticks_bpf__open_and_load();
	struct ring_buffer *ring;

	if (!skel || ticks_bpf__attach(skel))
		return 1;
	ring = ring_buffer__new(bpf_map__fd(skel->maps.events), on_event, &events, NULL);
	if (!ring)
		return 1;
	puts("waiting");
	fflush(stdout);
	while (now(CLOCK_MONOTONIC) < end) {
		double begin = now(CLOCK_MONOTONIC), took;

		usleep(20000);
		poll(NULL, 0, 20);
		ring_buffer__poll(ring, 20);
		took = now(CLOCK_MONOTONIC) - begin;
		/* Not longer than a slow machine needs; a wait by the time of day would take hours.
		 */
		if (took < 0.02 || took > 60)
			printf("a tick of %.3f s\n", took);
		ticks++;
		double moved = now(CLOCK_REALTIME) - now(CLOCK_MONOTONIC) - offset;
		forward += moved > 3600;
		back += moved < -3600;
		offset += moved > 3600 || moved < -3600 ? moved : 0;
	}
	printf("%s; forward %lu, back %lu; %s\n", ticks > 1 ? "ticked" : "did not tick", forward,
	       back, events ? "events" : "no events");
	ring_buffer__free(ring);
	ticks_bpf__destroy(skel);
	return 0;
}
