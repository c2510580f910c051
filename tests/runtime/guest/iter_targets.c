// SPDX-License-Identifier: BSD-2-Clause
/*
 * Every iterator of the kernel, with each kind of information that its link takes: whether it is
 * refused, and whether the program runs.
 */
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "descriptors.h"
#include "insns.h"
#include "iter_targets.skel.h"
#include "say.h"

static const char *const targets[] = {
	"bpf_map",
	"bpf_map_elem",
	"bpf_sk_storage_map",
	"bpf_prog",
	"bpf_link",
	"cgroup",
	"dmabuf",
	"ipv6_route",
	"kmem_cache",
	"ksym",
	"netlink",
	"sockmap",
	"task",
	"task_file",
	"task_vma",
	"tcp",
	"udp",
	"unix",
	"no_such_iterator",
};

static int group, process, connection;
static int counts; /* whether what it goes through is this program's own, and so many */

static int quiet(enum libbpf_print_level level, const char *format, va_list args)
{
	return 0;
}

static void go_through(const char *what, struct iter_targets_bpf *skel, struct bpf_link *link)
{
	char text[256];
	int fd;

	say_ptr(what, link);
	if (!link)
		return;
	skel->bss->runs = 0;
	fd = bpf_iter_create(bpf_link__fd(link));
	say_err("create", fd < 0 ? fd : 0);
	while (fd >= 0 && read(fd, text, sizeof(text)) > 0)
		;
	if (counts)
		printf("runs %lld\n", *(volatile long long *)&skel->bss->runs);
	else
		printf("runs %d\n", *(volatile long long *)&skel->bss->runs > 0);
	close(fd);
	say_err("update", bpf_link__update_program(link, skel->progs.each));
	bpf_link__destroy(link);
}

static void with(const char *what, struct iter_targets_bpf *skel, const struct bpf_program *prog,
		 union bpf_iter_link_info *info)
{
	LIBBPF_OPTS(bpf_iter_attach_opts, opts, .link_info = info, .link_info_len = sizeof(*info));

	go_through(what, skel, bpf_program__attach_iter(prog, &opts));
}

static void of_maps(struct iter_targets_bpf *skel, const struct bpf_program *prog)
{
	const struct bpf_map *const maps[] = {skel->maps.numbers, skel->maps.each_cpu,
					      skel->maps.sockets, skel->maps.storage};

	for (size_t i = 0; i < COUNT(maps); i++) {
		union bpf_iter_link_info info = {.map.map_fd = (__u32)bpf_map__fd(maps[i])};

		with(bpf_map__name(maps[i]), skel, prog, &info);
	}
}

static void of_cgroups(struct iter_targets_bpf *skel, const struct bpf_program *prog)
{
	static const struct {
		const char *name;
		enum bpf_cgroup_iter_order order;
	} orders[] = {
		{"unspecified", BPF_CGROUP_ITER_ORDER_UNSPEC},
		{"itself", BPF_CGROUP_ITER_SELF_ONLY},
		{"below first", BPF_CGROUP_ITER_DESCENDANTS_PRE},
		{"below last", BPF_CGROUP_ITER_DESCENDANTS_POST},
		{"above", BPF_CGROUP_ITER_ANCESTORS_UP},
		{"unknown", (enum bpf_cgroup_iter_order)77},
	};

	for (size_t i = 0; i < COUNT(orders); i++) {
		union bpf_iter_link_info info = {.cgroup.order = orders[i].order,
						 .cgroup.cgroup_fd = (__u32)group};

		with(orders[i].name, skel, prog, &info);
	}
	union bpf_iter_link_info info = {.cgroup.order = BPF_CGROUP_ITER_SELF_ONLY,
					 .cgroup.cgroup_fd = (__u32)group,
					 .cgroup.cgroup_id = 1};
	with("by two", skel, prog, &info);
	info.cgroup.cgroup_fd = 0;
	with("by its id", skel, prog, &info);
	info.cgroup.cgroup_id = 0;
	info.cgroup.cgroup_fd = (__u32)process;
	with("a process", skel, prog, &info);
}

static void of_tasks(struct iter_targets_bpf *skel, const struct bpf_program *prog)
{
	union bpf_iter_link_info info = {.task.pid = (__u32)getpid()};

	with("this process", skel, prog, &info);
	info = (union bpf_iter_link_info){.task.pid_fd = (__u32)process};
	with("by pidfd", skel, prog, &info);
	info = (union bpf_iter_link_info){.task.tid = 0x7fffffff};
	with("nobody", skel, prog, &info);
	info = (union bpf_iter_link_info){.task.pid_fd = (__u32)connection};
	with("a socket", skel, prog, &info);
}

static void fill(struct iter_targets_bpf *skel)
{
	for (int key = 0; key < 3; key++)
		bpf_map_update_elem(bpf_map__fd(skel->maps.numbers), &key, &key, BPF_ANY);
	int key = 0, value = 7;

	say_err("socket",
		bpf_map_update_elem(bpf_map__fd(skel->maps.sockets), &key, &connection, BPF_ANY));
	say_err("storage",
		bpf_map_update_elem(bpf_map__fd(skel->maps.storage), &connection, &value, BPF_ANY));
}

static void try_target(const char *target, int sleepable)
{
	struct iter_targets_bpf *skel = iter_targets_bpf__open();
	struct bpf_program *prog;
	int err;

	if (!skel)
		return;
	prog = sleepable ? skel->progs.each_sleepable : skel->progs.each;
	bpf_program__set_autoload(prog, true);
	printf("-- %s%s\n", target, sleepable ? ", sleepable" : "");
	say_err("target", bpf_program__set_attach_target(prog, 0, target));
	err = iter_targets_bpf__load(skel);
	say_err("load", err);
	if (!err) {
		fill(skel);
		counts = strstr("bpf_map_elem bpf_sk_storage_map sockmap", target) != NULL &&
			 strcmp(target, "bpf_map");
		go_through("attach", skel, bpf_program__attach_iter(prog, NULL));
		if (counts)
			of_maps(skel, prog);
		else if (!strcmp(target, "cgroup"))
			of_cgroups(skel, prog);
		else if (!strncmp(target, "task", 4))
			of_tasks(skel, prog);
	}
	iter_targets_bpf__destroy(skel);
}

int main(void)
{
	libbpf_set_print(quiet);
	group = open_cgroup();
	process = (int)syscall(__NR_pidfd_open, getpid(), 0);
	connection = open_socket_of_own(true);
	for (size_t i = 0; i < COUNT(targets); i++)
		try_target(targets[i], 0);
	try_target("task", 1);
	try_target("bpf_map_elem", 1);
	return 0;
}
