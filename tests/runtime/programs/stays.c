// SPDX-License-Identifier: BSD-2-Clause
/*
 * Attaches a program to an interface, prints its id, and ends: stays INTERFACE KIND HOW
 *   KIND: xdp-link, tcx-link; xdp, tc: without a link, which the kernel keeps
 *   HOW: detach, return, exit, trap, wait (for a signal)
 */
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "stays.skel.h"

static struct bpf_link *link_of_it;

static int by_link(struct bpf_link *link)
{
	link_of_it = link;
	return link ? 0 : -1;
}

static int by_tc(const struct bpf_program *prog, int ifindex, int attach)
{
	LIBBPF_OPTS(bpf_tc_hook, hook, .ifindex = ifindex, .attach_point = BPF_TC_INGRESS);
	LIBBPF_OPTS(bpf_tc_opts, opts, .handle = 1, .priority = 1);
	int err;

	if (!attach) {
		err = bpf_tc_detach(&hook, &opts);
		hook.attach_point = BPF_TC_INGRESS | BPF_TC_EGRESS;
		return err ? err : bpf_tc_hook_destroy(&hook);
	}
	opts.prog_fd = bpf_program__fd(prog);
	err = bpf_tc_hook_create(&hook);
	return err ? err : bpf_tc_attach(&hook, &opts);
}

static int attach(const struct stays_bpf *skel, int ifindex, const char *kind)
{
	if (!strcmp(kind, "xdp-link"))
		return by_link(bpf_program__attach_xdp(skel->progs.stays_xdp, ifindex));
	if (!strcmp(kind, "tcx-link"))
		return by_link(bpf_program__attach_tcx(skel->progs.stays_tc, ifindex, NULL));
	if (!strcmp(kind, "xdp"))
		return bpf_xdp_attach(ifindex, bpf_program__fd(skel->progs.stays_xdp), 0, NULL);
	return by_tc(skel->progs.stays_tc, ifindex, 1);
}

static int detach(const struct stays_bpf *skel, int ifindex, const char *kind)
{
	if (strstr(kind, "link"))
		return bpf_link__destroy(link_of_it);
	if (!strcmp(kind, "xdp"))
		return bpf_xdp_detach(ifindex, 0, NULL);
	return by_tc(skel->progs.stays_tc, ifindex, 0);
}

int main(int argc, char **argv)
{
	static struct stays_bpf *skel; /* what is left at an end is no leak */
	struct bpf_prog_info info = {0};
	__u32 len = sizeof(info);

	skel = stays_bpf__open_and_load();
	if (argc < 4 || !skel)
		return 2;
	const char *kind = argv[2], *how = argv[3];
	const struct bpf_program *prog =
		strstr(kind, "xdp") ? skel->progs.stays_xdp : skel->progs.stays_tc;
	int ifindex = (int)if_nametoindex(argv[1]);

	if (attach(skel, ifindex, kind) ||
	    bpf_prog_get_info_by_fd(bpf_program__fd(prog), &info, &len)) {
		perror("attach");
		return 1;
	}
	printf("id %u\n", info.id);
	fflush(stdout);
	if (!strcmp(how, "detach") && detach(skel, ifindex, kind))
		return 1;
	if (!strcmp(how, "exit"))
		exit(0);
	if (!strcmp(how, "trap"))
		__builtin_trap();
	while (!strcmp(how, "wait"))
		sleep(1);
	return 0;
}
