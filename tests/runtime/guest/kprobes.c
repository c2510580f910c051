// SPDX-License-Identifier: BSD-2-Clause
/* kprobe, kprobe.multi, ksyscall, fentry: what is seen while attached, and how attaching fails. */
#include <stdlib.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "kprobes.h"
#include "kprobes.skel.h"
#include "say.h"

static struct kprobes_bpf *skel;

/* To see why something fails: run it with LIBBPF_LOUD=1. */
static int quiet(enum libbpf_print_level level, const char *format, va_list args)
{
	return getenv("LIBBPF_LOUD") ? vfprintf(stderr, format, args) : 0;
}

/* Everything that the programs can see, once. */
static void cause(void)
{
	LIBBPF_OPTS(bpf_test_run_opts, run);
	int key;

	for (int i = 0; i < PROBES; i++)
		skel->bss->seen[i] = (struct seen){0};
	if (bpf_prog_test_run_opts(bpf_program__fd(skel->progs.trigger), &run))
		say_err("test run", -errno);
	bpf_map_get_next_key(bpf_map__fd(skel->maps.empty), NULL, &key);
	bpf_map_get_next_key(bpf_map__fd(skel->maps.empty), NULL, &key);
}

static void show(const char *what, enum which which)
{
	const volatile struct seen *s = &skel->bss->seen[which];

	printf("%s: %lld hits, values %lld, cookies %llu\n", what, s->hits, s->values, s->cookies);
}

/* An attachment that works is used once, and no more after its end. */
static void use(const char *what, struct bpf_link *link, enum which which)
{
	say_ptr(what, link);
	if (!link)
		return;
	cause();
	show(what, which);
	say_err("destroy", bpf_link__destroy(link));
	cause();
	if (skel->bss->seen[which].hits)
		printf("%s: still seen\n", what);
}

static void kprobes(void)
{
	LIBBPF_OPTS(bpf_kprobe_opts, opts, .bpf_cookie = 0x1234567890);
	struct bpf_program *entry = skel->progs.entry, *leave = skel->progs.leave;

	use("kprobe", bpf_program__attach_kprobe(entry, false, "bpf_fentry_test1"), BY_ENTRY);
	use("kretprobe", bpf_program__attach_kprobe(leave, true, "bpf_fentry_test1"), BY_LEAVE);
	use("cookie", bpf_program__attach_kprobe_opts(entry, "bpf_fentry_test1", &opts), BY_ENTRY);
	opts.retprobe = true;
	use("cookie at return", bpf_program__attach_kprobe_opts(leave, "bpf_fentry_test2", &opts),
	    BY_LEAVE);
	opts.offset = 1 << 30;
	use("offset at return", bpf_program__attach_kprobe_opts(leave, "bpf_fentry_test2", &opts),
	    BY_LEAVE);
	opts.retprobe = false;
	use("offset elsewhere", bpf_program__attach_kprobe_opts(entry, "bpf_fentry_test2", &opts),
	    BY_ENTRY);
	opts.offset = 1;
	use("offset inside", bpf_program__attach_kprobe_opts(entry, "bpf_fentry_test2", &opts),
	    BY_ENTRY);
	opts.offset = 0;
	for (int mode = PROBE_ATTACH_MODE_DEFAULT; mode <= PROBE_ATTACH_MODE_LINK + 1; mode++) {
		char what[16];

		snprintf(what, sizeof(what), "mode %d", mode);
		opts.attach_mode = mode;
		opts.bpf_cookie = 0;
		use(what, bpf_program__attach_kprobe_opts(entry, "bpf_fentry_test1", &opts),
		    BY_ENTRY);
		opts.bpf_cookie = 5;
		use("with a cookie",
		    bpf_program__attach_kprobe_opts(entry, "bpf_fentry_test1", &opts), BY_ENTRY);
	}
	opts.sz = 3;
	use("options too small", bpf_program__attach_kprobe_opts(entry, "bpf_fentry_test1", &opts),
	    BY_ENTRY);
	use("unknown", bpf_program__attach_kprobe(entry, false, "no_such_function"), BY_ENTRY);
	use("empty", bpf_program__attach_kprobe(entry, false, ""), BY_ENTRY);
	use("another type",
	    bpf_program__attach_kprobe(skel->progs.trigger, false, "bpf_fentry_test1"), BY_ENTRY);
	use("no target", bpf_program__attach(entry), BY_ENTRY);
	use("no targets", bpf_program__attach(skel->progs.many), BY_MANY);
}

/* Two at the same function, the link's own information, detaching without destroying. */
static void links(void)
{
	struct bpf_link *a =
		bpf_program__attach_kprobe(skel->progs.entry, false, "bpf_fentry_test1");
	struct bpf_link *b =
		bpf_program__attach_kprobe(skel->progs.entry, false, "bpf_fentry_test2");
	struct bpf_link_info info = {0};
	__u32 size = sizeof(info);

	if (!a || !b) {
		say_ptr("two", NULL);
		goto out;
	}
	cause();
	show("two", BY_ENTRY);
	say_err("info", bpf_link_get_info_by_fd(bpf_link__fd(a), &info, &size));
	printf("link of type %u, id %d, program %d\n", info.type, info.id != 0, info.prog_id != 0);
	say_err("detach", bpf_link__detach(a));
	say_err("detach again", bpf_link__detach(a));
	say_err("update", bpf_link__update_program(b, skel->progs.leave));
	bpf_link__disconnect(a);
out:
	bpf_link__destroy(a);
	bpf_link__destroy(b);
	cause();
	show("one stays", BY_ENTRY);
}

static void syscalls(void)
{
	LIBBPF_OPTS(bpf_ksyscall_opts, opts, .bpf_cookie = 3);
	struct bpf_program *call = skel->progs.call;

	use("ksyscall", bpf_program__attach_ksyscall(call, "bpf", NULL), BY_CALL);
	use("ksyscall, cookie", bpf_program__attach_ksyscall(call, "bpf", &opts), BY_CALL);
	opts.retprobe = true;
	use("kretsyscall", bpf_program__attach_ksyscall(skel->progs.call_leave, "bpf", &opts),
	    BY_CALL_LEAVE);
	use("unknown call", bpf_program__attach_ksyscall(call, "no_such_call", NULL), BY_CALL);
	opts.sz = 1;
	use("options too small", bpf_program__attach_ksyscall(call, "bpf", &opts), BY_CALL);
	use("ksyscall by section", bpf_program__attach(skel->progs.auto_call), BY_AUTO_CALL);
	use("no call", bpf_program__attach(call), BY_CALL);
}

static void sections(void)
{
	use("kprobe by section", bpf_program__attach(skel->progs.auto_entry), BY_AUTO_ENTRY);
	use("kretprobe by section", bpf_program__attach(skel->progs.auto_leave), BY_AUTO_LEAVE);
	use("fentry", bpf_program__attach(skel->progs.traced), BY_TRACED);
	use("fexit", bpf_program__attach_trace(skel->progs.traced_leave), BY_TRACED_LEAVE);
	use("fentry, not loaded", bpf_program__attach_trace(skel->progs.auto_many), BY_TRACED);
	LIBBPF_OPTS(bpf_trace_opts, opts, .cookie = 99);
	use("fentry, cookie", bpf_program__attach_trace_opts(skel->progs.traced, &opts), BY_TRACED);
	use("fentry of a kprobe", bpf_program__attach_trace(skel->progs.entry), BY_TRACED);
}

static void change(struct kprobes_bpf *s)
{
	LIBBPF_OPTS(bpf_test_run_opts, run);

	say_err("run", bpf_prog_test_run_opts(bpf_program__fd(s->progs.trigger_change), &run));
	printf("side effect and result: %#x\n", run.retval);
}

/* Loaded on its own, as not every kernel can. */
static void changes(void)
{
	struct kprobes_bpf *s = kprobes_bpf__open();
	struct bpf_link *link;

	if (!s) {
		say_ptr("open", s);
		return;
	}
	bpf_program__set_autoload(s->progs.changed, true);
	bpf_program__set_autoload(s->progs.trigger_change, true);
	say_err("load", kprobes_bpf__load(s));
	if (bpf_program__fd(s->progs.changed) >= 0) {
		s->bss->pid = getpid();
		change(s);
		link = bpf_program__attach(s->progs.changed);
		say_ptr("fmod_ret", link);
		change(s);
		bpf_link__destroy(link);
		change(s);
	}
	kprobes_bpf__destroy(s);
}

static void patterns(void)
{
	LIBBPF_OPTS(bpf_kprobe_multi_opts, opts);
	struct bpf_program *many = skel->progs.many, *leave = skel->progs.many_leave;

	use("pattern", bpf_program__attach_kprobe_multi_opts(many, "bpf_fentry_test?", NULL),
	    BY_MANY);
	use("pattern", bpf_program__attach_kprobe_multi_opts(many, "bpf_fentry_test*", &opts),
	    BY_MANY);
	use("name", bpf_program__attach_kprobe_multi_opts(many, "bpf_fentry_test4", &opts),
	    BY_MANY);
	use("no match", bpf_program__attach_kprobe_multi_opts(many, "no_such_*", &opts), BY_MANY);
	use("no name", bpf_program__attach_kprobe_multi_opts(many, "no_such", &opts), BY_MANY);
	use("nothing", bpf_program__attach_kprobe_multi_opts(many, NULL, &opts), BY_MANY);
	use("nothing at all", bpf_program__attach_kprobe_multi_opts(many, NULL, NULL), BY_MANY);
	use("of a kprobe",
	    bpf_program__attach_kprobe_multi_opts(skel->progs.entry, "bpf_fentry_test?", NULL),
	    BY_MANY);
	use("not loaded",
	    bpf_program__attach_kprobe_multi_opts(skel->progs.auto_many, "bpf_fentry_test?", NULL),
	    BY_MANY);
	opts.retprobe = true;
	use("at return", bpf_program__attach_kprobe_multi_opts(leave, "bpf_fentry_test?", &opts),
	    BY_MANY_LEAVE);
	opts.session = true;
	use("return and session",
	    bpf_program__attach_kprobe_multi_opts(leave, "bpf_fentry_test?", &opts), BY_MANY);
	opts.retprobe = opts.session = false;
	opts.unique_match = true;
	use("one", bpf_program__attach_kprobe_multi_opts(many, "bpf_fentry_test5", &opts), BY_MANY);
	use("one by pattern",
	    bpf_program__attach_kprobe_multi_opts(many, "bpf_fentry_te?t5", &opts), BY_MANY);
	use("not only one", bpf_program__attach_kprobe_multi_opts(many, "bpf_fentry_test?", &opts),
	    BY_MANY);
	use("not even one", bpf_program__attach_kprobe_multi_opts(many, "no_such", &opts), BY_MANY);
	opts.unique_match = false;
	opts.sz = 3;
	use("options too small",
	    bpf_program__attach_kprobe_multi_opts(many, "bpf_fentry_test?", &opts), BY_MANY);
}

static void lists(void)
{
	const char *names[] = {"bpf_fentry_test3", "bpf_fentry_test1", "bpf_fentry_test7"};
	const char *unknown[] = {"bpf_fentry_test3", "no_such_function"};
	const __u64 cookies[] = {1, 20, 1ULL << 40};
	LIBBPF_OPTS(bpf_kprobe_multi_opts, opts, .syms = names, .cnt = 3);
	struct bpf_program *many = skel->progs.many, *leave = skel->progs.many_leave;

	use("list", bpf_program__attach_kprobe_multi_opts(many, NULL, &opts), BY_MANY);
	opts.cookies = cookies;
	use("list, cookies", bpf_program__attach_kprobe_multi_opts(many, NULL, &opts), BY_MANY);
	opts.retprobe = true;
	use("list, return", bpf_program__attach_kprobe_multi_opts(leave, NULL, &opts),
	    BY_MANY_LEAVE);
	opts.retprobe = false;
	use("list and pattern",
	    bpf_program__attach_kprobe_multi_opts(many, "bpf_fentry_test1", &opts), BY_MANY);
	opts.unique_match = true;
	use("list and unique", bpf_program__attach_kprobe_multi_opts(many, NULL, &opts), BY_MANY);
	opts.unique_match = false;
	opts.cnt = 0;
	use("empty list", bpf_program__attach_kprobe_multi_opts(many, NULL, &opts), BY_MANY);
	opts.syms = unknown;
	opts.cnt = 2;
	opts.cookies = NULL;
	use("unknown in it", bpf_program__attach_kprobe_multi_opts(many, NULL, &opts), BY_MANY);
	opts.syms = NULL;
	use("no list", bpf_program__attach_kprobe_multi_opts(many, NULL, &opts), BY_MANY);
}

/* The same. */
static void late(void)
{
	struct kprobes_bpf *main_skel = skel, *s = kprobes_bpf__open();
	LIBBPF_OPTS(bpf_kprobe_multi_opts, opts, .session = true);

	if (!s) {
		say_ptr("open", s);
		return;
	}
	bpf_program__set_autoload(s->progs.session, true);
	bpf_program__set_autoload(s->progs.auto_many, true);
	bpf_program__set_autoload(s->progs.auto_many_wrong, true);
	say_err("load", kprobes_bpf__load(s));
	if (bpf_program__fd(s->progs.session) >= 0) {
		skel = s;
		skel->bss->pid = getpid();
		use("session",
		    bpf_program__attach_kprobe_multi_opts(s->progs.session, "bpf_fentry_test?",
							  &opts),
		    BY_SESSION);
		opts.session = false;
		use("not a session",
		    bpf_program__attach_kprobe_multi_opts(s->progs.session, "bpf_fentry_test?",
							  &opts),
		    BY_SESSION);
		use("by pattern in the section", bpf_program__attach(s->progs.auto_many),
		    BY_AUTO_MANY);
		use("not a pattern", bpf_program__attach(s->progs.auto_many_wrong), BY_AUTO_MANY);
	}
	skel = main_skel;
	kprobes_bpf__destroy(s);
}

int main(void)
{
	libbpf_set_print(quiet);
	skel = kprobes_bpf__open();
	if (!skel)
		return 1;
	use("not loaded", bpf_program__attach_kprobe(skel->progs.entry, false, "bpf_fentry_test1"),
	    BY_ENTRY);
	say_err("load", kprobes_bpf__load(skel));
	if (bpf_program__fd(skel->progs.trigger) < 0)
		return 1;
	skel->bss->pid = getpid();
	cause();
	kprobes();
	links();
	syscalls();
	sections();
	changes();
	patterns();
	lists();
	late();
	kprobes_bpf__destroy(skel);
	kprobes_bpf__destroy(NULL);
	return 0;
}
