// SPDX-License-Identifier: BSD-2-Clause
/* Prints who passes a probe that was compiled into a program or library (USDT), with what. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/libbpf.h>

#include "usdt.h"
#include "usdt.skel.h"

static volatile sig_atomic_t stopping;
static unsigned long printed, max_hits;

static int print_libbpf(enum libbpf_print_level level, const char *format, va_list args)
{
	return level == LIBBPF_DEBUG ? 0 : vfprintf(stderr, format, args);
}

static void on_signal(int signo)
{
	stopping = 1;
}

static int on_hit(void *ctx, void *data, size_t size)
{
	const struct hit *h = data;

	printf("%7d %-15s", h->pid, h->name);
	for (int i = 0; i < h->nr_args && i < MAX_ARGS; i++)
		printf(" %lld", h->args[i]);
	printf("\n");
	printed++;
	if (max_hits && printed >= max_hits) {
		stopping = 1;
		return -ECANCELED; /* ends the poll with records still waiting */
	}
	return 0;
}

/* In every process (-1) that has the file in its memory. */
static int attach(struct usdt_bpf *skel, char *const probe[3])
{
	skel->links.on_probe = bpf_program__attach_usdt(skel->progs.on_probe, -1, probe[0],
							probe[1], probe[2], NULL);
	return skel->links.on_probe ? 0 : -errno;
}

static int run(struct usdt_bpf *skel, char *const probe[3])
{
	struct ring_buffer *hits;
	int err;

	hits = ring_buffer__new(bpf_map__fd(skel->maps.hits), on_hit, NULL, NULL);
	if (!hits) {
		err = -errno;
		fprintf(stderr, "usdt: cannot read the ring buffer: %s\n", strerror(errno));
		return err;
	}
	err = attach(skel, probe);
	if (err) {
		fprintf(stderr, "usdt: cannot attach to %s:%s of %s: %s\n", probe[1], probe[2],
			probe[0], strerror(-err));
	} else {
		printf("Watching %s:%s; Ctrl-C ends.\n", probe[1], probe[2]);
		printf("%7s %-15s %s\n", "PID", "NAME", "ARGUMENTS");
	}
	while (!err && !stopping) {
		err = ring_buffer__poll(hits, 100 /* ms */);
		if (err < 0 && err != -EINTR && err != -ECANCELED)
			fprintf(stderr, "usdt: reading hits: %s\n", strerror(-err));
		else
			err = 0;
	}
	ring_buffer__free(hits);
	if (!err)
		printf("Hits: %lu\n", printed);
	return err;
}

int main(int argc, char **argv)
{
	struct sigaction action = {.sa_handler = on_signal};
	struct usdt_bpf *skel;
	char *end = "";
	int err;

	if (argc == 5)
		max_hits = strtoul(argv[4], &end, 10);
	if (argc < 4 || argc > 5 || *end) {
		fprintf(stderr, "Usage: usdt FILE PROVIDER PROBE [COUNT]\n"
				"Ends after COUNT hits, or by Ctrl-C.\n");
		return 1;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	libbpf_set_print(print_libbpf);
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);

	skel = usdt_bpf__open_and_load();
	if (!skel) {
		fprintf(stderr, "usdt: cannot load the BPF object: %s\n", strerror(errno));
		return 1;
	}
	err = run(skel, argv + 1);
	usdt_bpf__destroy(skel);
	return err ? 1 : 0;
}
