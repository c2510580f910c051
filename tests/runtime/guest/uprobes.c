// SPDX-License-Identifier: BSD-2-Clause
/*
 * uprobe.multi by pattern, by names, by offsets: which functions of another program are seen, and
 * how attaching fails. uprobes PATH PID OFFSET... COUNTER     as uprobe_target prints it
 */
#include <stdlib.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "say.h"
#include "uprobes.h"
#include "uprobes.skel.h"

static struct uprobes_bpf *skel;
static const char *path;
static int pid;
static unsigned long offsets[FUNCTIONS], counter;

/* To see why something fails: run it with LIBBPF_LOUD=1. */
static int quiet(enum libbpf_print_level level, const char *format, va_list args)
{
	return getenv("LIBBPF_LOUD") ? vfprintf(stderr, format, args) : 0;
}

static long long hits(void)
{
	const volatile struct seen *seen = skel->bss->seen;
	long long sum = 0;

	for (int i = 0; i < FUNCTIONS; i++)
		sum += seen[i].hits;
	return sum;
}

/* Until calls have come, and every function's turn was there once; or none comes. */
static void wait_for_calls(int patience)
{
	long long before = hits();

	for (int i = 0; i < patience && hits() < before + 3 * FUNCTIONS; i++)
		usleep(10000);
}

static int use(const char *what, struct bpf_link *link)
{
	const volatile struct seen *seen = skel->bss->seen;
	long long before;

	say_ptr(what, link);
	if (!link)
		return 0;
	memset(skel->bss->seen, 0, sizeof(skel->bss->seen));
	wait_for_calls(2000);
	for (int i = 0; i < FUNCTIONS; i++)
		if (seen[i].hits)
			printf("  function %d, cookie %llu\n", i, seen[i].cookie);
	if (!hits())
		printf("  none\n");
	say_err("destroy", bpf_link__destroy(link));
	before = hits();
	wait_for_calls(5);
	if (hits() != before)
		printf("%s: still seen\n", what);
	return 1;
}

static struct bpf_link *attach(struct bpf_program *prog, int which, const char *pattern,
			       const struct bpf_uprobe_multi_opts *opts)
{
	return bpf_program__attach_uprobe_multi(prog, which, path, pattern, opts);
}

/* What nobody calls is not waited for. */
static void refuse(const char *what, struct bpf_link *link)
{
	say_ptr(what, link);
	bpf_link__destroy(link);
}

static void patterns(void)
{
	LIBBPF_OPTS(bpf_uprobe_multi_opts, opts, .retprobe = true);
	struct bpf_program *many = skel->progs.many;

	use("pattern", attach(many, -1, "target_?", NULL));
	use("of one process", attach(many, pid, "target_[12]", NULL));
	use("of one process", attach(many, pid, "target_*", NULL));
	use("one name", attach(many, pid, "target_2", NULL));
	use("at return", attach(skel->progs.many_leave, pid, "target_?", &opts));
	refuse("this process", attach(many, 0, "target_?", NULL));
	refuse("no such process", attach(many, 0x7ffffff, "target_?", NULL));
	refuse("no match", attach(many, -1, "nothing_*", NULL));
	refuse("no pattern", attach(many, -1, NULL, NULL));
	refuse("no file",
	       bpf_program__attach_uprobe_multi(many, -1, "/no/such/file", "target_?", NULL));
	refuse("no program",
	       bpf_program__attach_uprobe_multi(many, -1, "no-such-program", "a*", NULL));
	refuse("no path", bpf_program__attach_uprobe_multi(many, -1, NULL, "target_?", NULL));
	refuse("no ELF file",
	       bpf_program__attach_uprobe_multi(many, -1, "/etc/passwd", "a*", NULL));
	refuse("no uprobe.multi", attach(skel->progs.one, -1, "target_?", NULL));
	refuse("not loaded", attach(skel->progs.session, -1, "target_?", NULL));
	refuse("by section", bpf_program__attach(many));
	opts.session = true;
	refuse("session and return", attach(many, -1, "target_?", &opts));
	opts.sz = 1;
	refuse("options too small", attach(many, -1, "target_?", &opts));
}

static void names(void)
{
	const char *two[] = {"target_3", "target_1"}, *unknown[] = {"target_0", "no_such_function"};
	const __u64 cookies[] = {33, 1ULL << 50};
	LIBBPF_OPTS(bpf_uprobe_multi_opts, opts, .syms = two, .cnt = 2);
	struct bpf_program *many = skel->progs.many;

	use("names", attach(many, pid, NULL, &opts));
	opts.cookies = cookies;
	use("with cookies", attach(many, -1, NULL, &opts));
	opts.cnt = 1;
	use("only the first", attach(many, -1, NULL, &opts));
	refuse("and a pattern", attach(many, -1, "target_?", &opts));
	opts.cnt = 0;
	refuse("none", attach(many, -1, NULL, &opts));
	opts.cnt = 2;
	opts.syms = unknown;
	refuse("unknown name", attach(many, -1, NULL, &opts));
	opts.syms = two;
	opts.offsets = offsets;
	refuse("names and offsets", attach(many, -1, NULL, &opts));
	opts.syms = NULL;
	opts.offsets = NULL;
	refuse("neither", attach(many, -1, NULL, &opts));
}

static void places(void)
{
	const unsigned long counters[] = {counter, counter, counter, counter};
	const unsigned long nowhere[] = {1UL << 30};
	const __u64 cookies[] = {5, 6, 7, 8};
	LIBBPF_OPTS(bpf_uprobe_multi_opts, opts, .offsets = offsets, .cookies = cookies,
		    .cnt = FUNCTIONS);
	LIBBPF_OPTS(bpf_uprobe_opts, one, .ref_ctr_offset = counter, .bpf_cookie = 9);

	if (use("offsets", attach(skel->progs.many, pid, NULL, &opts))) {
		opts.cnt = 1u << 21;
		refuse("too many", attach(skel->progs.many, pid, NULL, &opts));
		opts.cnt = FUNCTIONS;
	}
	opts.ref_ctr_offsets = counters;
	use("with counters", attach(skel->progs.many, pid, NULL, &opts));
	opts.cnt = 1;
	opts.ref_ctr_offsets = NULL;
	opts.offsets = nowhere;
	refuse("outside of the file", attach(skel->progs.many, pid, NULL, &opts));
	use("one", bpf_program__attach_uprobe_opts(skel->progs.one, pid, path, offsets[1], &one));
	one.func_name = "target_3";
	use("one name", bpf_program__attach_uprobe_opts(skel->progs.one, pid, path, 0, &one));
}

/* Loaded on its own, as not every kernel can. */
static void sessions(void)
{
	LIBBPF_OPTS(bpf_uprobe_multi_opts, opts, .session = true);
	struct uprobes_bpf *s = uprobes_bpf__open(), *main_skel = skel;

	if (!s) {
		say_ptr("open", s);
		return;
	}
	bpf_program__set_autoload(s->progs.session, true);
	say_err("load", uprobes_bpf__load(s));
	if (bpf_program__fd(s->progs.session) >= 0) {
		skel = s;
		use("session", attach(s->progs.session, pid, "target_?", &opts));
		printf("returns: %d\n", s->bss->returns > 0);
	}
	skel = main_skel;
	uprobes_bpf__destroy(s);
}

int main(int argc, char **argv)
{
	if (argc != 4 + FUNCTIONS)
		return 2;
	path = argv[1];
	pid = atoi(argv[2]);
	for (int i = 0; i < FUNCTIONS; i++)
		offsets[i] = strtoul(argv[3 + i], NULL, 10);
	counter = strtoul(argv[3 + FUNCTIONS], NULL, 10);
	libbpf_set_print(quiet);
	skel = uprobes_bpf__open_and_load();
	if (!skel) {
		say_ptr("load", skel);
		return 1;
	}
	patterns();
	names();
	places();
	sessions();
	printf("strange arguments: %llu\n", (unsigned long long)skel->bss->strange);
	uprobes_bpf__destroy(skel);
	return 0;
}
