// SPDX-License-Identifier: BSD-2-Clause
/* Prints which process looks up which host name: calls of the C library's getaddrinfo(). */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/libbpf.h>

#include "uprobe.h"
#include "uprobe.skel.h"

static volatile sig_atomic_t stopping;
static unsigned long printed, max_lookups;

static int print_libbpf(enum libbpf_print_level level, const char *format, va_list args)
{
	return level == LIBBPF_DEBUG ? 0 : vfprintf(stderr, format, args);
}

static void on_signal(int signo)
{
	stopping = 1;
}

static int on_lookup(void *ctx, void *data, size_t size)
{
	const struct lookup *l = data;

	printf("%7d %-15s %-32s %6d %8llu us\n", l->pid, l->name, l->host, l->result,
	       l->duration_ns / 1000);
	printed++;
	if (max_lookups && printed >= max_lookups) {
		stopping = 1;
		return -ECANCELED; /* ends the poll with records still waiting */
	}
	return 0;
}

static int attach(struct uprobe_bpf *skel)
{
	LIBBPF_OPTS(bpf_uprobe_opts, opts, .func_name = "getaddrinfo");

	/* Every process (-1). libbpf finds the library in the system's usual places. */
	skel->links.on_call =
		bpf_program__attach_uprobe_opts(skel->progs.on_call, -1, "libc.so.6", 0, &opts);
	if (!skel->links.on_call)
		return -errno;
	return uprobe_bpf__attach(skel); /* what has its target in its section's name */
}

static int run(struct uprobe_bpf *skel)
{
	struct ring_buffer *lookups;
	int err;

	lookups = ring_buffer__new(bpf_map__fd(skel->maps.lookups), on_lookup, NULL, NULL);
	if (!lookups) {
		err = -errno;
		fprintf(stderr, "uprobe: cannot read the ring buffer: %s\n", strerror(errno));
		return err;
	}
	err = attach(skel);
	if (err) {
		fprintf(stderr, "uprobe: cannot attach: %s\n", strerror(-err));
	} else {
		printf("Watching getaddrinfo(); Ctrl-C ends.\n");
		printf("%7s %-15s %-32s %6s %11s\n", "PID", "NAME", "HOST", "RESULT", "TOOK");
	}
	while (!err && !stopping) {
		err = ring_buffer__poll(lookups, 100 /* ms */);
		if (err < 0 && err != -EINTR && err != -ECANCELED)
			fprintf(stderr, "uprobe: reading lookups: %s\n", strerror(-err));
		else
			err = 0;
	}
	ring_buffer__free(lookups);
	if (!err)
		printf("Lookups: %lu\n", printed);
	return err;
}

int main(int argc, char **argv)
{
	struct sigaction action = {.sa_handler = on_signal};
	struct uprobe_bpf *skel;
	char *end = "";
	int err;

	if (argc > 1)
		max_lookups = strtoul(argv[1], &end, 10);
	if (argc > 2 || *end) {
		fprintf(stderr, "Usage: uprobe [COUNT]\nEnds after COUNT lookups, or by Ctrl-C.\n");
		return 1;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	libbpf_set_print(print_libbpf);
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);

	skel = uprobe_bpf__open_and_load();
	if (!skel) {
		fprintf(stderr, "uprobe: cannot load the BPF object: %s\n", strerror(errno));
		return 1;
	}
	err = run(skel);
	uprobe_bpf__destroy(skel);
	return err ? 1 : 0;
}
