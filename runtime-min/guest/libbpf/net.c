// SPDX-License-Identifier: BSD-2-Clause
/*
 * tc and XDP attachments that are no links. The host's libbpf speaks netlink and checks the fields.
 */
#include <linux/if_link.h>

#include "guest/libbpf/object.h"

static int call(enum wbpf_net_op op, struct wbpf_net *net)
{
	int ret;

	net->size = sizeof(*net);
	ret = HOST(net, op, net, sizeof(*net));
	return ret_err(ret < 0 ? ret : 0);
}

static struct wbpf_net hook_of(const struct bpf_tc_hook *hook)
{
	return (struct wbpf_net){
		.ifindex = opt(hook, ifindex, 0),
		.attach_point = opt(hook, attach_point, 0),
		.parent = opt(hook, parent, 0),
		.qdisc_handle = opt(hook, handle, 0),
		.name = wbpf_str(opt(hook, qdisc, NULL)),
	};
}

int bpf_tc_hook_create(struct bpf_tc_hook *hook)
{
	struct wbpf_net net;

	if (!hook || !opts_ok(hook, bpf_tc_hook))
		return ret_err(-EINVAL);
	net = hook_of(hook);
	return call(WBPF_NET_TC_HOOK_CREATE, &net);
}

int bpf_tc_hook_destroy(struct bpf_tc_hook *hook)
{
	struct wbpf_net net;

	if (!hook || !opts_ok(hook, bpf_tc_hook))
		return ret_err(-EINVAL);
	net = hook_of(hook);
	return call(WBPF_NET_TC_HOOK_DESTROY, &net);
}

static int call_tc(enum wbpf_net_op op, const struct bpf_tc_hook *hook,
		   const struct bpf_tc_opts *opts, struct wbpf_net *net)
{
	if (!hook || !opts || !opts_ok(hook, bpf_tc_hook) || !opts_ok(opts, bpf_tc_opts))
		return ret_err(-EINVAL);
	*net = hook_of(hook);
	net->prog = opt(opts, prog_fd, 0);
	net->flags = opt(opts, flags, 0);
	net->prog_id = opt(opts, prog_id, 0);
	net->tc_handle = opt(opts, handle, 0);
	net->priority = opt(opts, priority, 0);
	return call(op, net);
}

#define SET(opts, field, value)                                                                    \
	do {                                                                                       \
		if ((opts)->sz >= END_OF(opts, field))                                             \
			(opts)->field = (value);                                                   \
	} while (0)

static void answer(struct bpf_tc_opts *opts, const struct wbpf_net *net)
{
	SET(opts, prog_id, net->prog_id);
	SET(opts, handle, net->tc_handle);
	SET(opts, priority, net->priority);
}

int bpf_tc_attach(const struct bpf_tc_hook *hook, struct bpf_tc_opts *opts)
{
	struct wbpf_net net;
	int err = call_tc(WBPF_NET_TC_ATTACH, hook, opts, &net);

	if (!err)
		answer(opts, &net);
	return err;
}

int bpf_tc_query(const struct bpf_tc_hook *hook, struct bpf_tc_opts *opts)
{
	struct wbpf_net net;
	int err = call_tc(WBPF_NET_TC_QUERY, hook, opts, &net);

	if (!err)
		answer(opts, &net);
	return err;
}

int bpf_tc_detach(const struct bpf_tc_hook *hook, const struct bpf_tc_opts *opts)
{
	struct wbpf_net net;

	return call_tc(WBPF_NET_TC_DETACH, hook, opts, &net);
}

int bpf_xdp_attach(int ifindex, int prog, __u32 flags, const struct bpf_xdp_attach_opts *opts)
{
	struct wbpf_net net = {.ifindex = ifindex, .prog = prog, .flags = flags};

	if (!opts_ok(opts, bpf_xdp_attach_opts))
		return ret_err(-EINVAL);
	net.old_prog = opt(opts, old_prog_fd, 0);
	return call(prog < 0 ? WBPF_NET_XDP_DETACH : WBPF_NET_XDP_ATTACH, &net);
}

int bpf_xdp_detach(int ifindex, __u32 flags, const struct bpf_xdp_attach_opts *opts)
{
	return bpf_xdp_attach(ifindex, -1, flags, opts);
}

int bpf_xdp_query(int ifindex, int flags, struct bpf_xdp_query_opts *opts)
{
	struct wbpf_net net = {.ifindex = ifindex, .flags = (uint32_t)flags};
	int err;

	if (!opts || !opts_ok(opts, bpf_xdp_query_opts))
		return ret_err(-EINVAL);
	err = call(WBPF_NET_XDP_QUERY, &net);
	if (err)
		return err;
	SET(opts, prog_id, net.prog_id);
	SET(opts, drv_prog_id, net.drv_prog_id);
	SET(opts, hw_prog_id, net.hw_prog_id);
	SET(opts, skb_prog_id, net.skb_prog_id);
	SET(opts, attach_mode, (__u8)net.attach_mode);
	SET(opts, feature_flags, net.feature_flags);
	SET(opts, xdp_zc_max_segs, net.xdp_zc_max_segs);
	return 0;
}

int bpf_xdp_query_id(int ifindex, int flags, __u32 *prog_id)
{
	LIBBPF_OPTS(bpf_xdp_query_opts, opts);
	int err = bpf_xdp_query(ifindex, flags, &opts);

	if (err)
		return err;
	flags &= XDP_FLAGS_MODES;
	if (!flags && opts.attach_mode != XDP_ATTACHED_MULTI)
		*prog_id = opts.prog_id;
	else if (flags & XDP_FLAGS_DRV_MODE)
		*prog_id = opts.drv_prog_id;
	else if (flags & XDP_FLAGS_HW_MODE)
		*prog_id = opts.hw_prog_id;
	else
		*prog_id = flags & XDP_FLAGS_SKB_MODE ? opts.skb_prog_id : 0;
	return 0;
}
