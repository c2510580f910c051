// SPDX-License-Identifier: BSD-2-Clause
/* Prints the command lines of programs that are started, however long: dynptr [NAME] */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include <bpf/libbpf.h>

#include "dynptr.h"
#include "dynptr.skel.h"

static volatile sig_atomic_t stopping;
static unsigned long printed;

static void on_signal(int signo)
{
	stopping = 1;
}

/* Arguments end with a NUL each; in the place of all but the last there is a blank. */
static void print_line(const char *line, size_t size)
{
	for (size_t i = 0; i < size && (line[i] || i + 1 < size); i++)
		putchar(line[i] ? line[i] : ' ');
}

static int on_command(void *ctx, void *data, size_t size)
{
	const struct command *c = data;
	size_t there = size - sizeof(*c);

	printf("%7u %6zu ", c->pid, size);
	print_line(c->line, there);
	printf("%s\n", there < c->length ? " ..." : "");
	printed++;
	return 0;
}

static int watch(const struct dynptr_bpf *skel)
{
	struct ring_buffer *commands =
		ring_buffer__new(bpf_map__fd(skel->maps.commands), on_command, NULL, NULL);
	int err = 0;

	if (!commands)
		return -errno;
	printf("%7s %6s COMMAND\n", "PID", "BYTES");
	while (!stopping && err >= 0) {
		err = ring_buffer__poll(commands, 100 /* ms */);
		if (err == -EINTR)
			err = 0;
	}
	ring_buffer__free(commands);
	return err < 0 ? err : 0;
}

static int run(struct dynptr_bpf *skel, const char *name)
{
	int err;

	strncpy((char *)skel->rodata->wanted, name, COMM_LEN - 1);
	err = dynptr_bpf__load(skel);
	if (!err)
		err = dynptr_bpf__attach(skel);
	if (!err)
		err = watch(skel);
	if (err)
		fprintf(stderr, "dynptr: %s\n", strerror(-err));
	else
		printf("Commands: %lu, lost: %llu\n", printed, (unsigned long long)skel->bss->lost);
	return err;
}

int main(int argc, char **argv)
{
	struct dynptr_bpf *skel;
	int err;

	if (argc > 2) {
		fprintf(stderr, "usage: dynptr [NAME]\n");
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);

	skel = dynptr_bpf__open();
	if (!skel) {
		fprintf(stderr, "dynptr: cannot open the BPF object: %s\n", strerror(errno));
		return 1;
	}
	err = run(skel, argc > 1 ? argv[1] : "");
	dynptr_bpf__destroy(skel);
	return err ? 1 : 0;
}
