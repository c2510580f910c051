// SPDX-License-Identifier: BSD-2-Clause
/* Attaching to interfaces, cgroups, sockets and network namespaces. */
#include "guest/libbpf/attach.h"

struct bpf_link *bpf_program__attach_xdp(const struct bpf_program *prog, int ifindex)
{
	return attach(prog, WBPF_ATTACH_XDP, .target = ifindex);
}

struct bpf_link *bpf_program__attach_netns(const struct bpf_program *prog, int netns)
{
	return attach(prog, WBPF_ATTACH_NETNS, .target = netns);
}

struct bpf_link *bpf_program__attach_sockmap(const struct bpf_program *prog, int map)
{
	return attach(prog, WBPF_ATTACH_SOCKMAP, .target = map);
}

struct bpf_link *bpf_program__attach_netfilter(const struct bpf_program *prog,
					       const struct bpf_netfilter_opts *opts)
{
	if (!opts_ok(opts, bpf_netfilter_opts))
		return ret_null(-EINVAL);
	return attach(prog, WBPF_ATTACH_NETFILTER, .pf = opt(opts, pf, 0),
		      .hooknum = opt(opts, hooknum, 0), .priority = opt(opts, priority, 0),
		      .flags = opt(opts, flags, 0));
}

struct bpf_link *bpf_program__attach_tcx(const struct bpf_program *prog, int ifindex,
					 const struct bpf_tcx_opts *opts)
{
	struct wbpf_attach how = {
		.kind = WBPF_ATTACH_TCX,
		.target = ifindex,
		.flags = opt(opts, flags, 0),
		.revision = opt(opts, expected_revision, 0),
		.relative = (int32_t)opt(opts, relative_fd, 0),
		.relative_id = opt(opts, relative_id, 0),
	};

	if (!opts_ok(opts, bpf_tcx_opts))
		return ret_null(-EINVAL);
	return wbpf_attach(prog->handle, &how);
}

struct bpf_link *bpf_program__attach_netkit(const struct bpf_program *prog, int ifindex,
					    const struct bpf_netkit_opts *opts)
{
	struct wbpf_attach how = {
		.kind = WBPF_ATTACH_NETKIT,
		.target = ifindex,
		.flags = opt(opts, flags, 0),
		.revision = opt(opts, expected_revision, 0),
		.relative = (int32_t)opt(opts, relative_fd, 0),
		.relative_id = opt(opts, relative_id, 0),
	};

	if (!opts_ok(opts, bpf_netkit_opts))
		return ret_null(-EINVAL);
	return wbpf_attach(prog->handle, &how);
}

struct bpf_link *bpf_program__attach_cgroup_opts(const struct bpf_program *prog, int cgroup,
						 const struct bpf_cgroup_opts *opts)
{
	struct wbpf_attach how = {
		.kind = WBPF_ATTACH_CGROUP,
		.target = cgroup,
		.flags = opt(opts, flags, 0),
		.revision = opt(opts, expected_revision, 0),
		.relative = (int32_t)opt(opts, relative_fd, 0),
		.relative_id = opt(opts, relative_id, 0),
	};

	if (!opts_ok(opts, bpf_cgroup_opts))
		return ret_null(-EINVAL);
	return wbpf_attach(prog->handle, &how);
}

struct bpf_link *bpf_program__attach_cgroup(const struct bpf_program *prog, int cgroup)
{
	return bpf_program__attach_cgroup_opts(prog, cgroup, NULL);
}
