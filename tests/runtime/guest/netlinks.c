// SPDX-License-Identifier: BSD-2-Clause
/*
 * tcx, netkit and netfilter: which program sees packets, in which order programs are asked, and how
 * attaching fails. Packets come all the time, through lo and nk0.
 */
#include <limits.h>
#include <net/if.h>
#include <stdlib.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "netlinks.h"
#include "netlinks.skel.h"
#include "say.h"

static struct netlinks_bpf *skel;

/* To see why something fails: run it with LIBBPF_LOUD=1. */
static int quiet(enum libbpf_print_level level, const char *format, va_list args)
{
	return getenv("LIBBPF_LOUD") ? vfprintf(stderr, format, args) : 0;
}

/* Whether a packet comes there from now on; not to see one takes its time. */
static int seen(enum place place, int patience)
{
	const volatile long long *packets = &skel->bss->packets[place];
	long long before = *packets;

	for (int i = 0; i < patience && *packets == before; i++)
		usleep(10000);
	return *packets != before;
}

static void expect(const char *what, enum place place, int wanted)
{
	printf("%s: %s\n", what, seen(place, wanted ? 2000 : 20) ? "packets" : "no packets");
}

static void use(const char *what, struct bpf_link *link, enum place place)
{
	say_ptr(what, link);
	if (!link)
		return;
	expect(what, place, 1);
	say_err("destroy", bpf_link__destroy(link));
	expect("destroyed", place, 0);
}

static unsigned int id_of(const struct bpf_program *prog)
{
	struct bpf_prog_info info = {0};
	__u32 size = sizeof(info);

	if (bpf_prog_get_info_by_fd(bpf_program__fd(prog), &info, &size))
		say_err("info", -errno);
	return info.id;
}

/* In which order programs are asked. */
static void order(const char *what, int ifindex)
{
	struct bpf_program *const progs[] = {skel->progs.first, skel->progs.second,
					     skel->progs.last};
	__u32 ids[8] = {0}, links[8] = {0}, flags[8] = {0};
	LIBBPF_OPTS(bpf_prog_query_opts, opts, .prog_ids = ids, .link_ids = links,
		    .prog_attach_flags = flags, .count = 8);

	say_err(what, bpf_prog_query_opts(ifindex, BPF_TCX_INGRESS, &opts));
	printf("%u programs, attached as %#x:", opts.count, opts.attach_flags);
	for (unsigned int i = 0; i < opts.count && i < 8; i++)
		for (int j = 0; j < 3; j++)
			if (ids[i] == id_of(progs[j]))
				printf(" %s %d", bpf_program__name(progs[j]), links[i] != 0);
	printf("\n");
}

static void tcx_order(int lo)
{
	LIBBPF_OPTS(bpf_tcx_opts, opts);
	struct bpf_link *a, *b, *c;

	a = bpf_program__attach_tcx(skel->progs.first, lo, NULL);
	say_ptr("first", a);
	if (!a)
		return;
	opts.flags = BPF_F_BEFORE;
	opts.relative_fd = bpf_program__fd(skel->progs.first);
	b = bpf_program__attach_tcx(skel->progs.second, lo, &opts);
	say_ptr("before it", b);
	order("order", lo);
	expect("first", AT_FIRST, 1);
	expect("second", AT_SECOND, 1);
	opts.flags = BPF_F_AFTER;
	opts.relative_fd = 0;
	opts.relative_id = id_of(skel->progs.second);
	c = bpf_program__attach_tcx(skel->progs.last, lo, &opts);
	say_ptr("after the second, by id", c);
	order("order", lo);
	expect("last", AT_LAST, 1);
	expect("behind it", AT_FIRST, 0);
	opts.relative_id = 0;
	opts.flags = BPF_F_BEFORE | BPF_F_LINK;
	opts.relative_fd = bpf_link__fd(b);
	bpf_link__destroy(c);
	c = bpf_program__attach_tcx(skel->progs.last, lo, &opts);
	say_ptr("before a link", c);
	order("order", lo);
	say_err("another program", bpf_link__update_program(c, skel->progs.leaving));
	say_err("the same again", bpf_link__update_program(a, skel->progs.first));
	say_err("detach", bpf_link__detach(b));
	say_err("detach again", bpf_link__detach(b));
	order("order", lo);
	bpf_link__destroy(c);
	bpf_link__destroy(b);
	expect("first", AT_FIRST, 1);
	bpf_link__destroy(a);
	order("none", lo);
}

/* What is refused, on most kernels. */
static void refuse(const char *what, struct bpf_link *link)
{
	say_ptr(what, link);
	bpf_link__destroy(link);
}

static void tcx_errors(int lo)
{
	LIBBPF_OPTS(bpf_tcx_opts, opts);

	refuse("no interface", bpf_program__attach_tcx(skel->progs.first, 0, NULL));
	refuse("unknown interface", bpf_program__attach_tcx(skel->progs.first, 12345, NULL));
	refuse("netkit's", bpf_program__attach_tcx(skel->progs.primary, lo, NULL));
	opts.relative_fd = bpf_program__fd(skel->progs.first);
	opts.relative_id = 1;
	refuse("two relatives", bpf_program__attach_tcx(skel->progs.first, lo, &opts));
	opts.relative_id = 0;
	opts.flags = BPF_F_BEFORE;
	refuse("beside what is not there", bpf_program__attach_tcx(skel->progs.second, lo, &opts));
	opts.relative_fd = 0;
	opts.relative_id = 0x7ffffff;
	refuse("beside an unknown id", bpf_program__attach_tcx(skel->progs.first, lo, &opts));
	opts.relative_id = 0;
	opts.flags = 0;
	opts.expected_revision = 77777;
	refuse("another revision", bpf_program__attach_tcx(skel->progs.first, lo, &opts));
	opts.expected_revision = 0;
	opts.flags = 1u << 30;
	refuse("unknown flags", bpf_program__attach_tcx(skel->progs.first, lo, &opts));
	opts.sz = 2;
	refuse("options too small", bpf_program__attach_tcx(skel->progs.first, lo, &opts));
	refuse("by section", bpf_program__attach(skel->progs.first));
}

static void netkit(int nk)
{
	LIBBPF_OPTS(bpf_netkit_opts, opts);
	struct bpf_link *link;

	use("primary", bpf_program__attach_netkit(skel->progs.primary, nk, NULL), AT_PRIMARY);
	link = bpf_program__attach_netkit(skel->progs.peer, nk, NULL);
	say_ptr("peer", link);
	bpf_link__destroy(link);
	refuse("no interface", bpf_program__attach_netkit(skel->progs.primary, 0, NULL));
	refuse("not netkit",
	       bpf_program__attach_netkit(skel->progs.primary, if_nametoindex("lo"), NULL));
	refuse("tcx's", bpf_program__attach_netkit(skel->progs.first, nk, NULL));
	opts.relative_fd = bpf_program__fd(skel->progs.primary);
	opts.relative_id = 1;
	refuse("two relatives", bpf_program__attach_netkit(skel->progs.primary, nk, &opts));
	opts.relative_fd = opts.relative_id = 0;
	opts.expected_revision = 77777;
	refuse("another revision", bpf_program__attach_netkit(skel->progs.primary, nk, &opts));
	opts.sz = 2;
	refuse("options too small", bpf_program__attach_netkit(skel->progs.primary, nk, &opts));
}

static void filter(const char *what, struct bpf_program *prog,
		   const struct bpf_netfilter_opts *opts)
{
	refuse(what, bpf_program__attach_netfilter(prog, opts));
}

static void netfilter(void)
{
	LIBBPF_OPTS(bpf_netfilter_opts, opts, .pf = 2, .hooknum = 1, .priority = -128);
	struct bpf_program *prog = skel->progs.filter;
	struct bpf_link *link;

	use("local in", bpf_program__attach_netfilter(prog, &opts), AT_FILTER);
	link = bpf_program__attach_netfilter(prog, &opts);
	filter("the same priority", prog, &opts);
	say_err("detach", link ? bpf_link__detach(link) : 0);
	bpf_link__destroy(link);
	opts.hooknum = 3;
	opts.priority = 5;
	use("local out", bpf_program__attach_netfilter(prog, &opts), AT_FILTER);
	opts.flags = BPF_F_NETFILTER_IP_DEFRAG;
	use("defragmented", bpf_program__attach_netfilter(prog, &opts), AT_FILTER);
	opts.priority = -500;
	filter("before defragmentation", prog, &opts);
	opts.flags = 8;
	filter("unknown flags", prog, &opts);
	opts.flags = 0;
	opts.priority = INT_MIN;
	filter("the first priority", prog, &opts);
	opts.priority = 0;
	filter("priority 0", prog, &opts);
	opts.hooknum = 9;
	filter("no such hook", prog, &opts);
	opts.hooknum = 1;
	opts.pf = 99;
	filter("no such family", prog, &opts);
	opts.sz = 2;
	filter("options too small", prog, &opts);
	filter("no options", prog, NULL);
	opts = (struct bpf_netfilter_opts){
		.sz = sizeof(opts), .pf = 2, .hooknum = 1, .priority = 3};
	filter("tcx's", skel->progs.first, &opts);
	refuse("by section", bpf_program__attach(prog));
}

/* Which kernels have netfilter links says whether they load such a program. */
static int load(void)
{
	int err;

	skel = netlinks_bpf__open();
	if (!skel)
		return -errno;
	bpf_program__set_autoload(skel->progs.filter, true);
	err = netlinks_bpf__load(skel);
	say_err("load", err);
	if (!err)
		return 0;
	netlinks_bpf__destroy(skel);
	skel = netlinks_bpf__open_and_load();
	say_ptr("load without netfilter", skel);
	return skel ? 0 : -errno;
}

int main(void)
{
	int lo = if_nametoindex("lo"), nk = if_nametoindex("nk0");

	libbpf_set_print(quiet);
	if (load())
		return 1;
	use("ingress", bpf_program__attach_tcx(skel->progs.first, lo, NULL), AT_FIRST);
	use("egress", bpf_program__attach_tcx(skel->progs.leaving, lo, NULL), AT_EGRESS);
	tcx_order(lo);
	tcx_errors(lo);
	printf("there is netkit: %d\n", nk != 0);
	netkit(nk);
	netfilter();
	netlinks_bpf__destroy(skel);
	return 0;
}
