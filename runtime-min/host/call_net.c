/* SPDX-License-Identifier: BSD-2-Clause */
/* net(): tc and XDP attachments that are no links, and interface names. */
#include <errno.h>
#include <fcntl.h>
#include <linux/if_link.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/libbpf.h>

#include "host/calls.h"
#include "host/instance.h"
#include "host/stats.h"

enum { MAX_QDISC = 64 };

/*
 * A tc filter or an XDP program stays in the kernel when its process ends. A module that ends well
 * has decided that; one that traps has not, and what it attached is taken away. A tc hook stays:
 * empty it does nothing, and with it would go what others attached there meanwhile.
 */
enum net_kind { TC_FILTER, XDP };

struct net_attachment {
	struct net_attachment *next;
	enum net_kind kind;
	int xdp_fd; /* the program's, of its own; -1: not XDP */
	struct wbpf_net n;
	char qdisc[MAX_QDISC + 1];
};

/* The hook that the arguments name, with a copy of its qdisc's name that the caller frees. */
static int hook_of(const struct instance *in, const struct wbpf_net *n, struct bpf_tc_hook *ret)
{
	int err;
	char *qdisc = instance_string(in, n->name, MAX_QDISC, &err);

	*ret = (struct bpf_tc_hook){
		.sz = sizeof(*ret),
		.ifindex = n->ifindex,
		.attach_point = n->attach_point,
		.parent = n->parent,
		.handle = n->qdisc_handle,
		.qdisc = qdisc,
	};
	return err;
}

static void hook_free(struct bpf_tc_hook *hook)
{
	free((void *)hook->qdisc);
}

static void remember(struct instance *in, const struct wbpf_net *n, enum net_kind kind, int fd)
{
	struct net_attachment *t = calloc(1, sizeof(*t));
	int err;

	if (!t)
		return;
	*t = (struct net_attachment){.next = in->net, .kind = kind, .xdp_fd = -1, .n = *n};
	char *qdisc = instance_string(in, n->name, MAX_QDISC, &err);
	if (qdisc)
		strcpy(t->qdisc, qdisc);
	free(qdisc);
	if (kind == XDP)
		t->xdp_fd = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	in->net = t;
}

static void drop(struct net_attachment *t)
{
	if (t->xdp_fd >= 0)
		close(t->xdp_fd);
	free(t);
}

static bool is_same(const struct net_attachment *t, const struct wbpf_net *n, enum net_kind kind)
{
	if (t->kind != kind || t->n.ifindex != n->ifindex)
		return false;
	if (kind == XDP)
		return (t->n.flags & XDP_FLAGS_MODES) == (n->flags & XDP_FLAGS_MODES);
	return t->n.attach_point == n->attach_point && t->n.parent == n->parent &&
	       t->n.tc_handle == n->tc_handle && t->n.priority == n->priority;
}

static void forget(struct instance *in, const struct wbpf_net *n, enum net_kind kind)
{
	for (struct net_attachment **p = &in->net; *p; p = &(*p)->next) {
		struct net_attachment *t = *p;
		if (is_same(t, n, kind)) {
			*p = t->next;
			drop(t);
			return;
		}
	}
}

static void undo(const struct net_attachment *t)
{
	LIBBPF_OPTS(bpf_tc_hook, hook, .ifindex = t->n.ifindex, .attach_point = t->n.attach_point,
		    .parent = t->n.parent, .handle = t->n.qdisc_handle,
		    .qdisc = *t->qdisc ? t->qdisc : NULL);
	LIBBPF_OPTS(bpf_tc_opts, opts, .handle = t->n.tc_handle, .priority = t->n.priority);
	LIBBPF_OPTS(bpf_xdp_attach_opts, xdp,
		    .old_prog_fd = t->xdp_fd); /* not another one's since */

	switch (t->kind) {
	case TC_FILTER:
		bpf_tc_detach(&hook, &opts);
		break;
	case XDP:
		if (t->xdp_fd >= 0)
			bpf_xdp_detach(t->n.ifindex,
				       (t->n.flags & XDP_FLAGS_MODES) | XDP_FLAGS_REPLACE, &xdp);
	}
}

void net_end(struct instance *in, bool failed)
{
	while (in->net) {
		struct net_attachment *t = in->net;
		in->net = t->next;
		if (failed)
			undo(t);
		drop(t);
	}
}

static int on_hook(const struct instance *in, const struct wbpf_net *n,
		   int (*act)(struct bpf_tc_hook *))
{
	struct bpf_tc_hook hook;
	int err = hook_of(in, n, &hook);

	if (!err)
		err = act(&hook);
	hook_free(&hook);
	return err;
}

static int tc_hook_create(struct instance *in, struct wbpf_net *n)
{
	return on_hook(in, n, bpf_tc_hook_create);
}

static int tc_hook_destroy(struct instance *in, struct wbpf_net *n)
{
	return on_hook(in, n, bpf_tc_hook_destroy);
}

static void tell_stats(struct instance *in, const struct wbpf_net *n, const char *kind)
{
	char target[32];

	snprintf(target, sizeof(target), "interface %d", n->ifindex);
	stats_attached(in, NULL, kind, "", target);
}

static int tc_attach(struct instance *in, struct wbpf_net *n)
{
	LIBBPF_OPTS(bpf_tc_opts, opts, .prog_fd = instance_fd(in, n->prog, WBPF_KIND_PROG),
		    .flags = n->flags, .handle = n->tc_handle, .priority = n->priority);
	struct bpf_tc_hook hook;

	if (opts.prog_fd < 0)
		return -EBADF;
	int err = hook_of(in, n, &hook);
	if (!err)
		err = bpf_tc_attach(&hook, &opts);
	hook_free(&hook);
	if (err)
		return err;
	n->tc_handle = opts.handle;
	n->priority = opts.priority;
	n->prog_id = opts.prog_id;
	if (!(n->flags & BPF_TC_F_REPLACE))
		remember(in, n, TC_FILTER, -1);
	tell_stats(in, n, "tc");
	return 0;
}

static int tc_detach(struct instance *in, struct wbpf_net *n)
{
	LIBBPF_OPTS(bpf_tc_opts, opts, .handle = n->tc_handle, .priority = n->priority);
	struct bpf_tc_hook hook;
	int err = hook_of(in, n, &hook);

	if (!err)
		err = bpf_tc_detach(&hook, &opts);
	hook_free(&hook);
	if (!err)
		forget(in, n, TC_FILTER);
	return err;
}

static int tc_query(struct instance *in, struct wbpf_net *n)
{
	LIBBPF_OPTS(bpf_tc_opts, opts, .handle = n->tc_handle, .priority = n->priority);
	struct bpf_tc_hook hook;
	int err = hook_of(in, n, &hook);

	if (!err)
		err = bpf_tc_query(&hook, &opts);
	hook_free(&hook);
	if (err)
		return err;
	n->tc_handle = opts.handle;
	n->priority = opts.priority;
	n->prog_id = opts.prog_id;
	return 0;
}

/* An optional program's descriptor: 0 stays 0, which libbpf reads as none. */
static int optional_prog(const struct instance *in, wbpf_handle value)
{
	return value ? instance_fd(in, value, WBPF_KIND_PROG) : 0;
}

static int xdp_attach(struct instance *in, struct wbpf_net *n)
{
	int fd = instance_fd(in, n->prog, WBPF_KIND_PROG), old = optional_prog(in, n->old_prog);
	LIBBPF_OPTS(bpf_xdp_attach_opts, opts, .old_prog_fd = old);

	if (fd < 0 || old < 0)
		return -EBADF;
	int err = bpf_xdp_attach(n->ifindex, fd, n->flags, &opts);
	if (!err) {
		forget(in, n, XDP); /* replaced */
		remember(in, n, XDP, fd);
		tell_stats(in, n, "xdp");
	}
	return err;
}

static int xdp_detach(struct instance *in, struct wbpf_net *n)
{
	int old = optional_prog(in, n->old_prog);
	LIBBPF_OPTS(bpf_xdp_attach_opts, opts, .old_prog_fd = old);

	if (old < 0)
		return -EBADF;
	int err = bpf_xdp_detach(n->ifindex, n->flags, &opts);
	if (!err)
		forget(in, n, XDP);
	return err;
}

static int xdp_query(struct instance *in, struct wbpf_net *n)
{
	LIBBPF_OPTS(bpf_xdp_query_opts, opts);
	int err = bpf_xdp_query(n->ifindex, (int)n->flags, &opts);

	if (err)
		return err;
	n->prog_id = opts.prog_id;
	n->drv_prog_id = opts.drv_prog_id;
	n->hw_prog_id = opts.hw_prog_id;
	n->skb_prog_id = opts.skb_prog_id;
	n->xdp_zc_max_segs = opts.xdp_zc_max_segs;
	n->attach_mode = opts.attach_mode;
	n->feature_flags = opts.feature_flags;
	return 0;
}

static int if_index(struct instance *in, struct wbpf_net *n)
{
	int err;
	char *name = instance_string(in, n->name, IF_NAMESIZE, &err);

	if (!name)
		return err ? err : -EINVAL;
	n->ifindex = (int32_t)if_nametoindex(name);
	err = n->ifindex ? 0 : -errno;
	free(name);
	return err;
}

static int if_name(struct instance *in, struct wbpf_net *n)
{
	char name[IF_NAMESIZE] = "";

	if (n->ifindex <= 0 || !if_indextoname((unsigned int)n->ifindex, name))
		return -ENXIO;
	uint32_t len = (uint32_t)strlen(name) + 1;
	return len > n->name.len ? -ENAMETOOLONG
				 : memory_copy_out(in->memory, n->name.addr, name, len);
}

static int (*const ops[])(struct instance *, struct wbpf_net *) = {
	[WBPF_NET_TC_HOOK_CREATE] = tc_hook_create,
	[WBPF_NET_TC_HOOK_DESTROY] = tc_hook_destroy,
	[WBPF_NET_TC_ATTACH] = tc_attach,
	[WBPF_NET_TC_DETACH] = tc_detach,
	[WBPF_NET_TC_QUERY] = tc_query,
	[WBPF_NET_XDP_ATTACH] = xdp_attach,
	[WBPF_NET_XDP_DETACH] = xdp_detach,
	[WBPF_NET_XDP_QUERY] = xdp_query,
	[WBPF_NET_IF_INDEX] = if_index,
	[WBPF_NET_IF_NAME] = if_name,
};

int32_t call_net(struct instance *in, uint32_t op, wbpf_addr args, uint32_t size)
{
	struct wbpf_net n;
	int err = instance_struct(in, &n, sizeof(n), sizeof(n), args, size);

	if (err)
		return err;
	if (op >= sizeof(ops) / sizeof(*ops) || !ops[op])
		return -EOPNOTSUPP;
	if (!memory_write(in->memory, args, sizeof(n)))
		return -EFAULT;
	log_capture(&in->log);
	err = ops[op](in, &n);
	log_capture(NULL);
	if (!err)
		err = memory_copy_out(in->memory, args, &n, sizeof(n));
	instance_update_shared(in);
	return err;
}
