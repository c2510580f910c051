// SPDX-License-Identifier: BSD-2-Clause
/*
 * bpf_link_*() and bpf_prog_attach*(), for each kind that needs no help of libbpf.c. Run in a
 * network namespace of its own; the arguments are the folder of an empty cgroup and the number of
 * the kind of events that are uprobes.
 */
#include <linux/perf_event.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include "insns.h"
#include "say.h"

enum { LO = 1 };

static struct btf *kernel;

static int say_fd(const char *what, int fd)
{
	say_err(what, fd < 0 ? fd : 0);
	return fd;
}

static void end(int fd)
{
	if (fd >= 0)
		close(fd);
}

static int load(enum bpf_prog_type type, enum bpf_attach_type attach, int number)
{
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .expected_attach_type = attach);

	return say_fd("load", load_return(type, number, &opts));
}

/* A program that counts in a map how often it ran. */
static int load_count(enum bpf_prog_type type, enum bpf_attach_type attach, int map, int number)
{
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .expected_attach_type = attach);
	struct bpf_insn insns[] = {
		MAP_AT(BPF_REG_1, BPF_PSEUDO_MAP_VALUE, map, 0),
		MOV_IMM(BPF_REG_2, 1),
		INSN(BPF_STX | BPF_ATOMIC | BPF_DW, BPF_REG_1, BPF_REG_2, 0, BPF_ADD),
		MOV_IMM(BPF_REG_0, number),
		EXIT(),
	};

	return say_fd("load", bpf_prog_load(type, "counts", "GPL", insns, COUNT(insns), &opts));
}

static struct bpf_link_info info_of(int link)
{
	struct bpf_link_info info = {0};
	__u32 len = sizeof(info);

	say_err("info", bpf_link_get_info_by_fd(link, &info, &len));
	printf("type %u, id %d, program %d\n", info.type, info.id != 0, info.prog_id != 0);
	return info;
}

static void raw_tracepoint(void)
{
	LIBBPF_OPTS(bpf_raw_tp_opts, opts, .tp_name = "sys_enter", .cookie = 77);
	int map = bpf_map_create(BPF_MAP_TYPE_ARRAY, "count", 4, 8, 1, NULL), key = 0;
	int prog = load_count(BPF_PROG_TYPE_RAW_TRACEPOINT, 0, map, 0), link;
	char name[32] = "", tiny[4] = "";
	struct bpf_link_info info;
	__u32 len = sizeof(info);
	long long count = 0;

	printf("-- raw tracepoint\n");
	link = say_fd("open", bpf_raw_tracepoint_open_opts(prog, &opts));
	getppid();
	usleep(1);
	say_err("lookup", bpf_map_lookup_elem(map, &key, &count));
	printf("ran %d\n", count > 0);
	info = info_of(link);
	printf("name's length %u, cookie %llu\n", info.raw_tracepoint.tp_name_len,
	       (unsigned long long)info.raw_tracepoint.cookie);
	info = (struct bpf_link_info){.raw_tracepoint.tp_name = (unsigned long)name,
				      .raw_tracepoint.tp_name_len = sizeof(name)};
	say_err("name", bpf_link_get_info_by_fd(link, &info, &len));
	printf("%s, %u, %d\n", name, info.raw_tracepoint.tp_name_len,
	       info.raw_tracepoint.tp_name == (unsigned long)name);
	info = (struct bpf_link_info){.raw_tracepoint.tp_name = (unsigned long)tiny,
				      .raw_tracepoint.tp_name_len = sizeof(tiny)};
	say_err("tiny name", bpf_link_get_info_by_fd(link, &info, &len));
	printf("%.4s\n", tiny);
	info = (struct bpf_link_info){.raw_tracepoint.tp_name_len = 5};
	say_err("name to nowhere", bpf_link_get_info_by_fd(link, &info, &len));
	say_err("update", bpf_link_update(link, prog, NULL));
	say_err("detach", bpf_link_detach(link));
	end(link);
	link = say_fd("open by name", bpf_raw_tracepoint_open("sys_exit", prog));
	end(link);
	say_fd("no such one", bpf_raw_tracepoint_open("no_such_tracepoint", prog));
	say_fd("no name", bpf_raw_tracepoint_open(NULL, prog));
	say_fd("no program", bpf_raw_tracepoint_open("sys_enter", -1));
	say_fd("a map", bpf_raw_tracepoint_open("sys_enter", map));
	end(prog);
	end(map);
}

static int load_tracing(enum bpf_attach_type attach, const char *prefix, const char *name)
{
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .expected_attach_type = attach);
	enum { TYPEDEF = 8, FUNC = 12 };
	char full[64];

	snprintf(full, sizeof(full), "%s%s", prefix, name);
	int id = btf__find_by_name_kind(
		kernel, full, attach == BPF_TRACE_RAW_TP ? BTF_KIND_TYPEDEF : BTF_KIND_FUNC);
	printf("%s: %d\n", full, id > 0);
	opts.attach_btf_id = id > 0 ? (__u32)id : 0;
	return say_fd("load", load_return(BPF_PROG_TYPE_TRACING, 0, &opts));
}

static void tracing(void)
{
	LIBBPF_OPTS(bpf_link_create_opts, opts, .tracing.cookie = 5);
	int prog = load_tracing(BPF_TRACE_RAW_TP, "btf_trace_", "sched_switch");
	int link = say_fd("create", bpf_link_create(prog, 0, BPF_TRACE_RAW_TP, &opts));

	printf("-- tracing\n");
	info_of(link);
	say_fd("another type", bpf_link_create(prog, 0, BPF_TRACE_FENTRY, &opts));
	say_fd("two kinds of options", bpf_link_create(prog, 0, BPF_CGROUP_DEVICE, &opts));
	say_fd("with a target", bpf_link_create(prog, 4000, BPF_TRACE_RAW_TP, NULL));
	end(link);
	end(prog);
	prog = load_tracing(BPF_TRACE_FENTRY, "", "bpf_fentry_test1");
	link = say_fd("create", bpf_link_create(prog, 0, BPF_TRACE_FENTRY, &opts));
	if (link >= 0)
		printf("cookie %llu\n", (unsigned long long)info_of(link).tracing.cookie);
	opts = (struct bpf_link_create_opts){.sz = sizeof(opts), .target_btf_id = 1};
	say_fd("half a target", bpf_link_create(prog, 0, BPF_TRACE_FENTRY, &opts));
	say_fd("no such target", bpf_link_create(prog, 4000, BPF_TRACE_FENTRY, &opts));
	end(link);
	end(prog);
}

static void cgroup(const char *folder)
{
	LIBBPF_OPTS(bpf_link_create_opts, opts);
	LIBBPF_OPTS(bpf_link_update_opts, update);
	LIBBPF_OPTS(bpf_prog_query_opts, query);
	enum bpf_attach_type type = BPF_CGROUP_INET_EGRESS;
	int fd, prog, other, wrong, link, second;
	__u32 ids[4] = {0}, flags[4] = {0};

	printf("-- cgroup\n");
	fd = say_fd("folder", open(folder, O_RDONLY | O_DIRECTORY));
	prog = load(BPF_PROG_TYPE_CGROUP_SKB, type, 1);
	other = load(BPF_PROG_TYPE_CGROUP_SKB, type, 1);
	wrong = load(BPF_PROG_TYPE_SOCKET_FILTER, 0, 0);
	link = say_fd("create", bpf_link_create(prog, fd, type, NULL));
	struct bpf_link_info info = info_of(link);
	printf("cgroup %d type %u\n", info.cgroup.cgroup_id != 0, info.cgroup.attach_type);
	second = say_fd("second", bpf_link_create(other, fd, type, NULL));
	query.prog_ids = ids, query.count = 4, query.prog_attach_flags = flags;
	say_err("query", bpf_prog_query_opts(fd, type, &query));
	printf("%u programs: %d %d, flags %#x %#x\n", query.count, ids[0] != 0, ids[1] != 0,
	       query.attach_flags, flags[0]);
	query = (struct bpf_prog_query_opts){.sz = sizeof(query), .prog_ids = ids, .count = 1};
	say_err("query too short", bpf_prog_query_opts(fd, type, &query));
	printf("%u programs\n", query.count);
	say_err("update", bpf_link_update(link, other, NULL));
	update.flags = BPF_F_REPLACE, update.old_prog_fd = prog;
	say_err("replace another", bpf_link_update(link, prog, &update));
	update.old_prog_fd = other;
	say_err("replace", bpf_link_update(link, prog, &update));
	update.old_prog_fd = 4000;
	say_err("replace nothing", bpf_link_update(link, prog, &update));
	say_err("update to nothing", bpf_link_update(link, -1, NULL));
	say_err("update another kind", bpf_link_update(link, wrong, NULL));
	say_err("update no link", bpf_link_update(prog, prog, NULL));
	say_err("detach", bpf_link_detach(link));
	say_err("detach again", bpf_link_detach(link));
	say_err("update detached", bpf_link_update(link, other, NULL));
	say_err("detach nothing", bpf_link_detach(4000));
	end(second);
	opts.cgroup.relative_fd = 4000;
	opts.flags = BPF_F_BEFORE;
	end(say_fd("before nothing", bpf_link_create(prog, fd, type, &opts)));
	opts.flags = 1u << 30;
	say_fd("unknown flags", bpf_link_create(prog, fd, type, &opts));
	say_fd("another type", bpf_link_create(prog, fd, BPF_CGROUP_DEVICE, NULL));
	say_fd("another program", bpf_link_create(wrong, fd, type, NULL));
	say_fd("no folder", bpf_link_create(prog, -1, type, NULL));
	say_fd("a program as folder", bpf_link_create(prog, other, type, NULL));
	say_fd("no program", bpf_link_create(4000, fd, type, NULL));
	say_fd("a link as program", bpf_link_create(link, fd, type, NULL));
	opts.sz = 1;
	say_fd("bad options", bpf_link_create(prog, fd, type, &opts));
	end(link);
	end(prog), end(other), end(wrong), end(fd);
}

/* Attached without a link. */
static void attached(const char *folder)
{
	LIBBPF_OPTS(bpf_prog_attach_opts, opts, .flags = BPF_F_ALLOW_MULTI);
	LIBBPF_OPTS(bpf_prog_detach_opts, detach);
	enum bpf_attach_type type = BPF_CGROUP_INET_INGRESS;
	int fd = open(folder, O_RDONLY | O_DIRECTORY), prog[3];
	__u32 ids[4] = {0}, count = 4, flags = 0;

	printf("-- attached\n");
	for (int i = 0; i < 3; i++)
		prog[i] = load(BPF_PROG_TYPE_CGROUP_SKB, type, 1);
	say_err("attach", bpf_prog_attach(prog[0], fd, type, BPF_F_ALLOW_MULTI));
	say_err("attach again", bpf_prog_attach(prog[0], fd, type, BPF_F_ALLOW_MULTI));
	say_err("attach alone", bpf_prog_attach(prog[1], fd, type, 0));
	say_err("attach second", bpf_prog_attach_opts(prog[1], fd, type, &opts));
	opts.flags = BPF_F_ALLOW_MULTI | BPF_F_REPLACE, opts.replace_fd = prog[0];
	say_err("replace", bpf_prog_attach_opts(prog[2], fd, type, &opts));
	say_err("replace again", bpf_prog_attach_opts(prog[2], fd, type, &opts));
	opts.replace_fd = 4000;
	say_err("replace nothing", bpf_prog_attach_opts(prog[0], fd, type, &opts));
	say_err("query", bpf_prog_query(fd, type, 0, &flags, ids, &count));
	printf("%u programs, flags %#x\n", count, flags);
	count = 4;
	say_err("query effective",
		bpf_prog_query(fd, type, BPF_F_QUERY_EFFECTIVE, &flags, ids, &count));
	count = 0;
	say_err("query count", bpf_prog_query(fd, type, 0, &flags, NULL, &count));
	printf("%u programs\n", count);
	say_err("query nothing", bpf_prog_query(-1, type, 0, &flags, ids, &count));
	say_err("query unknown", bpf_prog_query(fd, 9999, 0, &flags, ids, &count));
	say_err("detach all", bpf_prog_detach(fd, type));
	say_err("detach one", bpf_prog_detach2(prog[1], fd, type));
	say_err("detach it again", bpf_prog_detach2(prog[1], fd, type));
	detach.flags = 1u << 30;
	say_err("unknown flags", bpf_prog_detach_opts(prog[2], fd, type, &detach));
	say_err("detach other", bpf_prog_detach_opts(prog[2], fd, type, NULL));
	say_err("attach to nothing", bpf_prog_attach(prog[0], -1, type, 0));
	say_err("attach nothing", bpf_prog_attach(-1, fd, type, 0));
	say_err("attach unknown", bpf_prog_attach(prog[0], fd, 9999, 0));
	opts = (struct bpf_prog_attach_opts){
		.sz = sizeof(opts), .relative_fd = 1, .relative_id = 1};
	say_err("two relatives", bpf_prog_attach_opts(prog[0], fd, type, &opts));
	for (int i = 0; i < 3; i++)
		end(prog[i]);
	end(fd);
}

/* In the order of the list, as links and without. */
static void interfaces(void)
{
	LIBBPF_OPTS(bpf_link_create_opts, opts);
	LIBBPF_OPTS(bpf_prog_attach_opts, attach);
	LIBBPF_OPTS(bpf_prog_detach_opts, detach);
	LIBBPF_OPTS(bpf_prog_query_opts, query);
	int prog[4], link[2], wrong = load(BPF_PROG_TYPE_XDP, 0, 2);
	__u32 ids[8] = {0}, links[8] = {0}, len = sizeof(struct bpf_prog_info), id[4];

	printf("-- tcx\n");
	for (int i = 0; i < 4; i++) {
		struct bpf_prog_info info = {0};

		prog[i] = load(BPF_PROG_TYPE_SCHED_CLS, 0, -1);
		bpf_prog_get_info_by_fd(prog[i], &info, &len);
		id[i] = info.id;
	}
	link[0] = say_fd("create", bpf_link_create(prog[0], LO, BPF_TCX_INGRESS, NULL));
	opts.flags = BPF_F_BEFORE | BPF_F_LINK, opts.tcx.relative_fd = link[0];
	link[1] = say_fd("before", bpf_link_create(prog[1], LO, BPF_TCX_INGRESS, &opts));
	struct bpf_link_info info = info_of(link[1]);
	printf("interface %u, type %u\n", info.tcx.ifindex, info.tcx.attach_type);
	attach.flags = BPF_F_AFTER, attach.relative_id = id[0];
	say_err("attach after", bpf_prog_attach_opts(prog[2], LO, BPF_TCX_INGRESS, &attach));
	attach = (struct bpf_prog_attach_opts){.sz = sizeof(attach), .flags = BPF_F_BEFORE};
	attach.relative_fd = prog[2];
	say_err("attach before", bpf_prog_attach_opts(prog[3], LO, BPF_TCX_INGRESS, &attach));
	attach.expected_revision = 1000;
	say_err("wrong revision", bpf_prog_attach_opts(wrong, LO, BPF_TCX_INGRESS, &attach));
	say_err("wrong revision", bpf_prog_attach_opts(prog[3], LO, BPF_TCX_INGRESS, &attach));
	query.prog_ids = ids, query.link_ids = links, query.count = 8;
	say_err("query", bpf_prog_query_opts(LO, BPF_TCX_INGRESS, &query));
	printf("%u programs, order", query.count);
	for (__u32 i = 0; i < query.count && i < 8; i++)
		for (int p = 0; p < 4; p++)
			if (ids[i] == id[p])
				printf(" %d%s", p, links[i] ? " as a link" : "");
	printf(", revision %llu\n", (unsigned long long)query.revision);
	say_err("query no interface", bpf_prog_query_opts(9999, BPF_TCX_INGRESS, &query));
	say_fd("no interface", bpf_link_create(prog[0], 9999, BPF_TCX_INGRESS, NULL));
	say_fd("another program", bpf_link_create(wrong, LO, BPF_TCX_INGRESS, NULL));
	opts.tcx.relative_fd = 4000;
	say_fd("before nothing", bpf_link_create(prog[3], LO, BPF_TCX_INGRESS, &opts));
	say_fd("netkit", bpf_link_create(prog[3], LO, BPF_NETKIT_PRIMARY, NULL));
	say_err("query netkit", bpf_prog_query_opts(LO, BPF_NETKIT_PEER, &query));
	say_err("update", bpf_link_update(link[0], prog[1], NULL));
	say_err("detach by program", bpf_prog_detach_opts(prog[2], LO, BPF_TCX_INGRESS, &detach));
	detach.flags = BPF_F_AFTER;
	say_err("detach the last", bpf_prog_detach_opts(0, LO, BPF_TCX_INGRESS, &detach));
	say_err("detach link", bpf_link_detach(link[0]));
	end(link[0]), end(link[1]);
	query.count = 8;
	say_err("query", bpf_prog_query_opts(LO, BPF_TCX_INGRESS, &query));
	printf("%u programs\n", query.count);
	detach.flags = 0;
	say_err("detach", bpf_prog_detach_opts(prog[3], LO, BPF_TCX_INGRESS, &detach));
	for (int i = 0; i < 4; i++)
		end(prog[i]);
	end(wrong);
}

static void xdp(void)
{
	LIBBPF_OPTS(bpf_link_create_opts, opts, .flags = 2 /* XDP_FLAGS_SKB_MODE */);
	int prog = load(BPF_PROG_TYPE_XDP, BPF_XDP, 2), other = load(BPF_PROG_TYPE_XDP, BPF_XDP, 2);
	int link;

	printf("-- XDP\n");
	link = say_fd("create", bpf_link_create(prog, LO, BPF_XDP, &opts));
	printf("interface %u\n", info_of(link).xdp.ifindex);
	say_fd("create again", bpf_link_create(other, LO, BPF_XDP, &opts));
	say_err("update", bpf_link_update(link, other, NULL));
	say_fd("no interface", bpf_link_create(prog, 9999, BPF_XDP, &opts));
	say_err("detach", bpf_link_detach(link));
	printf("interface %u\n", info_of(link).xdp.ifindex);
	end(link), end(prog), end(other);
}

static void namespaces(void)
{
	int netns = say_fd("namespace", open("/proc/self/ns/net", O_RDONLY));
	int lookup = load(BPF_PROG_TYPE_SK_LOOKUP, BPF_SK_LOOKUP, 1);
	int dissector = load(BPF_PROG_TYPE_FLOW_DISSECTOR, BPF_FLOW_DISSECTOR, 0);
	__u32 ids[2] = {0}, count = 2, flags = 0;
	int link, other;

	printf("-- network namespace\n");
	link = say_fd("create", bpf_link_create(lookup, netns, BPF_SK_LOOKUP, NULL));
	struct bpf_link_info info = info_of(link);
	printf("namespace %d type %u\n", info.netns.netns_ino != 0, info.netns.attach_type);
	other = say_fd("create", bpf_link_create(dissector, netns, BPF_FLOW_DISSECTOR, NULL));
	say_err("query", bpf_prog_query(netns, BPF_SK_LOOKUP, 0, &flags, ids, &count));
	printf("%u programs\n", count);
	say_err("query a program", bpf_prog_query(lookup, BPF_SK_LOOKUP, 0, &flags, ids, &count));
	say_fd("no namespace", bpf_link_create(lookup, -1, BPF_SK_LOOKUP, NULL));
	say_fd("a program", bpf_link_create(lookup, lookup, BPF_SK_LOOKUP, NULL));
	say_err("attach beside a link", bpf_prog_attach(dissector, 0, BPF_FLOW_DISSECTOR, 0));
	end(other);
	say_err("attach", bpf_prog_attach(dissector, 0, BPF_FLOW_DISSECTOR, 0));
	say_err("attach with a target", bpf_prog_attach(dissector, netns, BPF_FLOW_DISSECTOR, 0));
	count = 2;
	say_err("query", bpf_prog_query(netns, BPF_FLOW_DISSECTOR, 0, &flags, ids, &count));
	printf("%u programs\n", count);
	say_err("detach no program", bpf_prog_detach(0, BPF_FLOW_DISSECTOR));
	say_err("detach", bpf_prog_detach2(dissector, 0, BPF_FLOW_DISSECTOR));
	say_err("detach again", bpf_prog_detach2(dissector, 0, BPF_FLOW_DISSECTOR));
	end(link), end(lookup), end(dissector), end(netns);
}

static void sockets(void)
{
	int map = bpf_map_create(BPF_MAP_TYPE_SOCKMAP, "sockets", 4, 4, 2, NULL);
	int other = bpf_map_create(BPF_MAP_TYPE_ARRAY, "array", 4, 4, 2, NULL);
	int prog = load(BPF_PROG_TYPE_SK_MSG, 0, 1), link;
	__u32 ids[2] = {0}, count = 2, flags = 0;

	printf("-- sockmap\n");
	say_err("attach", bpf_prog_attach(prog, map, BPF_SK_MSG_VERDICT, 0));
	say_err("query", bpf_prog_query(map, BPF_SK_MSG_VERDICT, 0, &flags, ids, &count));
	printf("%u programs\n", count);
	say_err("detach", bpf_prog_detach2(prog, map, BPF_SK_MSG_VERDICT));
	link = say_fd("create", bpf_link_create(prog, map, BPF_SK_MSG_VERDICT, NULL));
	struct bpf_link_info info = info_of(link);
	printf("map %d type %u\n", info.sockmap.map_id != 0, info.sockmap.attach_type);
	say_fd("to an array", bpf_link_create(prog, other, BPF_SK_MSG_VERDICT, NULL));
	say_fd("to nothing", bpf_link_create(prog, -1, BPF_SK_MSG_VERDICT, NULL));
	say_err("attach to an array", bpf_prog_attach(prog, other, BPF_SK_MSG_VERDICT, 0));
	end(link), end(prog), end(map), end(other);
}

static void show_iteration(int link)
{
	int iter = say_fd("iterator", bpf_iter_create(link)), got;
	char text[64];

	while ((got = (int)read(iter, text, sizeof(text))) > 0)
		;
	say_err("read", got < 0 ? -errno : got);
	end(iter);
}

static void iterators(void)
{
	union bpf_iter_link_info where = {0};
	LIBBPF_OPTS(bpf_link_create_opts, opts, .iter_info = &where,
		    .iter_info_len = sizeof(where));
	struct {
		union bpf_iter_link_info info;
		int more;
	} longer = {.more = 1};
	int map = bpf_map_create(BPF_MAP_TYPE_HASH, "walked", 4, 4, 2, NULL);
	int tasks = load_tracing(BPF_TRACE_ITER, "bpf_iter_", "task");
	int elements = load_tracing(BPF_TRACE_ITER, "bpf_iter_", "bpf_map_elem");
	int maps = load_tracing(BPF_TRACE_ITER, "bpf_iter_", "bpf_map");
	char name[32] = "";
	__u32 len = sizeof(struct bpf_link_info);
	int link;

	printf("-- iterators\n");
	link = say_fd("tasks", bpf_link_create(tasks, 0, BPF_TRACE_ITER, NULL));
	struct bpf_link_info info = info_of(link);
	info = (struct bpf_link_info){.iter.target_name = (unsigned long)name,
				      .iter.target_name_len = sizeof(name)};
	say_err("name", bpf_link_get_info_by_fd(link, &info, &len));
	printf("%s\n", name);
	show_iteration(link);
	say_err("update", bpf_link_update(link, tasks, NULL));
	end(link);
	where.task.pid = getpid();
	link = say_fd("this task", bpf_link_create(tasks, 0, BPF_TRACE_ITER, &opts));
	info = info_of(link);
	printf("this process %d\n", info.iter.task.pid == (__u32)getpid());
	show_iteration(link);
	end(link);
	where = (union bpf_iter_link_info){.task.pid_fd = 4000};
	say_fd("no pidfd", bpf_link_create(tasks, 0, BPF_TRACE_ITER, &opts));
	where = (union bpf_iter_link_info){.task.tid = 1, .task.pid = 1};
	say_fd("too much", bpf_link_create(tasks, 0, BPF_TRACE_ITER, &opts));
	where = (union bpf_iter_link_info){.map.map_fd = (__u32)map};
	link = say_fd("elements", bpf_link_create(elements, 0, BPF_TRACE_ITER, &opts));
	info = info_of(link);
	printf("map %d\n", info.iter.map.map_id != 0);
	show_iteration(link);
	end(link);
	where.map.map_fd = 4000;
	say_fd("elements of nothing", bpf_link_create(elements, 0, BPF_TRACE_ITER, &opts));
	where.map.map_fd = 0;
	say_fd("elements of 0", bpf_link_create(elements, 0, BPF_TRACE_ITER, &opts));
	where.map.map_fd = (__u32)tasks;
	say_fd("elements of a program", bpf_link_create(elements, 0, BPF_TRACE_ITER, &opts));
	say_fd("elements of none", bpf_link_create(elements, 0, BPF_TRACE_ITER, NULL));
	opts.iter_info = &longer.info, opts.iter_info_len = sizeof(longer);
	say_fd("longer", bpf_link_create(maps, 0, BPF_TRACE_ITER, &opts));
	opts.iter_info_len = sizeof(where);
	longer.info.map.map_fd = 4000;
	end(say_fd("ignored", bpf_link_create(maps, 0, BPF_TRACE_ITER, &opts)));
	opts.iter_info = NULL;
	say_fd("from nowhere", bpf_link_create(maps, 0, BPF_TRACE_ITER, &opts));
	link = say_fd("maps", bpf_link_create(maps, 0, BPF_TRACE_ITER, NULL));
	show_iteration(link);
	end(link);
	say_fd("iterator of nothing", bpf_iter_create(-1));
	say_fd("iterator of a program", bpf_iter_create(tasks));
	end(map), end(tasks), end(elements), end(maps);
}

static void netfilter(void)
{
	LIBBPF_OPTS(bpf_link_create_opts, opts, .netfilter.pf = 2 /* NFPROTO_IPV4 */,
		    .netfilter.hooknum = 1, .netfilter.priority = -130);
	int prog = load(BPF_PROG_TYPE_NETFILTER, BPF_NETFILTER, 1), link;

	printf("-- netfilter\n");
	link = say_fd("create", bpf_link_create(prog, 0, BPF_NETFILTER, &opts));
	struct bpf_link_info info = info_of(link);
	printf("%u %u %d %#x\n", info.netfilter.pf, info.netfilter.hooknum, info.netfilter.priority,
	       info.netfilter.flags);
	opts.netfilter.hooknum = 77;
	say_fd("no such hook", bpf_link_create(prog, 0, BPF_NETFILTER, &opts));
	opts.netfilter.flags = 77;
	say_fd("unknown flags", bpf_link_create(prog, 0, BPF_NETFILTER, &opts));
	end(link), end(prog);
}

static void probes(void)
{
	const char *symbols[] = {"vfs_read", "vfs_write"};
	unsigned long addresses[] = {1, 2}, offsets[] = {0x1234, 0x1240}, counters[] = {0, 0};
	__u64 cookies[] = {11, 22};
	LIBBPF_OPTS(bpf_link_create_opts, opts, .kprobe_multi.syms = symbols, .kprobe_multi.cnt = 2,
		    .kprobe_multi.cookies = cookies);
	int kprobe = load(BPF_PROG_TYPE_KPROBE, BPF_TRACE_KPROBE_MULTI, 0);
	int uprobe = load(BPF_PROG_TYPE_KPROBE, BPF_TRACE_UPROBE_MULTI, 0), link;
	int tracepoint = load(BPF_PROG_TYPE_TRACEPOINT, 0, 0);
	__u32 len = sizeof(struct bpf_link_info);
	char path[64] = "";
	__u64 got_offsets[4] = {0}, got_cookies[4] = {0}, got_counters[4] = {0};

	printf("-- probes\n");
	link = say_fd("kprobes", bpf_link_create(kprobe, 0, BPF_TRACE_KPROBE_MULTI, &opts));
	end(link);
	opts.kprobe_multi.addrs = addresses;
	say_fd("both", bpf_link_create(kprobe, 0, BPF_TRACE_KPROBE_MULTI, &opts));
	opts.kprobe_multi.syms = NULL;
	say_fd("addresses", bpf_link_create(kprobe, 0, BPF_TRACE_KPROBE_MULTI, &opts));
	opts.kprobe_multi.cnt = 0;
	say_fd("none", bpf_link_create(kprobe, 0, BPF_TRACE_KPROBE_MULTI, &opts));
	opts = (struct bpf_link_create_opts){.sz = sizeof(opts)};
	opts.uprobe_multi.path = "/bin/sh", opts.uprobe_multi.offsets = offsets;
	opts.uprobe_multi.ref_ctr_offsets = counters, opts.uprobe_multi.cookies = cookies;
	opts.uprobe_multi.cnt = 2, opts.uprobe_multi.flags = BPF_F_UPROBE_MULTI_RETURN;
	link = say_fd("uprobes", bpf_link_create(uprobe, 0, BPF_TRACE_UPROBE_MULTI, &opts));
	if (link >= 0) {
		struct bpf_link_info info = info_of(link);
		printf("count %u flags %#x path %u\n", info.uprobe_multi.count,
		       info.uprobe_multi.flags, info.uprobe_multi.path_size);
		info = (struct bpf_link_info){
			.uprobe_multi.path = (unsigned long)path,
			.uprobe_multi.path_size = sizeof(path),
			.uprobe_multi.offsets = (unsigned long)got_offsets,
			.uprobe_multi.ref_ctr_offsets = (unsigned long)got_counters,
			.uprobe_multi.cookies = (unsigned long)got_cookies,
			.uprobe_multi.count = 4,
		};
		say_err("places", bpf_link_get_info_by_fd(link, &info, &len));
		printf("%s: %#llx %#llx, cookies %llu %llu\n", path,
		       (unsigned long long)got_offsets[0], (unsigned long long)got_offsets[1],
		       (unsigned long long)got_cookies[0], (unsigned long long)got_cookies[1]);
		info.uprobe_multi.count = 1;
		say_err("too few", bpf_link_get_info_by_fd(link, &info, &len));
	}
	end(link);
	opts.uprobe_multi.path = "/";
	say_fd("no file", bpf_link_create(uprobe, -1, BPF_TRACE_UPROBE_MULTI, &opts));
	opts.uprobe_multi.path = "/no/such/file";
	say_fd("no such file", bpf_link_create(uprobe, 0, BPF_TRACE_UPROBE_MULTI, &opts));
	opts.uprobe_multi.path = "/bin/sh", opts.uprobe_multi.pid = -1;
	say_fd("no process", bpf_link_create(uprobe, 0, BPF_TRACE_UPROBE_MULTI, &opts));
	opts.uprobe_multi.pid = 0, opts.uprobe_multi.cnt = 2000000;
	say_fd("too many", bpf_link_create(uprobe, 0, BPF_TRACE_UPROBE_MULTI, &opts));
	opts.uprobe_multi.cnt = 2, opts.uprobe_multi.flags = 77;
	say_fd("unknown flags", bpf_link_create(uprobe, 0, BPF_TRACE_UPROBE_MULTI, &opts));
	opts.uprobe_multi.path = NULL, opts.uprobe_multi.flags = 0;
	say_fd("no path", bpf_link_create(uprobe, 0, BPF_TRACE_UPROBE_MULTI, &opts));
	say_fd("no event", bpf_link_create(tracepoint, -1, BPF_PERF_EVENT, NULL));
	say_fd("a program as event", bpf_link_create(tracepoint, uprobe, BPF_PERF_EVENT, NULL));
	say_fd("not of this type", bpf_link_create(tracepoint, LO, BPF_XDP, NULL));
	end(kprobe), end(uprobe), end(tracepoint);
}

/* A probe of /bin/sh at a place where nothing runs, by the number of that kind of event. */
static int open_uprobe(int type)
{
	struct perf_event_attr attr = {.type = (__u32)type, .size = sizeof(attr)};

	attr.uprobe_path = (unsigned long)"/bin/sh";
	attr.probe_offset = 0x1234;
	return (int)syscall(__NR_perf_event_open, &attr, -1, 0, -1, PERF_FLAG_FD_CLOEXEC);
}

static int open_clock(void)
{
	struct perf_event_attr attr = {.type = PERF_TYPE_SOFTWARE,
				       .size = sizeof(attr),
				       .config = PERF_COUNT_SW_CPU_CLOCK,
				       .sample_period = 1000000000};

	return (int)syscall(__NR_perf_event_open, &attr, -1, 0, -1, PERF_FLAG_FD_CLOEXEC);
}

static void show_task_fd(int fd)
{
	char name[64] = "";
	__u32 len = sizeof(name), id = 0, type = 99;
	__u64 offset = 0, address = 0;

	say_err("task's",
		bpf_task_fd_query(getpid(), fd, 0, name, &len, &id, &type, &offset, &address));
	printf("%s, length %u, type %u, offset %#llx, program %d\n", name, len, type,
	       (unsigned long long)offset, id != 0);
}

static void events(int uprobe_type)
{
	LIBBPF_OPTS(bpf_link_create_opts, opts, .perf_event.bpf_cookie = 99);
	int clock = say_fd("clock", open_clock()),
	    uprobe = say_fd("uprobe", open_uprobe(uprobe_type));
	int prog = load(BPF_PROG_TYPE_PERF_EVENT, 0, 0), probe = load(BPF_PROG_TYPE_KPROBE, 0, 0);
	int map = bpf_map_create(BPF_MAP_TYPE_PERF_EVENT_ARRAY, "events", 4, 4, 2, NULL), link;
	char name[64] = "";
	__u32 len = sizeof(struct bpf_link_info);
	struct bpf_link_info info;

	printf("-- events\n");
	link = say_fd("create", bpf_link_create(prog, clock, BPF_PERF_EVENT, &opts));
	info = info_of(link);
	printf("type %u: %u %llu, cookie %llu\n", info.perf_event.type, info.perf_event.event.type,
	       (unsigned long long)info.perf_event.event.config,
	       (unsigned long long)info.perf_event.event.cookie);
	show_task_fd(clock);
	say_fd("again", bpf_link_create(prog, clock, BPF_PERF_EVENT, &opts));
	say_err("update", bpf_link_update(link, prog, NULL));
	say_err("detach", bpf_link_detach(link));
	end(link);
	link = say_fd("create", bpf_link_create(probe, uprobe, BPF_PERF_EVENT, &opts));
	info = info_of(link);
	printf("type %u: %u, cookie %llu\n", info.perf_event.type, info.perf_event.uprobe.name_len,
	       (unsigned long long)info.perf_event.uprobe.cookie);
	info = (struct bpf_link_info){.perf_event.uprobe.file_name = (unsigned long)name,
				      .perf_event.uprobe.name_len = sizeof(name)};
	say_err("name", bpf_link_get_info_by_fd(link, &info, &len));
	printf("%s at %#x, length %u, address %d\n", name, info.perf_event.uprobe.offset,
	       info.perf_event.uprobe.name_len,
	       info.perf_event.uprobe.file_name == (unsigned long)name);
	show_task_fd(uprobe);
	show_task_fd(map);
	end(link);
	say_fd("probe on a clock", bpf_link_create(probe, clock, BPF_PERF_EVENT, &opts));
	say_fd("clock on a map", bpf_link_create(prog, map, BPF_PERF_EVENT, &opts));
	opts.flags = 1;
	say_fd("flags", bpf_link_create(prog, clock, BPF_PERF_EVENT, &opts));
	end(clock), end(uprobe), end(prog), end(probe), end(map);
}

/* An extension takes the place of a function of another program. */
static void extension(void)
{
	struct btf *btf = btf__new_empty();
	int context = btf__add_struct(btf, "xdp_md", 4), number, pointer, proto;

	number = btf__add_int(btf, "int", 4, BTF_INT_SIGNED);
	pointer = btf__add_ptr(btf, context);
	proto = btf__add_func_proto(btf, number);
	btf__add_func_param(btf, "ctx", pointer);
	int outer = btf__add_func(btf, "outer", BTF_FUNC_GLOBAL, proto);
	int inner = btf__add_func(btf, "inner", BTF_FUNC_GLOBAL, proto);
	struct bpf_func_info functions[] = {{0, (__u32)outer}, {2, (__u32)inner}};
	struct bpf_insn insns[] = {INSN(BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_CALL, 0, 1), EXIT(),
				   MOV_IMM(BPF_REG_0, 1), EXIT()};
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .func_info = functions, .func_info_cnt = 2,
		    .func_info_rec_size = sizeof(*functions));
	LIBBPF_OPTS(bpf_test_run_opts, run);
	LIBBPF_OPTS(bpf_link_create_opts, create, .target_btf_id = (__u32)inner);
	char packet[64] = {0};

	printf("-- extension\n");
	say_err("types", btf__load_into_kernel(btf));
	opts.prog_btf_fd = btf__fd(btf);
	int prog =
		say_fd("load", bpf_prog_load(BPF_PROG_TYPE_XDP, "outer", "GPL", insns, 4, &opts));
	functions[0].type_id = (__u32)inner;
	opts.func_info_cnt = 1;
	opts.attach_prog_fd = prog, opts.attach_btf_id = (__u32)inner;
	struct bpf_insn two[] = {MOV_IMM(BPF_REG_0, 2), EXIT()};
	int ext = say_fd("load", bpf_prog_load(BPF_PROG_TYPE_EXT, "inner", "GPL", two, 2, &opts));
	int link = say_fd("create", bpf_link_create(ext, 0, 0, NULL));
	run.data_in = packet, run.data_size_in = sizeof(packet);
	say_err("run", bpf_prog_test_run_opts(prog, &run));
	printf("returns %u\n", run.retval);
	struct bpf_link_info info = info_of(link);
	printf("target %d %d\n", info.tracing.target_obj_id != 0,
	       info.tracing.target_btf_id == (__u32)inner);
	end(link);
	say_err("run", bpf_prog_test_run_opts(prog, &run));
	printf("returns %u\n", run.retval);
	link = say_fd("create by target", bpf_link_create(ext, prog, 0, &create));
	say_err("run", bpf_prog_test_run_opts(prog, &run));
	printf("returns %u\n", run.retval);
	end(link);
	say_fd("as XDP on lo", bpf_link_create(ext, LO, BPF_XDP, NULL));
	say_fd("target 4000", bpf_link_create(ext, 4000, 0, &create));
	end(ext), end(prog);
	btf__free(btf);
}

static int quiet(enum libbpf_print_level level, const char *format, va_list args)
{
	return 0;
}

int main(int argc, char **argv)
{
	if (argc < 3)
		return 2;
	libbpf_set_print(quiet);
	kernel = btf__load_from_kernel_by_id(1);
	say_ptr("kernel's types", kernel);
	raw_tracepoint();
	tracing();
	cgroup(argv[1]);
	attached(argv[1]);
	interfaces();
	xdp();
	namespaces();
	sockets();
	iterators();
	netfilter();
	probes();
	events(atoi(argv[2]));
	extension();
	btf__free(kernel);
	return 0;
}
