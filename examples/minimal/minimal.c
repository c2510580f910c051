// SPDX-License-Identifier: BSD-2-Clause
/* Counts how often programs start, or one program: minimal [NAME] */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <bpf/libbpf.h>

#include "minimal.skel.h"

static volatile sig_atomic_t stopping;

static void on_signal(int signo)
{
	stopping = 1;
}

static void watch(const struct minimal_bpf *skel)
{
	unsigned long long seen = 0;

	while (!stopping) {
		usleep(100 * 1000);
		/* .bss is the kernel's own memory: reading the counter needs no system call. */
		if (skel->bss->starts != seen) {
			seen = skel->bss->starts;
			printf("%llu started\n", seen);
		}
	}
	printf("In all: %llu\n", (unsigned long long)skel->bss->starts);
}

int main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "";
	struct minimal_bpf *skel;
	int err;

	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);

	skel = minimal_bpf__open();
	if (!skel) {
		fprintf(stderr, "minimal: cannot open the BPF object\n");
		return 1;
	}
	if (strlen(name) >= sizeof(skel->bss->wanted)) {
		fprintf(stderr, "minimal: a process name has at most %zu bytes\n",
			sizeof(skel->bss->wanted) - 1);
		err = -1;
		goto out;
	}
	strcpy(skel->bss->wanted, name);

	err = minimal_bpf__load(skel);
	if (!err)
		err = minimal_bpf__attach(skel);
	if (err) {
		fprintf(stderr, "minimal: cannot load or attach: %s\n", strerror(-err));
		goto out;
	}
	printf("Counting starts of %s; Ctrl-C ends.\n", *name ? name : "every program");
	watch(skel);
out:
	minimal_bpf__destroy(skel);
	return err ? 1 : 0;
}
