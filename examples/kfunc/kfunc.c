// SPDX-License-Identifier: BSD-2-Clause
/* Prints what the kernel has of some processes: kfunc [-w] PID... */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "kfunc.h"
#include "kfunc.skel.h"

static void print_process(const struct process *p)
{
	printf("%s[%d], of %s[%d], may run on %u CPUs", p->comm, p->pid, p->parent_comm, p->parent,
	       p->cpus);
	if (p->first_cpu >= 0)
		printf(" from %d", p->first_cpu);
	printf("\n");
}

/* Whether it is there, or a negative error. */
static int look_up(const struct kfunc_bpf *skel, int pid)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts, .ctx_in = &pid, .ctx_size_in = sizeof(pid));
	int err = bpf_prog_test_run_opts(bpf_program__fd(skel->progs.find), &opts);

	if (err) {
		fprintf(stderr, "kfunc: cannot run the program: %s\n", strerror(-err));
		return err;
	}
	if (opts.retval)
		print_process(&skel->bss->found);
	else
		printf("%d: no such %s\n", pid, skel->bss->by_id ? "process" : "ancestor");
	return opts.retval ? 1 : 0;
}

static int parse_pid(const char *text)
{
	char *end;
	long pid = strtol(text, &end, 10);

	return end != text && !*end && pid > 0 && pid <= 0x7fffffff ? (int)pid : -1;
}

/* How many of them there are not, or a negative error. */
static int look_up_all(const struct kfunc_bpf *skel, char **pids)
{
	int missing = 0, err = 0;

	for (; *pids && err >= 0; pids++) {
		int pid = parse_pid(*pids);

		if (pid < 0)
			fprintf(stderr, "kfunc: not a process id: %s\n", *pids);
		err = pid < 0 ? -EINVAL : look_up(skel, pid);
		missing += !err;
	}
	return err < 0 ? err : missing;
}

int main(int argc, char **argv)
{
	bool without = false;
	struct kfunc_bpf *skel;
	int option, err;

	while ((option = getopt(argc, argv, "w")) != -1) {
		if (option != 'w')
			return 2;
		without = true;
	}
	if (optind == argc) {
		fprintf(stderr, "usage: kfunc [-w] PID...\n");
		return 2;
	}
	skel = kfunc_bpf__open();
	if (skel)
		skel->rodata->without = without;
	if (!skel || kfunc_bpf__load(skel)) {
		fprintf(stderr, "kfunc: cannot load the BPF object: %s\n", strerror(errno));
		kfunc_bpf__destroy(skel);
		return 1;
	}
	err = look_up_all(skel, argv + optind);
	kfunc_bpf__destroy(skel);
	return err ? 1 : 0;
}
