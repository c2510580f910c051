// SPDX-License-Identifier: BSD-2-Clause
/* Counts system calls by the names of programs, or those of one program: arena [NAME] */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "arena.types.h"

#include "arena.skel.h"

enum { TOP = 5 };

static volatile sig_atomic_t stopping;

static void on_signal(int signo)
{
	stopping = 1;
}

struct totals {
	unsigned long long calls, programs;
	const struct entry *top[TOP]; /* by falling number of calls */
};

static void note(struct totals *t, const struct entry *e)
{
	t->calls += e->calls;
	t->programs++;
	for (int i = 0; i < TOP; i++) {
		if (t->top[i] && t->top[i]->calls >= e->calls)
			continue;
		memmove(&t->top[i + 1], &t->top[i], (TOP - 1 - i) * sizeof(t->top[0]));
		t->top[i] = e;
		return;
	}
}

/* The table is the one that the BPF program changes meanwhile, its pointers are followed as they
 * are. Entries are put in front and never go. */
static struct totals add_up(const struct arena_bpf *skel, const char *name)
{
	struct totals t = {0};

	for (size_t i = 0; i < sizeof(skel->arena->buckets) / sizeof(struct bucket); i++)
		for (const struct entry *e = skel->arena->buckets[i].first; e; e = e->next)
			if (!*name || !strcmp(e->name, name))
				note(&t, e);
	return t;
}

static void print_top(const struct totals *t)
{
	for (int i = 0; i < TOP && t->top[i]; i++)
		printf("%10llu %s\n", (unsigned long long)t->top[i]->calls, t->top[i]->name);
	printf("%10llu calls, %llu programs\n", t->calls, t->programs);
}

static void watch(const struct arena_bpf *skel, const char *name)
{
	unsigned long long seen = 0;
	struct totals t;

	while (!stopping) {
		usleep((*name ? 100 : 1000) * 1000);
		t = add_up(skel, name);
		if (t.calls == seen)
			continue;
		seen = t.calls;
		if (*name)
			printf("%llu calls\n", seen);
		else
			print_top(&t);
	}
	t = add_up(skel, name);
	printf("In all: %llu calls, %llu lost\n", t.calls, (unsigned long long)skel->arena->lost);
}

/* Has the BPF program that may have pages take them. */
static int prepare(const struct arena_bpf *skel)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts);
	int err = bpf_prog_test_run_opts(bpf_program__fd(skel->progs.prepare), &opts);

	return err ? err : -(int)opts.retval;
}

int main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "";
	struct arena_bpf *skel;
	int err;

	setvbuf(stdout, NULL, _IOLBF, 0);
	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);

	skel = arena_bpf__open();
	if (!skel) {
		fprintf(stderr, "arena: cannot open the BPF object\n");
		return 1;
	}
	err = arena_bpf__load(skel);
	if (!err)
		err = prepare(skel);
	if (!err)
		err = arena_bpf__attach(skel);
	if (err) {
		fprintf(stderr, "arena: cannot load or attach: %s\n", strerror(-err));
		goto out;
	}
	printf("Counting system calls of %s; Ctrl-C ends.\n", *name ? name : "every program");
	watch(skel, name);
out:
	arena_bpf__destroy(skel);
	return err ? 1 : 0;
}
