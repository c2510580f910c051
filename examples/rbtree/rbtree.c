// SPDX-License-Identifier: BSD-2-Clause
/* A queue of jobs in the kernel, by priority: rbtree [-n COUNT] PRIORITY:TEXT... */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "rbtree.h"
#include "rbtree.skel.h"

/* Runs a program of the object once, with a job that it reads or writes. What it returns, or an
 * error: a negative number. */
static int call(const struct bpf_program *program, struct job *job)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts, .ctx_in = job, .ctx_size_in = sizeof(*job));
	int err = bpf_prog_test_run_opts(bpf_program__fd(program), &opts);

	if (!err)
		err = (int)opts.retval;
	if (err < 0)
		fprintf(stderr, "rbtree: %s: %s\n", bpf_program__name(program), strerror(-err));
	return err;
}

static int parse_job(const char *text, struct job *job)
{
	char *end;
	long priority = strtol(text, &end, 10);

	*job = (struct job){.priority = (int)priority};
	if (end == text || *end != ':' || priority != job->priority ||
	    strlen(end + 1) >= sizeof(job->text)) {
		fprintf(stderr, "rbtree: not a priority and a short text: %s\n", text);
		return -EINVAL;
	}
	strcpy(job->text, end + 1);
	return 0;
}

static int push_all(const struct rbtree_bpf *skel, char **texts)
{
	struct job job;
	int err = 0;

	for (; *texts && !err; texts++) {
		err = parse_job(*texts, &job);
		if (!err)
			err = call(skel->progs.push, &job);
	}
	return err;
}

/* Prints what a program takes out, until there is nothing more, or that many. */
static int take(const struct bpf_program *program, unsigned long count)
{
	struct job job;
	int err = 0;

	while (count-- && (err = call(program, &job)) > 0)
		printf("%6u %8d %s\n", job.number, job.priority, job.text);
	return err < 0 ? err : 0;
}

static int run(const struct rbtree_bpf *skel, char **texts, unsigned long count)
{
	int err = push_all(skel, texts);

	if (err)
		return err;
	printf("%6s %8s\n", "NUMBER", "PRIORITY");
	err = take(skel->progs.pop, count);
	if (err)
		return err;
	printf("Still waiting: %u; all in the order in which they came:\n", skel->bss->waiting);
	return take(skel->progs.recall, -1UL);
}

int main(int argc, char **argv)
{
	unsigned long count = -1UL;
	struct rbtree_bpf *skel;
	int option, err;

	while ((option = getopt(argc, argv, "+n:")) != -1) {
		if (option != 'n')
			return 2;
		count = strtoul(optarg, NULL, 10);
	}
	if (optind == argc) {
		fprintf(stderr, "usage: rbtree [-n COUNT] PRIORITY:TEXT...\n");
		return 2;
	}
	skel = rbtree_bpf__open_and_load();
	if (!skel) {
		fprintf(stderr, "rbtree: cannot load the BPF object: %s\n", strerror(errno));
		return 1;
	}
	err = run(skel, argv + optind, count);
	rbtree_bpf__destroy(skel);
	return err ? 1 : 0;
}
