/* SPDX-License-Identifier: BSD-2-Clause */
/* attach() and detach(): one function a kind, each over the libbpf function of that kind. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "host/calls.h"
#include "host/hints.h"
#include "host/instance.h"
#include "host/map_rules.h"

enum { MAX_INFO = 4096 };

/* The description with its strings copied out of the module's memory. */
struct attachment {
	struct instance *in;
	const struct wbpf_attach *how;
	char *name, *path, *provider;
};

static bool returns(const struct attachment *a)
{
	return a->how->flags & WBPF_ATTACH_RETURN;
}

/* The kinds' functions return a link, or NULL with errno set, as libbpf's do. */
static struct bpf_link *fail(int err)
{
	errno = err < 0 ? -err : err;
	return NULL;
}

static int target_fd(const struct attachment *a, unsigned int kind)
{
	return instance_fd(a->in, a->how->target, kind);
}

static struct bpf_link *attach_tracepoint(struct bpf_program *p, const struct attachment *a)
{
	LIBBPF_OPTS(bpf_tracepoint_opts, opts, .bpf_cookie = a->how->cookie);

	if (!a->path || !a->name)
		return fail(EINVAL);
	return bpf_program__attach_tracepoint_opts(p, a->path, a->name, &opts);
}

static struct bpf_link *attach_raw_tracepoint(struct bpf_program *p, const struct attachment *a)
{
	LIBBPF_OPTS(bpf_raw_tracepoint_opts, opts, .cookie = a->how->cookie);

	return a->name ? bpf_program__attach_raw_tracepoint_opts(p, a->name, &opts) : fail(EINVAL);
}

static struct bpf_link *attach_kprobe(struct bpf_program *p, const struct attachment *a)
{
	LIBBPF_OPTS(bpf_kprobe_opts, opts, .bpf_cookie = a->how->cookie, .offset = a->how->offset,
		    .retprobe = returns(a), .attach_mode = a->how->mode);

	return a->name ? bpf_program__attach_kprobe_opts(p, a->name, &opts) : fail(EINVAL);
}

static struct bpf_link *attach_ksyscall(struct bpf_program *p, const struct attachment *a)
{
	LIBBPF_OPTS(bpf_ksyscall_opts, opts, .bpf_cookie = a->how->cookie, .retprobe = returns(a));

	return a->name ? bpf_program__attach_ksyscall(p, a->name, &opts) : fail(EINVAL);
}

static struct bpf_link *attach_kprobe_multi(struct bpf_program *p, const struct attachment *a)
{
	LIBBPF_OPTS(bpf_kprobe_multi_opts, opts, .retprobe = returns(a),
		    .session = a->how->flags & WBPF_ATTACH_SESSION);

	return a->name ? bpf_program__attach_kprobe_multi_opts(p, a->name, &opts) : fail(EINVAL);
}

static struct bpf_link *attach_uprobe(struct bpf_program *p, const struct attachment *a)
{
	LIBBPF_OPTS(bpf_uprobe_opts, opts, .bpf_cookie = a->how->cookie,
		    .ref_ctr_offset = (size_t)a->how->ref_ctr, .retprobe = returns(a),
		    .func_name = a->name, .attach_mode = a->how->mode);

	if (!a->path)
		return fail(EINVAL);
	return bpf_program__attach_uprobe_opts(p, a->how->pid, a->path, a->how->offset, &opts);
}

static struct bpf_link *attach_uprobe_multi(struct bpf_program *p, const struct attachment *a)
{
	LIBBPF_OPTS(bpf_uprobe_multi_opts, opts, .retprobe = returns(a),
		    .session = a->how->flags & WBPF_ATTACH_SESSION);

	if (!a->path || !a->name)
		return fail(EINVAL);
	return bpf_program__attach_uprobe_multi(p, a->how->pid, a->path, a->name, &opts);
}

static struct bpf_link *attach_usdt(struct bpf_program *p, const struct attachment *a)
{
	LIBBPF_OPTS(bpf_usdt_opts, opts, .usdt_cookie = a->how->cookie);

	if (!a->path || !a->provider || !a->name)
		return fail(EINVAL);
	return bpf_program__attach_usdt(p, a->how->pid, a->path, a->provider, a->name, &opts);
}

static struct bpf_link *attach_perf_event(struct bpf_program *p, const struct attachment *a)
{
	LIBBPF_OPTS(bpf_perf_event_opts, opts, .bpf_cookie = a->how->cookie);
	int fd = target_fd(a, WBPF_KIND_FILE);

	if (fd < 0)
		return fail(fd);
	/* The link closes what it gets; the module's handle keeps its own. */
	fd = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	if (fd < 0)
		return NULL;
	struct bpf_link *link = bpf_program__attach_perf_event_opts(p, fd, &opts);
	if (!link) {
		int err = errno;
		close(fd);
		errno = err;
	}
	return link;
}

static struct bpf_link *attach_trace(struct bpf_program *p, const struct attachment *a)
{
	LIBBPF_OPTS(bpf_trace_opts, opts, .cookie = a->how->cookie);

	return bpf_program__attach_trace_opts(p, &opts);
}

static struct bpf_link *attach_lsm(struct bpf_program *p, const struct attachment *a)
{
	return bpf_program__attach_lsm(p);
}

static struct bpf_link *attach_cgroup(struct bpf_program *p, const struct attachment *a)
{
	LIBBPF_OPTS(bpf_cgroup_opts, opts, .flags = a->how->flags,
		    .relative_id = (uint32_t)a->how->relative,
		    .expected_revision = a->how->revision);
	int fd = target_fd(a, WBPF_KIND_FILE);

	if (WBPF_IS_HANDLE(a->how->relative)) {
		opts.relative_fd = (uint32_t)instance_fd(a->in, a->how->relative, 0);
		opts.relative_id = 0;
	}
	if (fd < 0)
		return fail(fd);
	return a->how->flags || a->how->relative || a->how->revision
		       ? bpf_program__attach_cgroup_opts(p, fd, &opts)
		       : bpf_program__attach_cgroup(p, fd);
}

static struct bpf_link *attach_netns(struct bpf_program *p, const struct attachment *a)
{
	int fd = target_fd(a, WBPF_KIND_FILE);

	return fd < 0 ? fail(fd) : bpf_program__attach_netns(p, fd);
}

static struct bpf_link *attach_sockmap(struct bpf_program *p, const struct attachment *a)
{
	int fd = target_fd(a, WBPF_KIND_MAP);

	return fd < 0 ? fail(fd) : bpf_program__attach_sockmap(p, fd);
}

static struct bpf_link *attach_xdp(struct bpf_program *p, const struct attachment *a)
{
	return bpf_program__attach_xdp(p, a->how->target);
}

static struct bpf_link *attach_tcx(struct bpf_program *p, const struct attachment *a)
{
	LIBBPF_OPTS(bpf_tcx_opts, opts, .flags = a->how->flags,
		    .relative_id = (uint32_t)a->how->relative,
		    .expected_revision = a->how->revision);

	if (WBPF_IS_HANDLE(a->how->relative)) {
		opts.relative_fd = (uint32_t)instance_fd(a->in, a->how->relative, 0);
		opts.relative_id = 0;
	}
	return bpf_program__attach_tcx(p, a->how->target, &opts);
}

static struct bpf_link *attach_netkit(struct bpf_program *p, const struct attachment *a)
{
	LIBBPF_OPTS(bpf_netkit_opts, opts, .flags = a->how->flags,
		    .relative_id = (uint32_t)a->how->relative,
		    .expected_revision = a->how->revision);

	if (WBPF_IS_HANDLE(a->how->relative)) {
		opts.relative_fd = (uint32_t)instance_fd(a->in, a->how->relative, 0);
		opts.relative_id = 0;
	}
	return bpf_program__attach_netkit(p, a->how->target, &opts);
}

/* Which arm of the kernel's union a target reads, and where that arm holds a descriptor. */
static const struct iter_target {
	const char *name;
	uint32_t fd_at;
	uint8_t kind;
	bool needed;
} iter_targets[] = {
	{"bpf_map_elem", offsetof(union bpf_iter_link_info, map.map_fd), WBPF_KIND_MAP, true},
	{"bpf_sk_storage_map", offsetof(union bpf_iter_link_info, map.map_fd), WBPF_KIND_MAP, true},
	{"cgroup", offsetof(union bpf_iter_link_info, cgroup.cgroup_fd), WBPF_KIND_FILE, false},
	{"task", offsetof(union bpf_iter_link_info, task.pid_fd), WBPF_KIND_FILE, false},
	{"task_file", offsetof(union bpf_iter_link_info, task.pid_fd), WBPF_KIND_FILE, false},
	{"task_vma", offsetof(union bpf_iter_link_info, task.pid_fd), WBPF_KIND_FILE, false},
};

/* The target that the program's section names: "iter/task". */
static const struct iter_target *iter_target(const struct bpf_program *p)
{
	const char *name = strchr(bpf_program__section_name(p), '/');

	for (size_t i = 0; name && i < sizeof(iter_targets) / sizeof(*iter_targets); i++)
		if (!strcmp(name + 1, iter_targets[i].name))
			return &iter_targets[i];
	return NULL;
}

static int iter_info(const struct attachment *a, const struct iter_target *t,
		     union bpf_iter_link_info *ret)
{
	const struct wbpf_str info = a->how->info;
	uint32_t value;

	if (info.len > sizeof(*ret))
		return -E2BIG;
	if (memory_copy_in(a->in->memory, ret, info.addr, info.len))
		return -EFAULT;
	if (!t)
		return -EINVAL;
	memcpy(&value, (uint8_t *)ret + t->fd_at, sizeof(value));
	if (!value && !t->needed)
		return 0;
	int fd = instance_fd(a->in, (wbpf_handle)value, t->kind);
	if (fd < 0)
		return fd;
	memcpy((uint8_t *)ret + t->fd_at, &fd, sizeof(fd));
	return 0;
}

/* Whether the kernel read the information as the target that it was translated for. */
static bool iterates(const struct bpf_link *link, const struct iter_target *t)
{
	char name[64] = "";
	struct bpf_link_info info = {.iter.target_name = (uintptr_t)name,
				     .iter.target_name_len = sizeof(name)};
	uint32_t len = sizeof(info);

	return !bpf_link_get_info_by_fd(bpf_link__fd(link), &info, &len) && !strcmp(name, t->name);
}

static struct bpf_link *attach_iter(struct bpf_program *p, const struct attachment *a)
{
	const struct iter_target *t = iter_target(p);
	union bpf_iter_link_info linfo = {0};
	LIBBPF_OPTS(bpf_iter_attach_opts, opts);

	if (a->how->info.addr) {
		int err = iter_info(a, t, &linfo);
		if (err)
			return fail(err);
		opts.link_info = &linfo;
		opts.link_info_len = a->how->info.len;
	}
	struct bpf_link *link = bpf_program__attach_iter(p, &opts);
	if (link && a->how->info.addr && !iterates(link, t)) {
		bpf_link__destroy(link);
		return fail(EINVAL);
	}
	return link;
}

static struct bpf_link *attach_freplace(struct bpf_program *p, const struct attachment *a)
{
	int fd = target_fd(a, WBPF_KIND_PROG);

	return fd < 0 ? fail(fd) : bpf_program__attach_freplace(p, fd, a->name);
}

static struct bpf_link *attach_netfilter(struct bpf_program *p, const struct attachment *a)
{
	LIBBPF_OPTS(bpf_netfilter_opts, opts, .pf = a->how->pf, .hooknum = a->how->hooknum,
		    .priority = a->how->priority, .flags = a->how->flags);

	return bpf_program__attach_netfilter(p, &opts);
}

static struct bpf_link *attach_auto(struct bpf_program *p, const struct attachment *a)
{
	return bpf_program__attach(p);
}

static struct bpf_link *(*const kinds[])(struct bpf_program *, const struct attachment *) = {
	[WBPF_ATTACH_AUTO] = attach_auto,
	[WBPF_ATTACH_TRACEPOINT] = attach_tracepoint,
	[WBPF_ATTACH_RAW_TRACEPOINT] = attach_raw_tracepoint,
	[WBPF_ATTACH_KPROBE] = attach_kprobe,
	[WBPF_ATTACH_UPROBE] = attach_uprobe,
	[WBPF_ATTACH_USDT] = attach_usdt,
	[WBPF_ATTACH_PERF_EVENT] = attach_perf_event,
	[WBPF_ATTACH_TRACE] = attach_trace,
	[WBPF_ATTACH_LSM] = attach_lsm,
	[WBPF_ATTACH_CGROUP] = attach_cgroup,
	[WBPF_ATTACH_NETNS] = attach_netns,
	[WBPF_ATTACH_SOCKMAP] = attach_sockmap,
	[WBPF_ATTACH_XDP] = attach_xdp,
	[WBPF_ATTACH_TCX] = attach_tcx,
	[WBPF_ATTACH_NETKIT] = attach_netkit,
	[WBPF_ATTACH_ITER] = attach_iter,
	[WBPF_ATTACH_FREPLACE] = attach_freplace,
	[WBPF_ATTACH_NETFILTER] = attach_netfilter,
	[WBPF_ATTACH_KSYSCALL] = attach_ksyscall,
	[WBPF_ATTACH_KPROBE_MULTI] = attach_kprobe_multi,
	[WBPF_ATTACH_UPROBE_MULTI] = attach_uprobe_multi,
};

/*
 * Attaches by the section, or not at all when the section does not say how. Only libbpf knows which
 * do; its skeleton function makes that difference, so it is given a skeleton of one program.
 */
static int attach_if_possible(struct bpf_program *p, struct bpf_link **ret)
{
	struct bpf_prog_skeleton prog = {.name = bpf_program__name(p), .prog = &p, .link = ret};
	struct bpf_object_skeleton s = {
		.sz = sizeof(s),
		.name = prog.name,
		.prog_cnt = 1,
		.prog_skel_sz = sizeof(prog),
		.progs = &prog,
		.map_skel_sz = sizeof(struct bpf_map_skeleton),
	};

	return bpf_object__attach_skeleton(&s);
}

static int attach_program(struct instance *in, struct bpf_program *p, const struct wbpf_attach *how,
			  struct bpf_link **ret)
{
	struct attachment a = {.in = in, .how = how};
	int err;

	if (how->kind >= sizeof(kinds) / sizeof(*kinds) || !kinds[how->kind])
		return -EINVAL;
	if (how->kind == WBPF_ATTACH_AUTO && how->flags & WBPF_ATTACH_IF_POSSIBLE)
		return attach_if_possible(p, ret);
	a.name = instance_string(in, how->name, MAX_INFO, &err);
	if (!err)
		a.path = instance_string(in, how->path, PATH_MAX, &err);
	if (!err)
		a.provider = instance_string(in, how->provider, MAX_INFO, &err);
	if (!err) {
		*ret = kinds[how->kind](p, &a);
		err = *ret ? 0 : -errno;
	}
	free(a.name);
	free(a.path);
	free(a.provider);
	return err;
}

static int attach_map(struct bpf_map *map, const struct wbpf_attach *how, struct bpf_link **ret)
{
	if (how->kind != WBPF_ATTACH_AUTO && how->kind != WBPF_ATTACH_STRUCT_OPS)
		return -EINVAL;
	*ret = bpf_map__attach_struct_ops(map);
	return *ret ? 0 : -errno;
}

static wbpf_handle add_link(struct instance *in, struct bpf_link *link, struct opened *o)
{
	int err = 0;
	struct handle *h = handle_new(&in->handles, WBPF_KIND_LINK, &err);

	if (!h) {
		bpf_link__destroy(link);
		return err;
	}
	h->ptr = link;
	h->fd = bpf_link__fd(link);
	h->opened = o;
	o->refs++;
	return h->value;
}

int32_t call_attach(struct instance *in, wbpf_handle value, wbpf_addr addr, uint32_t size)
{
	struct handle *h = handle_find(&in->handles, value, 0);
	struct bpf_link *link = NULL;
	struct wbpf_attach how;
	int err = instance_struct(in, &how, sizeof(how), offsetof(struct wbpf_attach, relative_id),
				  addr, size);

	if (!h || (h->kind != WBPF_KIND_PROG && h->kind != WBPF_KIND_MAP) || !h->ptr)
		return -EBADF;
	if (err)
		return err;
	log_capture(&in->log);
	err = map_rule_usdt(&in->log, h->opened->object);
	if (!err)
		err = h->kind == WBPF_KIND_PROG ? attach_program(in, h->ptr, &how, &link)
						: attach_map(h->ptr, &how, &link);
	if (err)
		hint_attach(&in->log, err, h->kind == WBPF_KIND_PROG ? h->ptr : NULL);
	int32_t ret = err ? err : link ? add_link(in, link, h->opened) : 0;
	log_capture(NULL);
	instance_update_shared(in);
	return ret;
}

int32_t call_detach(struct instance *in, wbpf_handle value)
{
	struct handle *h = handle_find(&in->handles, value, WBPF_KIND_LINK);

	if (!h || !h->ptr)
		return -EBADF;
	log_capture(&in->log);
	int err = bpf_link__detach(h->ptr);
	log_capture(NULL);
	instance_update_shared(in);
	return err;
}
