// SPDX-License-Identifier: BSD-2-Clause
/*
 * A program in the way of <libbpf-wasm.h>. Natively there is no such header; what stands in its
 * place is written with libbpf's functions.
 */
#ifdef __wasm__
#include <libbpf-wasm.h>
#else
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#endif

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "reports.h"
#include "reports.skel.h"
#include "say.h"

#ifndef __wasm__
typedef int (*bpf_buffer_sample_fn)(void *ctx, void *data, size_t size);

struct bpf_buffer {
	struct ring_buffer *ring;
	struct perf_buffer *perf;
	bpf_buffer_sample_fn callback;
	void *ctx;
	int stopped;
};

static void native_sample(void *ctx, int cpu, void *data, __u32 size)
{
	struct bpf_buffer *b = ctx;

	if (!b->stopped)
		b->stopped = b->callback(b->ctx, data, size) < 0;
}

static struct bpf_buffer *bpf_buffer__open(struct bpf_map *map, bpf_buffer_sample_fn callback,
					   void *ctx)
{
	struct bpf_buffer *b = calloc(1, sizeof(*b));
	int fd = bpf_map__fd(map);

	b->callback = callback;
	b->ctx = ctx;
	if (bpf_map__type(map) == BPF_MAP_TYPE_PERF_EVENT_ARRAY)
		b->perf = perf_buffer__new(fd, 64, native_sample, NULL, b, NULL);
	else
		b->ring = ring_buffer__new(fd, callback, ctx, NULL);
	if (b->perf || b->ring)
		return b;
	free(b);
	return NULL;
}

static int bpf_buffer__poll(struct bpf_buffer *b, int timeout_ms)
{
	return b->ring ? ring_buffer__poll(b->ring, timeout_ms)
		       : perf_buffer__poll(b->perf, timeout_ms);
}

static void bpf_buffer__free(struct bpf_buffer *b)
{
	if (!b)
		return;
	ring_buffer__free(b->ring);
	perf_buffer__free(b->perf);
	free(b);
}

static void bpf_set_prog_attach_target(struct bpf_program *prog, const char *path)
{
	static struct bpf_link *link; /* until the next one, or the process ends */
	int fd = open(path, O_RDONLY | O_DIRECTORY);

	if (fd >= 0) {
		bpf_link__destroy(link);
		link = bpf_program__attach_cgroup(prog, fd);
		close(fd);
	}
}
#endif

static struct reports_bpf *skel;

static int handle_event(void *ctx, void *data, size_t size)
{
	const struct report *r = data;

	printf("  %s %u: %zu bytes\n", (const char *)ctx, r->number, size / 8 * 8);
	return r->number == 7 ? -ENODATA : 0;
}

static int emit(int map, unsigned int first, unsigned int count)
{
	struct request request = {.first = first, .count = count, .size = 60, .map = map};
	LIBBPF_OPTS(bpf_test_run_opts, opts, .ctx_in = &request, .ctx_size_in = sizeof(request));
	int err = bpf_prog_test_run_opts(bpf_program__fd(skel->progs.report), &opts);

	return err ? err : (int)opts.retval;
}

/* Both at once: each has its own records. */
static void both(void)
{
	struct bpf_buffer *ring = bpf_buffer__open(skel->maps.ring, handle_event, "ring");
	struct bpf_buffer *perf = bpf_buffer__open(skel->maps.events, handle_event, "perf");

	say_ptr("ring", ring);
	say_ptr("perf", perf);
	if (!ring || !perf)
		return;
	printf("emitted %d %d\n", emit(2, 0, 3), emit(0, 10, 4));
	say_err("ring", bpf_buffer__poll(ring, 1000));
	say_err("perf", bpf_buffer__poll(perf, 1000));
	say_err("nothing", bpf_buffer__poll(ring, 1));
	say_err("nothing", bpf_buffer__poll(perf, 1));
	printf("emitted %d\n", emit(2, 6, 3));
	say_err("stopped", bpf_buffer__poll(ring, 1000));
	say_err("the rest", bpf_buffer__poll(ring, 1000));
	bpf_buffer__free(ring);
	bpf_buffer__free(perf);
}

#ifdef __wasm__
/* What the shim for native programs does not have. */
static int stop(void *ctx, void *data, size_t size)
{
	++*(int *)ctx;
	return -EDOM;
}

static void stopping(void)
{
	int count = 0;
	struct bpf_buffer *perf = bpf_buffer__open(skel->maps.events, stop, &count);

	emit(0, 0, 3);
	if (bpf_buffer__poll(perf, 1000) != -EDOM || errno != EDOM || count != 1)
		printf("stopped wrongly, after %d\n", count);
	emit(0, 0, 1); /* wakes again */
	if (bpf_buffer__poll(perf, 0) != -EDOM || count != 2)
		printf("goes on wrongly, after %d\n", count);
	bpf_buffer__free(perf);
}
#endif

/* A packet of this process, to where nobody is. */
static int sent(void)
{
	struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(9)};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	unsigned long long before = skel->bss->packets;

	addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	sendto(fd, "x", 1, 0, (struct sockaddr *)&addr, sizeof(addr));
	close(fd);
	return *(volatile unsigned long long *)&skel->bss->packets > before;
}

static void attaching(const char *cgroup)
{
	printf("not attached: %d\n", sent());
	bpf_set_prog_attach_target(skel->progs.leaving, "/no/such/group");
	printf("nor now: %d\n", sent());
	bpf_set_prog_attach_target(skel->progs.leaving, cgroup);
	printf("attached: %d\n", sent());
}

/* buffer CGROUP: one that this process is in */
int main(int argc, char **argv)
{
	skel = reports_bpf__open_and_load();
	if (!skel)
		return 1;
	say_ptr("a hash", bpf_buffer__open(skel->maps.hash, handle_event, NULL));
	both();
	bpf_buffer__free(NULL);
	attaching(argc > 1 ? argv[1] : "");
#ifdef __wasm__
	stopping();
#endif
	reports_bpf__destroy(skel);
	return 0;
}
