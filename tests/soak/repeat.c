// SPDX-License-Identifier: BSD-2-Clause
/*
 * Runs a BPF program over and over on one CPU: repeat ID CPU [ARGUMENT...]. What the program
 * returns says how many microseconds to wait before the next time; a negative number ends it.
 */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <bpf/bpf.h>

enum { MAX_ARGS = 12 };

static int fail(const char *what)
{
	fprintf(stderr, "repeat: %s: %s\n", what, strerror(errno));
	return 1;
}

static int repeat(int prog, unsigned long long *args, size_t count)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts);

	for (;;) {
		opts.ctx_in = args;
		opts.ctx_size_in = (__u32)(count * sizeof(*args));
		if (bpf_prog_test_run_opts(prog, &opts))
			return fail("the program could not be run");
		if ((int)opts.retval < 0)
			return 0;
		if (opts.retval)
			usleep(opts.retval);
	}
}

int main(int argc, char **argv)
{
	unsigned long long args[MAX_ARGS] = {0};
	cpu_set_t cpus;
	int prog;

	if (argc < 3 || argc > 3 + MAX_ARGS) {
		fprintf(stderr, "Usage: repeat ID CPU [ARGUMENT...]\n");
		return 2;
	}
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	CPU_ZERO(&cpus);
	CPU_SET(atoi(argv[2]), &cpus);
	if (sched_setaffinity(0, sizeof(cpus), &cpus))
		return fail(argv[2]);
	prog = bpf_prog_get_fd_by_id((__u32)atoi(argv[1]));
	if (prog < 0)
		return fail(argv[1]);
	for (int i = 3; i < argc; i++)
		args[i - 3] = strtoull(argv[i], NULL, 0);
	return repeat(prog, args, MAX_ARGS);
}
