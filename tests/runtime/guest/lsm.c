// SPDX-License-Identifier: BSD-2-Clause
/* BPF LSM: decisions that are kept to while attached, and how attaching fails. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "lsm.skel.h"
#include "say.h"

/* To see why something fails: run it with LIBBPF_LOUD=1. */
static int quiet(enum libbpf_print_level level, const char *format, va_list args)
{
	return getenv("LIBBPF_LOUD") ? vfprintf(stderr, format, args) : 0;
}

/* Makes a map, and sees whether it was allowed to. */
static void make_map(const char *what)
{
	int fd = bpf_map_create(BPF_MAP_TYPE_ARRAY, "made", 4, 4, 1, NULL);

	say_err(what, fd < 0 ? fd : 0);
	if (fd >= 0)
		close(fd);
}

static void decisions(struct lsm_bpf *skel)
{
	struct bpf_link *link = bpf_program__attach_lsm(skel->progs.decide), *again;
	struct bpf_link_info info = {0};
	__u32 size = sizeof(info);

	say_ptr("attach", link);
	again = bpf_program__attach_lsm(skel->progs.decide);
	say_ptr("attach again", again);
	bpf_link__destroy(again);
	make_map("nothing refused");
	skel->data->denied_cmd = BPF_MAP_CREATE;
	make_map("refused");
	make_map("refused");
	printf("asked %lld times\n", skel->bss->asked);
	skel->data->denied_cmd = BPF_PROG_LOAD;
	make_map("another refused");
	skel->data->denied_cmd = BPF_LINK_CREATE;
	again = bpf_program__attach(skel->progs.other);
	say_ptr("refused or not", again);
	bpf_link__destroy(again);
	skel->data->denied_cmd = -1;
	say_err("info", bpf_link_get_info_by_fd(bpf_link__fd(link), &info, &size));
	printf("link of type %u, attached as %u\n", info.type, info.tracing.attach_type);
	say_err("update", bpf_link__update_program(link, skel->progs.watch));
	say_err("detach", bpf_link__detach(link));
	skel->data->denied_cmd = BPF_MAP_CREATE;
	make_map("still refused");
	say_err("destroy", bpf_link__destroy(link));
	make_map("no more");
	skel->data->denied_cmd = -1;
}

/* Every opening of a map asks the hook. */
static void watching(struct lsm_bpf *skel)
{
	struct bpf_link *link = bpf_program__attach(skel->progs.watch);
	struct bpf_map_info info = {0};
	__u32 size = sizeof(info);
	long long before;
	int fd;

	say_ptr("attach by section", link);
	say_err("info", bpf_map_get_info_by_fd(bpf_map__fd(skel->maps.shared), &info, &size));
	before = skel->bss->maps_asked;
	fd = bpf_map_get_fd_by_id(info.id);
	say_err("open", fd < 0 ? fd : 0);
	printf("asked %lld times\n", skel->bss->maps_asked - before);
	if (fd >= 0)
		close(fd);
	say_err("destroy", bpf_link__destroy(link));
}

static void errors(struct lsm_bpf *skel)
{
	say_ptr("of a tracepoint", bpf_program__attach_lsm(skel->progs.other));
	say_ptr("not loaded", bpf_program__attach_lsm(skel->progs.later));
}

/* One program alone: what loading it gives. */
static void alone(const char *what, const char *name, const char *hook)
{
	struct lsm_bpf *skel = lsm_bpf__open();
	struct bpf_program *prog;
	struct bpf_link *link;

	if (!skel) {
		say_ptr(what, skel);
		return;
	}
	bpf_object__for_each_program(prog, skel->obj)
		bpf_program__set_autoload(prog, !strcmp(bpf_program__name(prog), name));
	prog = bpf_object__find_program_by_name(skel->obj, name);
	if (hook)
		say_err("set the hook", bpf_program__set_attach_target(prog, 0, hook));
	say_err(what, lsm_bpf__load(skel));
	if (bpf_program__fd(prog) >= 0) {
		skel->bss->pid = getpid();
		link = bpf_program__attach(prog);
		say_ptr("attach", link);
		make_map("a map");
		printf("seen %d\n", skel->bss->maps_opened > 0);
		bpf_link__destroy(link);
	}
	lsm_bpf__destroy(skel);
}

static void make_socket(const char *what, int family)
{
	int fd = socket(family, SOCK_DGRAM, 0);

	say_err(what, fd < 0 ? -errno : 0);
	if (fd >= 0)
		close(fd);
}

static void in_cgroup(struct lsm_bpf *skel)
{
	int cgroup = open("/sys/fs/cgroup", O_RDONLY | O_DIRECTORY);
	struct bpf_link_info info = {0};
	struct bpf_link *link;
	__u32 size = sizeof(info);

	skel->bss->pid = getpid();
	link = bpf_program__attach_cgroup(skel->progs.no_sockets, cgroup);
	say_ptr("to a cgroup", link);
	make_socket("a socket", AF_INET);
	skel->bss->refused_family = AF_INET;
	make_socket("refused", AF_INET);
	make_socket("of another family", AF_INET6);
	printf("asked %lld times\n", skel->bss->sockets_asked);
	say_err("info", bpf_link_get_info_by_fd(bpf_link__fd(link), &info, &size));
	printf("link of type %u, attached as %u\n", info.type, info.cgroup.attach_type);
	say_err("destroy", bpf_link__destroy(link));
	make_socket("no more", AF_INET);
	say_ptr("to none", bpf_program__attach_cgroup(skel->progs.no_sockets, -1));
	say_ptr("to a map",
		bpf_program__attach_cgroup(skel->progs.no_sockets, bpf_map__fd(skel->maps.shared)));
	say_ptr("without a cgroup", bpf_program__attach_lsm(skel->progs.no_sockets));
	say_ptr("by section", bpf_program__attach(skel->progs.no_sockets));
	if (cgroup >= 0)
		close(cgroup);
}

/* Loaded on its own, as not every kernel can. */
static void cgroups(void)
{
	struct lsm_bpf *skel = lsm_bpf__open();

	if (!skel) {
		say_ptr("open", skel);
		return;
	}
	bpf_program__set_autoload(skel->progs.no_sockets, true);
	say_err("load for a cgroup", lsm_bpf__load(skel));
	if (bpf_program__fd(skel->progs.no_sockets) >= 0)
		in_cgroup(skel);
	lsm_bpf__destroy(skel);
}

int main(void)
{
	struct lsm_bpf *skel;

	libbpf_set_print(quiet);
	skel = lsm_bpf__open_and_load();
	if (!skel) {
		say_ptr("load", skel);
		return 1;
	}
	skel->bss->pid = getpid();
	decisions(skel);
	watching(skel);
	errors(skel);
	say_err("attach all", lsm_bpf__attach(skel));
	lsm_bpf__detach(skel);
	lsm_bpf__destroy(skel);
	alone("a hook set later", "later", "bpf_map");
	alone("no hook", "later", NULL);
	alone("no such hook set", "later", "no_such_hook");
	alone("no such hook", "nowhere", NULL);
	alone("a wrong result", "rejected", NULL);
	cgroups();
	return 0;
}
