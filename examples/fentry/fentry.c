// SPDX-License-Identifier: BSD-2-Clause
/* Prints which process removes which file and how long that takes: calls of do_unlinkat(). */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include <bpf/libbpf.h>

#include "fentry.h"
#include "fentry.skel.h"

static volatile sig_atomic_t stopping;
static unsigned long printed;

static int print_libbpf(enum libbpf_print_level level, const char *format, va_list args)
{
	return level == LIBBPF_DEBUG ? 0 : vfprintf(stderr, format, args);
}

static void on_signal(int signo)
{
	stopping = 1;
}

static int on_removal(void *ctx, void *data, size_t size)
{
	const struct removal *r = data;

	char dir[12] = "cwd";

	if (r->dir != AT_FDCWD)
		snprintf(dir, sizeof(dir), "%d", r->dir);
	printf("%7d %-15s %6d %8llu us %5s %s\n", r->pid, r->name, r->result, r->duration_ns / 1000,
	       dir, r->file);
	printed++;
	return 0;
}

static int run(struct fentry_bpf *skel)
{
	struct ring_buffer *removals;
	int err;

	removals = ring_buffer__new(bpf_map__fd(skel->maps.removals), on_removal, NULL, NULL);
	if (!removals) {
		err = -errno;
		fprintf(stderr, "fentry: cannot read the ring buffer: %s\n", strerror(errno));
		return err;
	}
	err = fentry_bpf__attach(skel);
	if (err) {
		fprintf(stderr, "fentry: cannot attach: %s\n", strerror(-err));
	} else {
		printf("Watching do_unlinkat(); Ctrl-C ends.\n");
		printf("%7s %-15s %6s %11s %5s %s\n", "PID", "NAME", "RESULT", "TOOK", "DIR",
		       "FILE");
	}
	while (!err && !stopping) {
		err = ring_buffer__poll(removals, 100 /* ms */);
		if (err < 0 && err != -EINTR)
			fprintf(stderr, "fentry: reading removals: %s\n", strerror(-err));
		else
			err = 0;
	}
	ring_buffer__free(removals);
	if (!err)
		printf("Calls: %lu\n", printed);
	return err;
}

int main(int argc, char **argv)
{
	struct sigaction action = {.sa_handler = on_signal};
	struct fentry_bpf *skel;
	int err;

	if (argc > 1) {
		fprintf(stderr, "Usage: fentry\n");
		return 1;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	libbpf_set_print(print_libbpf);
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);

	skel = fentry_bpf__open_and_load();
	if (!skel) {
		fprintf(stderr, "fentry: cannot load the BPF object: %s\n", strerror(errno));
		return 1;
	}
	err = run(skel);
	fentry_bpf__destroy(skel);
	return err ? 1 : 0;
}
