// SPDX-License-Identifier: BSD-2-Clause
/* Attaching to functions of the kernel and of programs. */
#include "guest/libbpf/attach.h"

static uint32_t flags_of(bool retprobe, bool session)
{
	return (retprobe ? WBPF_ATTACH_RETURN : 0) | (session ? WBPF_ATTACH_SESSION : 0);
}

struct bpf_link *bpf_program__attach_kprobe_opts(const struct bpf_program *prog, const char *func,
						 const struct bpf_kprobe_opts *opts)
{
	if (!opts_ok(opts, bpf_kprobe_opts))
		return ret_null(-EINVAL);
	return attach(prog, WBPF_ATTACH_KPROBE, .name = wbpf_str(func),
		      .offset = opt(opts, offset, 0), .cookie = opt(opts, bpf_cookie, 0),
		      .flags = flags_of(opt(opts, retprobe, false), false),
		      .mode = opt(opts, attach_mode, PROBE_ATTACH_MODE_DEFAULT));
}

struct bpf_link *bpf_program__attach_kprobe(const struct bpf_program *prog, bool retprobe,
					    const char *func)
{
	LIBBPF_OPTS(bpf_kprobe_opts, opts, .retprobe = retprobe);

	return bpf_program__attach_kprobe_opts(prog, func, &opts);
}

struct bpf_link *bpf_program__attach_ksyscall(const struct bpf_program *prog, const char *name,
					      const struct bpf_ksyscall_opts *opts)
{
	if (!opts_ok(opts, bpf_ksyscall_opts))
		return ret_null(-EINVAL);
	return attach(prog, WBPF_ATTACH_KSYSCALL, .name = wbpf_str(name),
		      .cookie = opt(opts, bpf_cookie, 0),
		      .flags = flags_of(opt(opts, retprobe, false), false));
}

struct bpf_link *bpf_program__attach_uprobe_opts(const struct bpf_program *prog, pid_t pid,
						 const char *path, size_t offset,
						 const struct bpf_uprobe_opts *opts)
{
	if (!path || !opts_ok(opts, bpf_uprobe_opts))
		return ret_null(-EINVAL);
	return attach(prog, WBPF_ATTACH_UPROBE, .path = wbpf_str(path),
		      .name = wbpf_str(opt(opts, func_name, NULL)), .offset = offset, .pid = pid,
		      .ref_ctr = opt(opts, ref_ctr_offset, 0), .cookie = opt(opts, bpf_cookie, 0),
		      .flags = flags_of(opt(opts, retprobe, false), false),
		      .mode = opt(opts, attach_mode, PROBE_ATTACH_MODE_DEFAULT));
}

struct bpf_link *bpf_program__attach_uprobe(const struct bpf_program *prog, bool retprobe,
					    pid_t pid, const char *path, size_t offset)
{
	LIBBPF_OPTS(bpf_uprobe_opts, opts, .retprobe = retprobe);

	return bpf_program__attach_uprobe_opts(prog, pid, path, offset, &opts);
}

struct bpf_link *bpf_program__attach_usdt(const struct bpf_program *prog, pid_t pid,
					  const char *path, const char *provider, const char *name,
					  const struct bpf_usdt_opts *opts)
{
	if (!path || !provider || !name || !opts_ok(opts, bpf_usdt_opts))
		return ret_null(-EINVAL);
	return attach(prog, WBPF_ATTACH_USDT, .path = wbpf_str(path),
		      .provider = wbpf_str(provider), .name = wbpf_str(name), .pid = pid,
		      .cookie = opt(opts, usdt_cookie, 0));
}
