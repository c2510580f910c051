// SPDX-License-Identifier: BSD-2-Clause
/* Prints which process removes which file: calls of the kernel's do_unlinkat(). */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include <bpf/libbpf.h>

#include "kprobe.h"
#include "kprobe.skel.h"

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

	printf("%7d %-15s %6d %s\n", r->pid, r->name, r->result, r->file);
	printed++;
	return 0;
}

static int run(struct kprobe_bpf *skel)
{
	struct ring_buffer *removals;
	int err;

	removals = ring_buffer__new(bpf_map__fd(skel->maps.removals), on_removal, NULL, NULL);
	if (!removals) {
		err = -errno;
		fprintf(stderr, "kprobe: cannot read the ring buffer: %s\n", strerror(errno));
		return err;
	}
	err = kprobe_bpf__attach(skel);
	if (err) {
		fprintf(stderr, "kprobe: cannot attach: %s\n", strerror(-err));
	} else {
		printf("Watching do_unlinkat(); Ctrl-C ends.\n");
		printf("%7s %-15s %6s %s\n", "PID", "NAME", "RESULT", "FILE");
	}
	while (!err && !stopping) {
		err = ring_buffer__poll(removals, 100 /* ms */);
		if (err < 0 && err != -EINTR)
			fprintf(stderr, "kprobe: reading removals: %s\n", strerror(-err));
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
	struct kprobe_bpf *skel;
	int err;

	if (argc > 1) {
		fprintf(stderr, "Usage: kprobe\n");
		return 1;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	libbpf_set_print(print_libbpf);
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);

	skel = kprobe_bpf__open_and_load();
	if (!skel) {
		fprintf(stderr, "kprobe: cannot load the BPF object: %s\n", strerror(errno));
		return 1;
	}
	err = run(skel);
	kprobe_bpf__destroy(skel);
	return err ? 1 : 0;
}
