// SPDX-License-Identifier: BSD-2-Clause
/* Prints all threads, or those of one process, as a BPF program writes them down in the kernel. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "tasks.skel.h"

static int print_libbpf(enum libbpf_print_level level, const char *format, va_list args)
{
	return level == LIBBPF_DEBUG ? 0 : vfprintf(stderr, format, args);
}

/* The text is made while it is read: as much at a time as there is room for. */
static int print_all(int iter)
{
	unsigned long lines = 0;
	char text[4096];
	ssize_t n;

	while ((n = read(iter, text, sizeof(text))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			int err = -errno;

			fprintf(stderr, "tasks: reading: %s\n", strerror(errno));
			return err;
		}
		fwrite(text, 1, n, stdout);
		for (ssize_t i = 0; i < n; i++)
			lines += text[i] == '\n';
	}
	printf("Threads: %lu\n", lines ? lines - 1 : 0); /* the first line is the heading */
	return 0;
}

/* All processes' threads where pid is 0. */
static int run(struct tasks_bpf *skel, unsigned int pid)
{
	union bpf_iter_link_info which = {.task.pid = pid};
	LIBBPF_OPTS(bpf_iter_attach_opts, opts, .link_info = &which,
		    .link_info_len = sizeof(which));
	struct bpf_link *link = bpf_program__attach_iter(skel->progs.print_task, &opts);
	int iter, err;

	if (!link) {
		err = -errno;
		fprintf(stderr, "tasks: cannot attach: %s\n", strerror(errno));
		return err;
	}
	iter = bpf_iter_create(bpf_link__fd(link));
	if (iter < 0) {
		err = -errno;
		fprintf(stderr, "tasks: cannot make an iterator: %s\n", strerror(errno));
	} else {
		err = print_all(iter);
		close(iter);
	}
	bpf_link__destroy(link);
	return err;
}

int main(int argc, char **argv)
{
	struct tasks_bpf *skel;
	unsigned int pid = 0;
	char *end = "";
	int err;

	if (argc > 1)
		pid = (unsigned int)strtoul(argv[1], &end, 10);
	if (argc > 2 || *end) {
		fprintf(stderr,
			"Usage: tasks [PID]\nPrints all threads, or those of process PID.\n");
		return 1;
	}
	libbpf_set_print(print_libbpf);
	skel = tasks_bpf__open_and_load();
	if (!skel) {
		fprintf(stderr, "tasks: cannot load the BPF object: %s\n", strerror(errno));
		return 1;
	}
	err = run(skel, pid);
	tasks_bpf__destroy(skel);
	return err ? 1 : 0;
}
