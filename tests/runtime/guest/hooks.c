// SPDX-License-Identifier: BSD-2-Clause
/*
 * Each kind of hook with its options, and how attaching fails. Run in a network namespace and a
 * cgroup of its own: hooks CGROUP TARGET PID
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/perf_event.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "hooks.h"
#include "hooks.skel.h"
#include "say.h"

enum { LO = 1, NOBODYS = 1 << 20 };

static struct hooks_bpf *skel;

/* To see why something fails: run it with LIBBPF_LOUD=1. */
static int quiet(enum libbpf_print_level level, const char *format, va_list args)
{
	return getenv("LIBBPF_LOUD") ? vfprintf(stderr, format, args) : 0;
}

static void show(const char *what, int kind)
{
	struct seen *s = &skel->bss->seen[kind];

	printf("%s: ran %d, cookie %llu\n", what, s->hits > 0, s->cookie);
	*s = (struct seen){0};
}

/* One that need not be there: says so and ends it. */
static void say_link(const char *what, struct bpf_link *link)
{
	say_ptr(what, link);
	if (link)
		say_err("destroy", bpf_link__destroy(link));
}

static void act(void)
{
	int key = 0;
	long long value;

	for (int i = 0; i < 10; i++)
		bpf_map__lookup_elem(skel->maps.numbers, &key, 4, &value, 8, 0);
}

/* --- tracing ---------------------------------------------------------------------------------- */

static void tracepoints(void)
{
	LIBBPF_OPTS(bpf_tracepoint_opts, opts, .bpf_cookie = 0x1234567890);
	struct bpf_program *p = skel->progs.entry;
	struct bpf_link *link;

	link = bpf_program__attach_tracepoint_opts(p, "syscalls", "sys_enter_bpf", &opts);
	say_ptr("tracepoint", link);
	act();
	show("tracepoint", TRACEPOINT);
	say_err("detach a perf link", bpf_link__detach(link) ? 1 : 0);
	say_err("destroy", bpf_link__destroy(link));
	link = bpf_program__attach_tracepoint(p, "syscalls", "sys_enter_bpf");
	act();
	show("tracepoint", TRACEPOINT);
	bpf_link__destroy(link);
	say_link("unknown", bpf_program__attach_tracepoint(p, "syscalls", "no_such"));
	say_link("no category", bpf_program__attach_tracepoint(p, NULL, "sys_enter_bpf"));
	say_link("no name", bpf_program__attach_tracepoint(p, "syscalls", NULL));
	opts.sz = 3;
	say_link("bad options",
		 bpf_program__attach_tracepoint_opts(p, "syscalls", "sys_enter_bpf", &opts));
	say_link("of another type",
		 bpf_program__attach_tracepoint(skel->progs.raw, "syscalls", "sys_enter_bpf"));
	say_link("by no section", bpf_program__attach(p));
}

static void raw_tracepoints(void)
{
	LIBBPF_OPTS(bpf_raw_tracepoint_opts, opts, .cookie = 0x987654321);
	LIBBPF_OPTS(bpf_trace_opts, trace, .cookie = 77);
	struct bpf_link *link;

	link = bpf_program__attach_raw_tracepoint_opts(skel->progs.raw, "sys_enter", &opts);
	say_ptr("raw", link);
	act();
	show("raw", RAW);
	say_err("detach", bpf_link__detach(link) ? 1 : 0);
	say_err("destroy", bpf_link__destroy(link));
	say_link("unknown", bpf_program__attach_raw_tracepoint(skel->progs.raw, "no_such"));
	say_link("no name", bpf_program__attach_raw_tracepoint(skel->progs.raw, NULL));
	link = bpf_program__attach_trace_opts(skel->progs.typed, &trace);
	say_ptr("typed", link);
	act();
	show("typed", TYPED);
	bpf_link__destroy(link);
	say_link("typed by name", bpf_program__attach_raw_tracepoint(skel->progs.typed, NULL));
	say_link("typed by a name too many",
		 bpf_program__attach_raw_tracepoint(skel->progs.typed, "sys_enter"));
	say_link("trace of another type", bpf_program__attach_trace(skel->progs.raw));
	say_link("lsm of another type", bpf_program__attach_lsm(skel->progs.raw));
}

static void probes(void)
{
	LIBBPF_OPTS(bpf_kprobe_opts, kprobe);
	LIBBPF_OPTS(bpf_uprobe_opts, uprobe, .func_name = "no_such_function");
	LIBBPF_OPTS(bpf_kprobe_multi_opts, multi);
	LIBBPF_OPTS(bpf_uprobe_multi_opts, umulti);
	struct bpf_program *p = skel->progs.raw;
	const char *sym = "vfs_read";
	__u64 cookie = 1;

	kprobe.attach_mode = (enum probe_attach_mode)99;
	say_link("mode", bpf_program__attach_kprobe_opts(p, "vfs_read", &kprobe));
	say_link("multi nothing", bpf_program__attach_kprobe_multi_opts(p, NULL, &multi));
	multi.cookies = &cookie;
	say_link("multi pattern with cookies",
		 bpf_program__attach_kprobe_multi_opts(p, "vfs_*", &multi));
	multi.syms = &sym;
	say_link("multi without count", bpf_program__attach_kprobe_multi_opts(p, NULL, &multi));
	multi.cnt = 1;
	multi.retprobe = multi.session = true;
	say_link("multi both ways", bpf_program__attach_kprobe_multi_opts(p, NULL, &multi));
	multi.session = false;
	multi.unique_match = true;
	say_link("multi unique of a list", bpf_program__attach_kprobe_multi_opts(p, NULL, &multi));
	multi.sz = 1;
	say_link("multi bad options", bpf_program__attach_kprobe_multi_opts(p, "x", &multi));
	say_link("uprobe nowhere", bpf_program__attach_uprobe_opts(p, -1, NULL, 0, NULL));
	say_link("uprobe of no file", bpf_program__attach_uprobe(p, false, -1, "/no/such/file", 0));
	say_link("uprobe of no function",
		 bpf_program__attach_uprobe_opts(p, -1, "/bin/sh", 0, &uprobe));
	say_link("uprobes nowhere", bpf_program__attach_uprobe_multi(p, -1, NULL, "x", NULL));
	say_link("uprobes of nothing",
		 bpf_program__attach_uprobe_multi(p, -1, "/bin/sh", NULL, NULL));
	umulti.cnt = 1;
	say_link("uprobes without a list",
		 bpf_program__attach_uprobe_multi(p, -1, "/bin/sh", NULL, &umulti));
	umulti.syms = &sym;
	say_link("uprobes with both",
		 bpf_program__attach_uprobe_multi(p, -1, "/bin/sh", "x", &umulti));
	say_link("uprobes unknown",
		 bpf_program__attach_uprobe_multi(p, -1, "/bin/sh", NULL, &umulti));
}

static void usdt(const char *path, int pid)
{
	LIBBPF_OPTS(bpf_usdt_opts, opts, .usdt_cookie = 0xabcdef012345);
	struct bpf_program *p = skel->progs.probe;
	struct bpf_link *link;

	link = bpf_program__attach_usdt(p, pid, path, "wbpf", "tick", &opts);
	say_ptr("usdt", link);
	for (int i = 0; i < 3000 && link && !skel->bss->seen[PROBE].hits; i++)
		usleep(1000);
	printf("number %lld\n", *(volatile long long *)&skel->bss->seen[PROBE].value);
	say_err("destroy", bpf_link__destroy(link));
	show("usdt", PROBE);
	say_link("no such probe", bpf_program__attach_usdt(p, -1, path, "wbpf", "tack", NULL));
	say_link("no such file", bpf_program__attach_usdt(p, -1, "/no/such", "wbpf", "tick", NULL));
	say_link("no file", bpf_program__attach_usdt(p, -1, NULL, "wbpf", "tick", NULL));
}

static int open_event(void)
{
	struct perf_event_attr attr = {
		.size = sizeof(attr),
		.type = PERF_TYPE_SOFTWARE,
		.config = PERF_COUNT_SW_CPU_CLOCK,
		.sample_period = 100000,
		.disabled = 1,
	};

	return (int)syscall(__NR_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
}

static unsigned int burn(void)
{
	volatile unsigned int x = 1;

	for (unsigned int i = 0; i < 30000000 && !skel->bss->seen[EVENT].hits; i++)
		x = x * 1664525 + 1013904223;
	return x;
}

static void events(void)
{
	LIBBPF_OPTS(bpf_perf_event_opts, opts, .bpf_cookie = 31);
	struct bpf_program *p = skel->progs.event;
	int fd = open_event();
	struct bpf_link *link;

	link = bpf_program__attach_perf_event_opts(p, fd, &opts);
	say_ptr("event", link);
	burn();
	say_err("destroy", bpf_link__destroy(link));
	show("event", EVENT);
	say_err("its descriptor is gone", close(fd) ? 0 : 1);
	fd = open_event();
	opts.force_ioctl_attach = true;
	say_link("a cookie the old way", bpf_program__attach_perf_event_opts(p, fd, &opts));
	opts.bpf_cookie = 0;
	link = bpf_program__attach_perf_event_opts(p, fd, &opts);
	say_ptr("the old way", link);
	burn();
	say_err("destroy", bpf_link__destroy(link));
	show("event", EVENT);
	fd = open_event();
	opts = (struct bpf_perf_event_opts){.sz = sizeof(opts), .dont_enable = true};
	link = bpf_program__attach_perf_event_opts(p, fd, &opts);
	say_ptr("not enabled", link);
	act();
	show("event", EVENT);
	say_err("enable", ioctl(fd, PERF_EVENT_IOC_ENABLE, 0));
	burn();
	say_err("destroy", bpf_link__destroy(link));
	show("event", EVENT);
	say_link("bad descriptor", bpf_program__attach_perf_event(p, -1));
	say_link("nobody's", bpf_program__attach_perf_event(p, NOBODYS));
	say_link("a map's", bpf_program__attach_perf_event(p, bpf_map__fd(skel->maps.numbers)));
}

/* --- iterators -------------------------------------------------------------------------------- */

static int lines(struct bpf_link *link, char *text, size_t size)
{
	int fd = link ? bpf_iter_create(bpf_link__fd(link)) : -ENOENT, n = 0;
	size_t have = 0;
	ssize_t len;

	if (fd < 0)
		return fd;
	while (have < size - 1 && (len = read(fd, text + have, size - 1 - have)) > 0)
		have += (size_t)len;
	text[have] = '\0';
	for (size_t i = 0; i < have; i++)
		n += text[i] == '\n';
	close(fd);
	return n;
}

static void iterators(void)
{
	static char text[1 << 16];
	union bpf_iter_link_info info = {.map.map_fd = bpf_map__fd(skel->maps.numbers)};
	LIBBPF_OPTS(bpf_iter_attach_opts, opts, .link_info = &info, .link_info_len = sizeof(info));
	struct bpf_link *link;
	int key = 2;
	long long value = 1LL << 40;

	bpf_map__update_elem(skel->maps.numbers, &key, 4, &value, 8, 0);
	link = bpf_program__attach_iter(skel->progs.elements, &opts);
	say_ptr("elements", link);
	say_err("lines", lines(link, text, sizeof(text)));
	printf("%s", text);
	bpf_link__destroy(link);
	info.map.map_fd = NOBODYS;
	say_link("of nobody's map", bpf_program__attach_iter(skel->progs.elements, &opts));
	info.map.map_fd = bpf_program__fd(skel->progs.raw);
	say_link("of a program", bpf_program__attach_iter(skel->progs.elements, &opts));
	say_link("of no map", bpf_program__attach_iter(skel->progs.elements, NULL));
	memset(&info, 0, sizeof(info));
	info.task.tid = (__u32)getpid();
	link = bpf_program__attach_iter(skel->progs.tasks, &opts);
	say_ptr("this task", link);
	say_err("lines", lines(link, text, sizeof(text)));
	bpf_link__destroy(link);
	info.task.tid = 0;
	info.task.pid_fd = NOBODYS;
	say_link("of nobody", bpf_program__attach_iter(skel->progs.tasks, &opts));
	link = bpf_program__attach_iter(skel->progs.tasks, NULL);
	say_ptr("all tasks", link);
	say_err("more than one", lines(link, text, sizeof(text)) > 1);
	bpf_link__destroy(link);
	opts.link_info_len = 0;
	say_link("info without a length", bpf_program__attach_iter(skel->progs.tasks, &opts));
	say_link("of another type", bpf_program__attach_iter(skel->progs.raw, NULL));
	say_err("iterate over no link", bpf_iter_create(NOBODYS));
}

/* --- functions of other programs -------------------------------------------------------------- */

static int run(const struct bpf_program *prog)
{
	char packet[64] = {0};
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = packet, .data_size_in = sizeof(packet));
	int err = bpf_prog_test_run_opts(bpf_program__fd(prog), &opts);

	return err ? err : (int)opts.retval;
}

static struct hooks_bpf *open_replacement(void)
{
	struct hooks_bpf *other = hooks_bpf__open();
	struct bpf_program *p;

	if (!other)
		exit(1);
	bpf_object__for_each_program(p, other->obj)
		bpf_program__set_autoload(p, p == other->progs.replacement);
	return other;
}

static void replacements(void)
{
	struct hooks_bpf *other = open_replacement();
	int fd = bpf_program__fd(skel->progs.target);
	struct bpf_program *p = other->progs.replacement;
	struct bpf_link *link;

	say_err("load without a target", hooks_bpf__load(other));
	hooks_bpf__destroy(other);
	other = open_replacement();
	p = other->progs.replacement;
	say_err("target without the function", bpf_program__set_attach_target(p, fd, "nothing"));
	say_err("target", bpf_program__set_attach_target(p, fd, NULL));
	say_err("load", hooks_bpf__load(other));
	say_err("before", run(skel->progs.target));
	link = bpf_program__attach_freplace(p, 0, NULL);
	say_ptr("attach", link);
	say_err("replaced", run(skel->progs.target));
	say_err("destroy", bpf_link__destroy(link));
	say_err("after", run(skel->progs.target));
	link = bpf_program__attach_freplace(p, fd, "replaced");
	say_ptr("attach by name", link);
	say_err("replaced", run(skel->progs.target));
	say_err("destroy", bpf_link__destroy(link));
	say_link("attach by section", bpf_program__attach(p));
	say_link("no name", bpf_program__attach_freplace(p, fd, NULL));
	say_link("no target", bpf_program__attach_freplace(p, 0, "replaced"));
	say_link("no function", bpf_program__attach_freplace(p, fd, "nothing"));
	say_link("nobody's", bpf_program__attach_freplace(p, NOBODYS, "replaced"));
	say_link("of another type", bpf_program__attach_freplace(skel->progs.raw, fd, "replaced"));
	hooks_bpf__destroy(other);
}

/* --- network ---------------------------------------------------------------------------------- */

/* Something to count. */
static void send_packet(void)
{
	const struct sockaddr_in to = {.sin_family = AF_INET,
				       .sin_port = htons(12345),
				       .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (fd < 0 || connect(fd, (const struct sockaddr *)&to, sizeof(to)) ||
	    write(fd, "x", 1) != 1)
		printf("no packet was sent: %s\n", say_name(errno));
	if (fd >= 0)
		close(fd);
}

static void cgroups(const char *folder)
{
	LIBBPF_OPTS(bpf_cgroup_opts, opts);
	int fd = open(folder, O_RDONLY);
	struct bpf_link *link, *second;
	__u32 ids[4] = {0};
	LIBBPF_OPTS(bpf_prog_query_opts, query, .prog_ids = ids, .prog_cnt = 4);

	say_err("cgroup", fd < 0 ? -errno : 0);
	link = bpf_program__attach_cgroup(skel->progs.egress, fd);
	say_ptr("attach", link);
	opts.flags = BPF_F_BEFORE | BPF_F_LINK;
	opts.relative_fd = bpf_link__fd(link);
	second = bpf_program__attach_cgroup_opts(skel->progs.egress2, fd, &opts);
	say_ptr("before it", second);
	say_err("query", bpf_prog_query_opts(fd, BPF_CGROUP_INET_EGRESS, &query));
	printf("%u programs\n", query.prog_cnt);
	say_err("destroy", bpf_link__destroy(second));
	opts.relative_id = ids[0];
	say_link("twice relative", bpf_program__attach_cgroup_opts(skel->progs.egress2, fd, &opts));
	opts.relative_fd = 0;
	opts.relative_id = 0x7fffffff;
	say_link("before nobody's",
		 bpf_program__attach_cgroup_opts(skel->progs.egress2, fd, &opts));
	opts = (struct bpf_cgroup_opts){.sz = sizeof(opts), .expected_revision = 999};
	say_link("another revision",
		 bpf_program__attach_cgroup_opts(skel->progs.egress2, fd, &opts));
	say_err("update", bpf_link__update_program(link, skel->progs.egress2));
	say_err("update to another type", bpf_link__update_program(link, skel->progs.packet));
	say_err("destroy", bpf_link__destroy(link));
	say_link("no cgroup", bpf_program__attach_cgroup(skel->progs.egress, -1));
	say_link("nobody's", bpf_program__attach_cgroup(skel->progs.egress, NOBODYS));
	say_link("a map's",
		 bpf_program__attach_cgroup(skel->progs.egress, bpf_map__fd(skel->maps.numbers)));
	say_link("of another type", bpf_program__attach_cgroup(skel->progs.raw, fd));
	close(fd);
}

static void namespaces(void)
{
	int fd = open("/proc/self/ns/net", O_RDONLY);
	struct bpf_link *link;

	say_err("namespace", fd < 0 ? -errno : 0);
	link = bpf_program__attach_netns(skel->progs.lookup, fd);
	say_ptr("attach", link);
	send_packet();
	show("lookup", LOOKUP);
	say_err("detach", bpf_link__detach(link));
	send_packet();
	show("detached", LOOKUP);
	say_err("destroy", bpf_link__destroy(link));
	say_link("dissector", bpf_program__attach_netns(skel->progs.dissect, fd));
	say_link("nobody's", bpf_program__attach_netns(skel->progs.lookup, NOBODYS));
	say_link("none", bpf_program__attach_netns(skel->progs.lookup, -1));
	say_link("of another type", bpf_program__attach_netns(skel->progs.raw, fd));
	close(fd);
}

static void devices(void)
{
	struct bpf_link *link = bpf_program__attach_xdp(skel->progs.packet, LO);

	say_ptr("xdp", link);
	send_packet();
	show("packets", PACKET);
	say_link("once more", bpf_program__attach_xdp(skel->progs.packet, LO));
	say_err("destroy", bpf_link__destroy(link));
	say_link("no interface", bpf_program__attach_xdp(skel->progs.packet, 0));
	say_link("nobody's", bpf_program__attach_xdp(skel->progs.packet, NOBODYS));
	say_link("of another type", bpf_program__attach_xdp(skel->progs.raw, LO));
	say_link("tcx nowhere", bpf_program__attach_tcx(skel->progs.target, 0, NULL));
	say_link("netkit nowhere", bpf_program__attach_netkit(skel->progs.target, 0, NULL));
	link = bpf_program__attach_sockmap(skel->progs.message, bpf_map__fd(skel->maps.socks));
	say_ptr("sockmap", link);
	bpf_link__destroy(link);
	say_link("no sockmap",
		 bpf_program__attach_sockmap(skel->progs.message, bpf_map__fd(skel->maps.numbers)));
	say_link("nobody's sockmap", bpf_program__attach_sockmap(skel->progs.message, NOBODYS));
}

/* --- links ------------------------------------------------------------------------------------ */

static void pinned(void)
{
	const char *path = "/sys/fs/bpf/wbpf-obj-link", *other = "/sys/fs/bpf/wbpf-obj-link2";
	struct bpf_link *link = bpf_program__attach_xdp(skel->progs.packet, LO), *again;

	say_ptr("link", link);
	printf("path %s\n", bpf_link__pin_path(link) ? bpf_link__pin_path(link) : "-");
	say_err("unpin", bpf_link__unpin(link));
	say_err("pin", bpf_link__pin(link, path));
	say_err("pin again", bpf_link__pin(link, other));
	printf("path %s\n", bpf_link__pin_path(link));
	say_err("destroy", bpf_link__destroy(link));
	send_packet();
	show("it stays", PACKET);
	again = bpf_link__open(path);
	say_ptr("open", again);
	printf("path %s\n", bpf_link__pin_path(again));
	say_err("update", bpf_link__update_program(again, skel->progs.packet));
	say_err("pin once more", bpf_link__pin(again, other));
	say_err("unpin", bpf_link__unpin(again));
	say_err("pin elsewhere", bpf_link__pin(again, other));
	say_err("unpin", bpf_link__unpin(again));
	say_err("unpin again", bpf_link__unpin(again));
	say_err("detach", bpf_link__detach(again));
	say_err("detach again", bpf_link__detach(again));
	say_err("destroy", bpf_link__destroy(again));
	say_ptr("open what is gone", bpf_link__open(path));
	say_ptr("open what is no link", bpf_link__open("/sys/fs/bpf"));
	link = bpf_program__attach_xdp(skel->progs.packet, LO);
	say_ptr("link", link);
	say_err("pin nowhere", bpf_link__pin(link, "/no/such/folder/x"));
	say_err("pin outside", bpf_link__pin(link, "/tmp/wbpf-obj-x"));
	bpf_link__disconnect(link);
	say_err("destroy", bpf_link__destroy(link));
	send_packet();
	show("disconnected it stays", PACKET);
	say_link("so it is in the way", bpf_program__attach_xdp(skel->progs.packet, LO));
}

static void pinned_object(void)
{
	const char *folder = "/sys/fs/bpf/wbpf-obj-object";

	say_err("pin programs", bpf_object__pin_programs(skel->obj, folder));
	say_err("again", bpf_object__pin_programs(skel->obj, folder));
	say_err("unpin programs", bpf_object__unpin_programs(skel->obj, folder));
	say_err("again", bpf_object__unpin_programs(skel->obj, folder));
	say_err("pin maps", bpf_object__pin_maps(skel->obj, folder));
	printf("%d %s\n", bpf_map__is_pinned(skel->maps.numbers),
	       bpf_map__pin_path(skel->maps.numbers));
	printf("%s\n", bpf_map__pin_path(skel->maps.bss));
	say_err("pin again", bpf_object__pin_maps(skel->obj, folder));
	say_err("pin elsewhere", bpf_map__pin(skel->maps.numbers, "/sys/fs/bpf/wbpf-obj-x"));
	say_err("unpin elsewhere", bpf_map__unpin(skel->maps.numbers, "/sys/fs/bpf/wbpf-obj-x"));
	say_err("unpin", bpf_map__unpin(skel->maps.numbers, NULL));
	say_err("unpin maps", bpf_object__unpin_maps(skel->obj, folder));
	printf("%d %s\n", bpf_map__is_pinned(skel->maps.numbers),
	       bpf_map__pin_path(skel->maps.numbers));
	bpf_map__unpin(skel->maps.bss, NULL);
	bpf_map__unpin(skel->maps.rodata, NULL);
	say_err("pin nothing", bpf_object__pin_maps(NULL, folder));
	say_err("unpin nothing", bpf_object__unpin(NULL, folder));
	say_err("pin outside", bpf_object__pin(skel->obj, "/tmp/wbpf-obj-outside"));
}

/* Kernels have been seen that let not even root load a program that goes through a map's elements.
 */
static int open_skeleton(bool elements)
{
	skel = hooks_bpf__open();
	if (!skel)
		return -errno;
	bpf_program__set_autoload(skel->progs.elements, elements);
	bpf_program__set_autoload(skel->progs.any_iter, true);
	say_err("target", bpf_program__set_attach_target(skel->progs.any_iter, 0, "bpf_map"));
	return 0;
}

static int load_skeleton(void)
{
	int err = hooks_bpf__load(skel);

	say_err("load", err);
	if (!err)
		return 0;
	hooks_bpf__destroy(skel);
	err = open_skeleton(false);
	if (!err)
		err = hooks_bpf__load(skel);
	say_err("load without elements", err);
	return err;
}

int main(int argc, char **argv)
{
	if (argc < 4)
		return 2;
	libbpf_set_print(quiet);
	if (open_skeleton(true))
		return 1;
	say_ptr("attach too early",
		bpf_program__attach_raw_tracepoint(skel->progs.raw, "sys_enter"));
	say_ptr("attach too early", bpf_program__attach_iter(skel->progs.tasks, NULL));
	say_ptr("attach too early", bpf_program__attach_cgroup(skel->progs.egress, -1));
	say_ptr("attach too early", bpf_program__attach_perf_event(skel->progs.event, NOBODYS));
	if (load_skeleton())
		return 1;
	skel->bss->self = getpid();
	tracepoints();
	raw_tracepoints();
	probes();
	usdt(argv[2], atoi(argv[3]));
	events();
	iterators();
	replacements();
	cgroups(argv[1]);
	namespaces();
	devices();
	pinned();
	pinned_object();
	say_link("any iterator", bpf_program__attach(skel->progs.any_iter));
	hooks_bpf__destroy(skel);
	return 0;
}
