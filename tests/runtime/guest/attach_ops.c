// SPDX-License-Identifier: BSD-2-Clause
/*
 * struct_ops: a congestion control that the kernel calls, its link, and test runs of the programs
 * of the kernel's dummy, whose first argument is an address.
 */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "attach_ops.skel.h"
#include "say.h"

#define PIN_PATH "/sys/fs/bpf/wbpf-attach"

static struct attach_ops_bpf *skel;

/* Not every maker of skeletons knows their section. */
static struct bpf_map *map_of(const char *name)
{
	return bpf_object__find_map_by_name(skel->obj, name);
}

static int quiet(enum libbpf_print_level level, const char *format, va_list args)
{
	return 0;
}

/* A connection under that control: how often it was begun by either program. */
static void connect_by_it(const char *what)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	int listener = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0);
	socklen_t len = sizeof(at);

	skel->bss->inits = skel->bss->other_inits = 0;
	if (bind(listener, (struct sockaddr *)&at, len) || listen(listener, 1) ||
	    getsockname(listener, (struct sockaddr *)&at, &len))
		say_err("listen", -errno);
	if (setsockopt(client, IPPROTO_TCP, TCP_CONGESTION, "wbpf_ops", strlen("wbpf_ops")))
		say_err("control", -errno);
	if (connect(client, (struct sockaddr *)&at, len))
		say_err("connect", -errno);
	printf("struct_ops+ %s: %d\n", what, skel->bss->inits > 0);
	printf("the other one %s: %d\n", what, skel->bss->other_inits > 0);
	close(client), close(listener);
}

static void congestion(void)
{
	struct bpf_link *link = bpf_map__attach_struct_ops(map_of("control"));

	say_ptr("attach", link);
	if (!link)
		return;
	connect_by_it("fires");
	say_err("update", bpf_link__update_map(link, map_of("successor")));
	connect_by_it("after the update");
	say_err("and back", bpf_link__update_map(link, map_of("control")));
	say_err("program", bpf_link__update_program(link, skel->progs.on_init));
	say_err("pin", bpf_link__pin(link, PIN_PATH));
	say_err("destroy the pinned", bpf_link__destroy(link));
	connect_by_it("pinned");
	link = bpf_link__open(PIN_PATH);
	say_ptr("open", link);
	say_err("unpin", bpf_link__unpin(link));
	say_err("detach", bpf_link__detach(link));
	connect_by_it("detached");
	say_err("destroy", bpf_link__destroy(link));
	skel->bss->inits = 0;
	connect_by_it("after its end");
	printf("struct_ops+ ends: %d\n", !skel->bss->inits);
}

static void run(const char *what, struct bpf_program *prog, __u64 *args, __u32 count)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts, .ctx_in = args,
		    .ctx_size_in = count * (__u32)sizeof(*args));

	say_err(what, bpf_prog_test_run_opts(bpf_program__fd(prog), &opts));
	printf("returns %d\n", (int)opts.retval);
}

static void dummies(void)
{
	int state = 21;
	__u64 args[13] = {(unsigned long)&state, 30, 12, 5, 6};

	run("first", skel->progs.first, args, 1);
	printf("state %d\n", state);
	run("second", skel->progs.second, args, 5);
	printf("state %d\n", state);
	run("sleepable", skel->progs.sleepable, args, 1);
	printf("state %d\n", state);
	printf("struct_ops.s+ fires: %d\n", skel->bss->sleepy);
	run("too few", skel->progs.second, args, 1);
	run("too many", skel->progs.first, args, 13);
	run("none", skel->progs.first, NULL, 0);
	args[0] = 0;
	run("no state", skel->progs.first, args, 1);
	args[0] = ~0ULL;
	run("an address that is none", skel->progs.first, args, 1);
	args[0] = 0xfffffff0;
	run("another one", skel->progs.first, args, 1);
	say_ptr("attach", bpf_map__attach_struct_ops(map_of("dummy")));
	attach_ops_bpf__destroy(skel);
	skel = NULL;
	printf("struct_ops.s+ ends: 1\n");
}

int main(void)
{
	libbpf_set_print(quiet);
	skel = attach_ops_bpf__open_and_load();
	say_ptr("load", skel);
	if (!skel)
		return 0; /* older kernels have no links of struct_ops; where they must, lines are
			     missing */
	congestion();
	dummies();
	return 0;
}
