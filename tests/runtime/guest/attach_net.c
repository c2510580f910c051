// SPDX-License-Identifier: BSD-2-Clause
/*
 * Each section for the network, in one with a pair of interfaces, wv0 and wv1:
 * attach_net SECTION...
 */
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <fcntl.h>

#include "attach_net.h"
#include "attach_net.skel.h"
#include "insns.h"
#include "kinds.h"

#ifndef SO_ATTACH_BPF
#define SO_ATTACH_BPF 50
#endif

static int map_of(const char *name)
{
	return bpf_object__find_map_fd_by_name(now->object, name);
}

/* --- sockets ---------------------------------------------------------------------------------- */

static int bound(int type, struct sockaddr_in *at)
{
	int fd = socket(AF_INET, type, 0), on = 1;
	socklen_t len = sizeof(*at);

	setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof(on));
	at->sin_family = AF_INET;
	at->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (bind(fd, (struct sockaddr *)at, sizeof(*at)) ||
	    getsockname(fd, (struct sockaddr *)at, &len))
		printf("no socket: %s\n", say_name(errno));
	return fd;
}

static int connected(int type, const struct sockaddr_in *at)
{
	int fd = socket(AF_INET, type, 0);

	if (connect(fd, (const struct sockaddr *)at, sizeof(*at)))
		printf("not connected: %s\n", say_name(errno));
	return fd;
}

/* A new connection, one end of which is in the sockmap; a letter goes through it. */
static int through_sockmap(bool sends)
{
	struct sockaddr_in at = {0};
	int listener = bound(SOCK_STREAM, &at), key = 0, client, server, err;
	char letter = 'x';

	listen(listener, 1);
	client = connected(SOCK_STREAM, &at);
	server = accept(listener, NULL, NULL);
	err = bpf_map_update_elem(map_of("sockets"), &key, sends ? &client : &server, BPF_ANY);
	if (!err && (write(client, &letter, 1) != 1 || read(server, &letter, 1) != 1))
		err = -errno;
	if (err)
		printf("nothing goes through the sockmap: %s\n", say_name(err));
	close(client), close(server), close(listener);
	return 0;
}

static int receiver(void)
{
	return through_sockmap(false);
}

static int sender(void)
{
	return through_sockmap(true);
}

/* Two sockets at one port; a datagram comes to one of them. */
static struct sockaddr_in group_at;
static int group[2] = {-1, -1};

static void open_group(int type)
{
	group_at = (struct sockaddr_in){0};
	for (int i = 0; i < 2; i++)
		group[i] = bound(type, &group_at);
}

static void close_group(void)
{
	close(group[0]), close(group[1]);
}

static int datagram(void)
{
	int client = connected(SOCK_DGRAM, &group_at);
	int ret = write(client, "x", 1) == 1 ? 0 : -1;

	close(client);
	return ret;
}

static int attach_fd(int option, const struct loaded *l)
{
	int prog = bpf_program__fd(l->prog);

	return setsockopt(group[0], SOL_SOCKET, option, &prog, sizeof(prog)) ? -errno : 0;
}

static int detach_fd(int option)
{
	int none = 0;

	return setsockopt(group[0], SOL_SOCKET, option, &none, sizeof(none)) ? -errno : 0;
}

static int to_socket(const struct loaded *l)
{
	close(group[1]); /* all datagrams are for the first */
	return attach_fd(SO_ATTACH_BPF, l);
}

static int from_socket(const struct loaded *l)
{
	return detach_fd(SO_DETACH_BPF);
}

static int to_group(const struct loaded *l)
{
	return attach_fd(SO_ATTACH_REUSEPORT_EBPF, l);
}

static int from_group(const struct loaded *l)
{
	return detach_fd(SO_DETACH_REUSEPORT_BPF);
}

static int to_sockmap(const struct loaded *l)
{
	return bpf_prog_attach(bpf_program__fd(l->prog), map_of("sockets"),
			       BPF_SK_SKB_STREAM_VERDICT, 0);
}

static int from_sockmap(const struct loaded *l)
{
	return bpf_prog_detach2(bpf_program__fd(l->prog), map_of("sockets"),
				BPF_SK_SKB_STREAM_VERDICT);
}

/* --- links ------------------------------------------------------------------------------------ */

static struct bpf_link *tcx_in(struct bpf_program *prog)
{
	return bpf_program__attach_tcx(prog, (int)if_nametoindex("wv1"), NULL);
}

static struct bpf_link *tcx_out(struct bpf_program *prog)
{
	return bpf_program__attach_tcx(prog, (int)if_nametoindex("wv0"), NULL);
}

static struct bpf_link *netkit(struct bpf_program *prog)
{
	return bpf_program__attach_netkit(prog, (int)if_nametoindex("nk0"), NULL);
}

static struct bpf_link *xdp(struct bpf_program *prog)
{
	return bpf_program__attach_xdp(prog, (int)if_nametoindex("wv1"));
}

static struct bpf_link *netns(struct bpf_program *prog)
{
	int fd = open("/proc/self/ns/net", O_RDONLY);
	struct bpf_link *link = bpf_program__attach_netns(prog, fd);

	close(fd);
	return link;
}

static struct bpf_link *netfilter(struct bpf_program *prog)
{
	LIBBPF_OPTS(bpf_netfilter_opts, opts, .pf = 2, .hooknum = 1, .priority = -128);

	return bpf_program__attach_netfilter(prog, &opts);
}

static struct bpf_link *sockmap(struct bpf_program *prog)
{
	return bpf_program__attach_sockmap(prog, map_of("sockets"));
}

/* A parser is asked only where there is a verdict, too. */
static struct bpf_link *parser(struct bpf_program *prog)
{
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .expected_attach_type = BPF_SK_SKB_STREAM_VERDICT);
	int fd = load_return(BPF_PROG_TYPE_SK_SKB, SK_PASS, &opts);

	say_err("a verdict beside it",
		bpf_prog_attach(fd, map_of("sockets"), BPF_SK_SKB_STREAM_VERDICT, 0));
	close(fd);
	return sockmap(prog);
}

/* --- tc and routes ---------------------------------------------------------------------------- */

static struct bpf_tc_hook hook = {.sz = sizeof(hook), .attach_point = BPF_TC_INGRESS};
static struct bpf_tc_opts filter;

static int to_tc(const struct loaded *l)
{
	int err;

	hook.ifindex = (int)if_nametoindex("wv1");
	err = bpf_tc_hook_create(&hook);
	filter = (struct bpf_tc_opts){.sz = sizeof(filter), .prog_fd = bpf_program__fd(l->prog)};
	return err ? err : bpf_tc_attach(&hook, &filter);
}

static int from_tc(const struct loaded *l)
{
	int err;

	filter.prog_fd = 0, filter.prog_id = 0, filter.flags = 0;
	err = bpf_tc_detach(&hook, &filter);
	hook.attach_point = (enum bpf_tc_attach_point)(BPF_TC_INGRESS | BPF_TC_EGRESS);
	if (!err)
		err = bpf_tc_hook_destroy(&hook);
	hook.attach_point = BPF_TC_INGRESS;
	return err;
}

/* Commands of the actor's that take the program from its pin. */
static int commanded(const struct loaded *l, const char *command)
{
	int err = bpf_program__pin(l->prog, PIN_PATH);

	if (err)
		return err;
	err = act(command);
	return bpf_program__unpin(l->prog, PIN_PATH) ? -errno : err;
}

static int to_action(const struct loaded *l)
{
	return commanded(l, "run tc qdisc add dev wv1 clsact && tc filter add dev wv1 ingress "
			    "protocol all u32 match u32 0 0 action bpf object-pinned " PIN_PATH);
}

static int from_action(const struct loaded *l)
{
	return act("run tc qdisc del dev wv1 clsact");
}

static int to_lwt_in(const struct loaded *l)
{
	return commanded(l,
			 "run ip route add 192.0.2.2/32 encap bpf in pinned " PIN_PATH " dev wv0");
}

static int from_lwt_in(const struct loaded *l)
{
	return act("run ip route del 192.0.2.2/32");
}

static int to_lwt_out(const struct loaded *l)
{
	return commanded(l, "run ip route replace 198.51.100.1/32 encap bpf out pinned " PIN_PATH
			    " dev wv0");
}

static int to_lwt_xmit(const struct loaded *l)
{
	return commanded(l, "run ip route replace 198.51.100.1/32 encap bpf xmit pinned " PIN_PATH
			    " dev wv0");
}

/* The address can still be sent to. */
static int from_lwt(const struct loaded *l)
{
	return act("run ip route replace 198.51.100.1/32 dev wv0");
}

/* What comes by wv1 for that segment is the program's; what goes there goes out by wv0. */
static int to_seg6(const struct loaded *l)
{
	return commanded(l, "run ip -6 route add fc00:1::1/128 encap seg6local action End.BPF "
			    "endpoint pinned " PIN_PATH " dev wv0 table 100");
}

static int from_seg6(const struct loaded *l)
{
	return act("run ip -6 route del fc00:1::1/128 table 100");
}

/* --- programs in maps ------------------------------------------------------------------------- */

static struct bpf_link *redirection;

static int redirect(const struct loaded *l, const char *map, int first, const char *way)
{
	int value[2] = {first, bpf_program__fd(l->prog)}, key = 0;
	int err = bpf_map_update_elem(map_of(map), &key, value, BPF_ANY);

	if (err)
		return err;
	redirection = bpf_program__attach_xdp(bpf_object__find_program_by_name(l->object, way),
					      (int)if_nametoindex("wv1"));
	return redirection ? 0 : -errno;
}

static int no_redirect(const char *map)
{
	int key = 0, err = bpf_map_delete_elem(map_of(map), &key);

	return err ? err : bpf_link__destroy(redirection);
}

static const char *way_of(const struct loaded *l, const char *plain, const char *frags)
{
	return strstr(bpf_program__section_name(l->prog), "frags") ? frags : plain;
}

static int to_devmap(const struct loaded *l)
{
	return redirect(l, "devices", (int)if_nametoindex("wv0"),
			way_of(l, "to_devmap", "to_devmap_frags"));
}

static int from_devmap(const struct loaded *l)
{
	return no_redirect("devices");
}

static int to_cpumap(const struct loaded *l)
{
	return redirect(l, "cpus", 64, way_of(l, "to_cpumap", "to_cpumap_frags"));
}

static int from_cpumap(const struct loaded *l)
{
	return no_redirect("cpus");
}

/* --- those without links ---------------------------------------------------------------------- */

struct other {
	struct kind kind;
	int (*attach)(const struct loaded *l), (*detach)(const struct loaded *l);
};

static void try_other(const struct other *o, const void *elf, size_t size)
{
	const struct kind *k = &o->kind;
	struct loaded l;
	int err = load_kind(k, elf, size, &l);

	say(k, "load", err);
	if (err)
		return;
	now = &l;
	open_group(SOCK_DGRAM);
	say_link(k, "by its section", bpf_program__attach(l.prog));
	err = o->attach(&l);
	say(k, "attach", err);
	if (!err) {
		say(k, "fires", runs(&l, k, 1));
		say(k, "detach", o->detach(&l) ? -1 : 1);
		say(k, "ends", runs(&l, k, 0) == 0);
	}
	close_group();
	bpf_object__close(l.object);
}

/* A connection that waits at a listener goes to another one when that ends. */
static int accepted(void)
{
	int client = connected(SOCK_STREAM, &group_at), server;

	close(group[0]);
	server = accept(group[1], NULL, NULL);
	close(server), close(client);
	group[0] = bound(SOCK_STREAM, &group_at);
	listen(group[0], 4);
	return 0;
}

static int connection(void)
{
	int client = connected(SOCK_STREAM, &group_at);

	close(client);
	return 0;
}

static void migration(const void *elf, size_t size)
{
	const struct kind k = {
		"sk_reuseport/migrate", "on_migrate", KIND_migrate, "", NULL, connection, 0, NULL};
	struct kind moved = k;
	struct loaded l;
	int err = load_kind(&k, elf, size, &l);

	say(&k, "load", err);
	if (err)
		return;
	now = &l;
	open_group(SOCK_STREAM);
	for (int i = 0; i < 2; i++) {
		long long value = group[i];

		listen(group[i], 4);
		say_err("listener", bpf_map_update_elem(map_of("listeners"), &i, &value, BPF_ANY));
	}
	say(&k, "attach", to_group(&l));
	say(&k, "fires", runs(&l, &k, 1));
	moved.number = KIND_migrated;
	moved.act = accepted;
	say(&moved, "migrates", runs(&l, &moved, 1));
	say(&k, "detach", from_group(&l) ? -1 : 1);
	say(&k, "ends", runs(&l, &k, 0) == 0);
	close_group();
	bpf_object__close(l.object);
}

static const char *also_of(int number)
{
	switch (number) {
	case KIND_devmap:
		return "to_devmap";
	case KIND_cpumap:
		return "to_cpumap";
	case KIND_devmap_frags:
		return "to_devmap_frags";
	case KIND_cpumap_frags:
		return "to_cpumap_frags";
	default:
		return NULL;
	}
}

int main(int argc, char **argv)
{
#define K(name, section, ret, action, attach, act)                                                 \
	{section, "on_" #name, KIND_##name, action, attach, act, 0, NULL},
	static const struct kind kinds[] = {NET_KINDS(K)};
#undef K
#define K(name, section, ret, action, attach, detach, act)                                         \
	{{section, "on_" #name, KIND_##name, action, NULL, act, 0, NULL}, attach, detach},
	static struct other others[] = {OTHER_KINDS(K)};
	size_t size;
	const void *elf = attach_net_bpf__elf_bytes(&size);

	meet_actor();
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (is_wanted(kinds[i].section, argv + 1))
			try_kind(&kinds[i], elf, size);
	for (size_t i = 0; i < COUNT(others); i++) {
		others[i].kind.also = also_of(others[i].kind.number);
		if (is_wanted(others[i].kind.section, argv + 1))
			try_other(&others[i], elf, size);
	}
	if (is_wanted("sk_reuseport/migrate", argv + 1))
		migration(elf, size);
	return 0;
}
