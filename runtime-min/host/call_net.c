/* SPDX-License-Identifier: BSD-2-Clause */
/* net(): tc and XDP attachments that are no links, and interface names. */
#include <errno.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/libbpf.h>

#include "host/calls.h"
#include "host/instance.h"

enum { MAX_QDISC = 64 };

/*
 * A tc filter, a tc hook or an XDP program stays in the kernel when its process ends. A module that
 * ends well has decided that; one that traps has not, and what it attached is taken away.
 */
struct tc_attachment {
	struct tc_attachment *next;
	int ifindex;
	bool is_hook;
	enum bpf_tc_attach_point point;
	uint32_t parent, handle, priority;
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

static void remember(struct instance *in, const struct wbpf_net *n, bool is_hook)
{
	struct tc_attachment *t = calloc(1, sizeof(*t));

	if (!t)
		return;
	*t = (struct tc_attachment){ in->tc, n->ifindex, is_hook, n->attach_point,
				     n->parent, n->tc_handle, n->priority };
	in->tc = t;
}

static void forget(struct instance *in, const struct wbpf_net *n, bool is_hook)
{
	for (struct tc_attachment **p = &in->tc; *p; p = &(*p)->next) {
		struct tc_attachment *t = *p;
		if (t->ifindex == n->ifindex && t->is_hook == is_hook && t->point == n->attach_point &&
		    (is_hook || (t->handle == n->tc_handle && t->priority == n->priority))) {
			*p = t->next;
			free(t);
			return;
		}
	}
}

static void undo(const struct tc_attachment *t)
{
	LIBBPF_OPTS(bpf_tc_hook, hook, .ifindex = t->ifindex, .attach_point = t->point, .parent = t->parent);
	LIBBPF_OPTS(bpf_tc_opts, opts, .handle = t->handle, .priority = t->priority);

	if (t->is_hook)
		bpf_tc_hook_destroy(&hook);
	else
		bpf_tc_detach(&hook, &opts);
}

void net_end(struct instance *in, bool failed)
{
	while (in->tc) {
		struct tc_attachment *t = in->tc;
		in->tc = t->next;
		if (failed)
			undo(t);
		free(t);
	}
}

static int tc_hook_create(struct instance *in, struct wbpf_net *n)
{
	struct bpf_tc_hook hook;
	int err = hook_of(in, n, &hook);

	if (!err)
		err = bpf_tc_hook_create(&hook);
	hook_free(&hook);
	if (!err) /* -EEXIST: somebody else's */
		remember(in, n, true);
	return err;
}

static int tc_hook_destroy(struct instance *in, struct wbpf_net *n)
{
	struct bpf_tc_hook hook;
	int err = hook_of(in, n, &hook);

	if (!err)
		err = bpf_tc_hook_destroy(&hook);
	hook_free(&hook);
	if (!err)
		forget(in, n, true);
	return err;
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
		remember(in, n, false);
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
		forget(in, n, false);
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
	return bpf_xdp_attach(n->ifindex, fd, n->flags, &opts);
}

static int xdp_detach(struct instance *in, struct wbpf_net *n)
{
	int old = optional_prog(in, n->old_prog);
	LIBBPF_OPTS(bpf_xdp_attach_opts, opts, .old_prog_fd = old);

	return old < 0 ? -EBADF : bpf_xdp_detach(n->ifindex, n->flags, &opts);
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
	return len > n->name.len ? -ENAMETOOLONG : memory_copy_out(in->memory, n->name.addr, name, len);
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
