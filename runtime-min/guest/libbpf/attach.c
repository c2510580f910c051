// SPDX-License-Identifier: BSD-2-Clause
/* bpf_program__attach*(): each describes to the host what libbpf shall do there. */
#include "guest/libbpf/attach.h"

struct bpf_link *wbpf_attach(wbpf_handle what, struct wbpf_attach *how)
{
	int h;

	how->size = sizeof(*how);
	h = HOST(attach, what, how, sizeof(*how));
	if (h < 0)
		return ret_null(h);
	return wbpf_link_new(h);
}

struct bpf_link *bpf_program__attach(const struct bpf_program *prog)
{
	struct bpf_link *link = NULL;
	int err;

	if (!prog->handler || !wbpf_handler_attach)
		return attach(prog, WBPF_ATTACH_AUTO);
	err = wbpf_handler_attach(prog, false, &link);
	return err ? ret_null(err) : link;
}

struct bpf_link *bpf_program__attach_perf_event_opts(const struct bpf_program *prog, int pfd,
						     const struct bpf_perf_event_opts *opts)
{
	struct bpf_link *link;

	if (!opts_ok(opts, bpf_perf_event_opts))
		return ret_null(-EINVAL);
	link = attach(
		prog, WBPF_ATTACH_PERF_EVENT, .target = pfd, .cookie = opt(opts, bpf_cookie, 0),
		.flags = (opt(opts, force_ioctl_attach, false) ? WBPF_ATTACH_FORCE_IOCTL : 0) |
			 (opt(opts, dont_enable, false) ? WBPF_ATTACH_DONT_ENABLE : 0));
	/* From now on it is the link's. */
	if (link)
		link->event = pfd;
	return link;
}

struct bpf_link *bpf_program__attach_perf_event(const struct bpf_program *prog, int pfd)
{
	return bpf_program__attach_perf_event_opts(prog, pfd, NULL);
}

struct bpf_link *bpf_program__attach_tracepoint_opts(const struct bpf_program *prog,
						     const char *category, const char *name,
						     const struct bpf_tracepoint_opts *opts)
{
	if (!opts_ok(opts, bpf_tracepoint_opts))
		return ret_null(-EINVAL);
	return attach(prog, WBPF_ATTACH_TRACEPOINT, .name = wbpf_str(name),
		      .path = wbpf_str(category), .cookie = opt(opts, bpf_cookie, 0));
}

struct bpf_link *bpf_program__attach_tracepoint(const struct bpf_program *prog,
						const char *category, const char *name)
{
	return bpf_program__attach_tracepoint_opts(prog, category, name, NULL);
}

struct bpf_link *bpf_program__attach_raw_tracepoint_opts(const struct bpf_program *prog,
							 const char *name,
							 struct bpf_raw_tracepoint_opts *opts)
{
	if (!opts_ok(opts, bpf_raw_tracepoint_opts))
		return ret_null(-EINVAL);
	return attach(prog, WBPF_ATTACH_RAW_TRACEPOINT, .name = wbpf_str(name),
		      .cookie = opt(opts, cookie, 0));
}

struct bpf_link *bpf_program__attach_raw_tracepoint(const struct bpf_program *prog,
						    const char *name)
{
	return bpf_program__attach_raw_tracepoint_opts(prog, name, NULL);
}

struct bpf_link *bpf_program__attach_trace_opts(const struct bpf_program *prog,
						const struct bpf_trace_opts *opts)
{
	if (!opts_ok(opts, bpf_trace_opts))
		return ret_null(-EINVAL);
	return attach(prog, WBPF_ATTACH_TRACE, .cookie = opt(opts, cookie, 0));
}

struct bpf_link *bpf_program__attach_trace(const struct bpf_program *prog)
{
	return bpf_program__attach_trace_opts(prog, NULL);
}

struct bpf_link *bpf_program__attach_lsm(const struct bpf_program *prog)
{
	return attach(prog, WBPF_ATTACH_LSM);
}

struct bpf_link *bpf_program__attach_freplace(const struct bpf_program *prog, int target,
					      const char *func)
{
	return attach(prog, WBPF_ATTACH_FREPLACE, .target = target, .name = wbpf_str(func));
}

struct bpf_link *bpf_program__attach_iter(const struct bpf_program *prog,
					  const struct bpf_iter_attach_opts *opts)
{
	struct wbpf_str info = {0};

	if (!opts_ok(opts, bpf_iter_attach_opts))
		return ret_null(-EINVAL);
	info.addr = (wbpf_addr)(uintptr_t)opt(opts, link_info, NULL);
	info.len = opt(opts, link_info_len, 0);
	if (!info.addr != !info.len)
		return ret_null(-EINVAL);
	return attach(prog, WBPF_ATTACH_ITER, .info = info);
}

struct bpf_link *bpf_map__attach_struct_ops(const struct bpf_map *map)
{
	struct wbpf_attach how = {.kind = WBPF_ATTACH_STRUCT_OPS};

	if (map->info.type != BPF_MAP_TYPE_STRUCT_OPS) {
		warn("map '%s': is not a struct_ops map\n", map->name);
		return ret_null(-EINVAL);
	}
	return wbpf_attach(map->handle, &how);
}
