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

#include "base/strbuf.h"
#include "host/calls.h"
#include "host/attach_iter.h"
#include "host/attach_rules.h"
#include "host/hints.h"
#include "host/instance.h"
#include "host/map_rules.h"
#include "host/stats.h"

enum { MAX_NAME = 4096, MAX_COUNT = 1 << 20, MAX_SYMS = 64 << 20 };

/* The description with its strings and lists copied out of the module's memory. */
struct attachment {
	struct instance *in;
	const struct wbpf_attach *how;
	char *name, *path, *provider;
	char *sym_text;
	const char **syms;
	uint64_t *addrs, *ref_ctrs, *cookies;
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

/* Where 0 is none. */
static int none_or(const struct instance *in, wbpf_handle value)
{
	return value ? instance_descriptor(in, value) : 0;
}

static int target_fd(const struct attachment *a)
{
	return instance_descriptor(a->in, a->how->target);
}

static struct bpf_link *attach_tracepoint(struct bpf_program *p, const struct attachment *a)
{
	LIBBPF_OPTS(bpf_tracepoint_opts, opts, .bpf_cookie = a->how->cookie);

	return bpf_program__attach_tracepoint_opts(p, a->path, a->name, &opts);
}

static struct bpf_link *attach_raw_tracepoint(struct bpf_program *p, const struct attachment *a)
{
	LIBBPF_OPTS(bpf_raw_tracepoint_opts, opts, .cookie = a->how->cookie);

	return bpf_program__attach_raw_tracepoint_opts(p, a->name, &opts);
}

static struct bpf_link *attach_kprobe(struct bpf_program *p, const struct attachment *a)
{
	LIBBPF_OPTS(bpf_kprobe_opts, opts, .bpf_cookie = a->how->cookie, .offset = a->how->offset,
		    .retprobe = returns(a), .attach_mode = a->how->mode);

	return bpf_program__attach_kprobe_opts(p, a->name, &opts);
}

static struct bpf_link *attach_ksyscall(struct bpf_program *p, const struct attachment *a)
{
	LIBBPF_OPTS(bpf_ksyscall_opts, opts, .bpf_cookie = a->how->cookie, .retprobe = returns(a));

	return bpf_program__attach_ksyscall(p, a->name, &opts);
}

static struct bpf_link *attach_kprobe_multi(struct bpf_program *p, const struct attachment *a)
{
	_Static_assert(sizeof(unsigned long) == sizeof(uint64_t), "addresses are as the kernel's");
	LIBBPF_OPTS(bpf_kprobe_multi_opts, opts, .syms = a->syms,
		    .addrs = (const unsigned long *)a->addrs, .cookies = (const __u64 *)a->cookies,
		    .cnt = a->how->count, .retprobe = returns(a),
		    .session = a->how->flags & WBPF_ATTACH_SESSION,
		    .unique_match = a->how->flags & WBPF_ATTACH_UNIQUE);

	return bpf_program__attach_kprobe_multi_opts(p, a->name, &opts);
}

static struct bpf_link *attach_uprobe(struct bpf_program *p, const struct attachment *a)
{
	LIBBPF_OPTS(bpf_uprobe_opts, opts, .bpf_cookie = a->how->cookie,
		    .ref_ctr_offset = (size_t)a->how->ref_ctr, .retprobe = returns(a),
		    .func_name = a->name, .attach_mode = a->how->mode);

	return bpf_program__attach_uprobe_opts(p, a->how->pid, a->path, a->how->offset, &opts);
}

static struct bpf_link *attach_uprobe_multi(struct bpf_program *p, const struct attachment *a)
{
	LIBBPF_OPTS(bpf_uprobe_multi_opts, opts, .syms = a->syms,
		    .offsets = (const unsigned long *)a->addrs,
		    .ref_ctr_offsets = (const unsigned long *)a->ref_ctrs,
		    .cookies = (const __u64 *)a->cookies, .cnt = a->how->count,
		    .retprobe = returns(a), .session = a->how->flags & WBPF_ATTACH_SESSION);

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
	LIBBPF_OPTS(bpf_perf_event_opts, opts, .bpf_cookie = a->how->cookie,
		    .force_ioctl_attach = a->how->flags & WBPF_ATTACH_FORCE_IOCTL,
		    .dont_enable = a->how->flags & WBPF_ATTACH_DONT_ENABLE);
	int fd = target_fd(a), own = fd < 0 || fd == INT_MAX ? fd : fcntl(fd, F_DUPFD_CLOEXEC, 3);

	/* The link closes what it gets; the module's handle keeps its own. */
	if (own < 0 && fd >= 0)
		return NULL;
	struct bpf_link *link = bpf_program__attach_perf_event_opts(p, own, &opts);
	if (!link && own >= 0 && own != INT_MAX) {
		int err = errno;
		close(own);
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

/* The program that another one is put beside: a descriptor or an id; libbpf minds both. */
struct place {
	uint32_t fd, id;
};

static struct place place_of(const struct attachment *a)
{
	int32_t relative = a->how->relative;

	/* Minor version 0 had one field for both. */
	if (relative > 0 && !WBPF_IS_HANDLE(relative) && !a->how->relative_id)
		return (struct place){.id = (uint32_t)relative};
	return (struct place){.fd = (uint32_t)none_or(a->in, relative), .id = a->how->relative_id};
}

static struct bpf_link *attach_cgroup(struct bpf_program *p, const struct attachment *a)
{
	const struct place at = place_of(a);
	LIBBPF_OPTS(bpf_cgroup_opts, opts, .flags = a->how->flags, .relative_fd = at.fd,
		    .relative_id = at.id, .expected_revision = a->how->revision);

	return bpf_program__attach_cgroup_opts(p, target_fd(a), &opts);
}

static struct bpf_link *attach_netns(struct bpf_program *p, const struct attachment *a)
{
	return bpf_program__attach_netns(p, target_fd(a));
}

static struct bpf_link *attach_sockmap(struct bpf_program *p, const struct attachment *a)
{
	return bpf_program__attach_sockmap(p, target_fd(a));
}

static struct bpf_link *attach_xdp(struct bpf_program *p, const struct attachment *a)
{
	return bpf_program__attach_xdp(p, a->how->target);
}

static struct bpf_link *attach_tcx(struct bpf_program *p, const struct attachment *a)
{
	const struct place at = place_of(a);
	LIBBPF_OPTS(bpf_tcx_opts, opts, .flags = a->how->flags, .relative_fd = at.fd,
		    .relative_id = at.id, .expected_revision = a->how->revision);

	return bpf_program__attach_tcx(p, a->how->target, &opts);
}

static struct bpf_link *attach_netkit(struct bpf_program *p, const struct attachment *a)
{
	const struct place at = place_of(a);
	LIBBPF_OPTS(bpf_netkit_opts, opts, .flags = a->how->flags, .relative_fd = at.fd,
		    .relative_id = at.id, .expected_revision = a->how->revision);

	return bpf_program__attach_netkit(p, a->how->target, &opts);
}

static struct bpf_link *attach_iter_kind(struct bpf_program *p, const struct attachment *a)
{
	return attach_iter(a->in, p, a->how->info);
}

static struct bpf_link *attach_freplace(struct bpf_program *p, const struct attachment *a)
{
	return bpf_program__attach_freplace(p, none_or(a->in, a->how->target), a->name);
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
	[WBPF_ATTACH_ITER] = attach_iter_kind,
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

/* --- copying the description ----------------------------------------------------------------- */

/* A list of numbers, or NULL for none; libbpf says what is wrong with the wrong ones. */
static int copy_numbers(const struct attachment *a, struct wbpf_str s, uint64_t **ret)
{
	uint64_t size = (uint64_t)a->how->count * sizeof(uint64_t);

	if (!s.addr)
		return 0;
	if (s.len != size)
		return -EINVAL;
	*ret = malloc(size ? size : 1);
	if (!*ret)
		return -ENOMEM;
	return size ? memory_copy_in(a->in->memory, *ret, s.addr, s.len) : 0;
}

static int copy_syms(struct attachment *a)
{
	const struct wbpf_str s = a->how->syms;
	uint32_t n = 0;

	if (!s.addr)
		return 0;
	if (s.len > MAX_SYMS)
		return -E2BIG;
	a->sym_text = malloc((size_t)s.len + 1);
	a->syms = calloc(a->how->count ? a->how->count : 1, sizeof(*a->syms));
	if (!a->sym_text || !a->syms)
		return -ENOMEM;
	int err = s.len ? memory_copy_in(a->in->memory, a->sym_text, s.addr, s.len) : 0;
	if (err)
		return err;
	a->sym_text[s.len] = '\0';
	for (const char *p = a->sym_text; n < a->how->count && p < a->sym_text + s.len;
	     p += strlen(p) + 1)
		a->syms[n++] = p;
	return n == a->how->count ? 0 : -EINVAL;
}

static int copy_description(struct attachment *a)
{
	const struct wbpf_attach *how = a->how;
	int err;

	if (how->count > MAX_COUNT)
		return -E2BIG;
	a->name = instance_string(a->in, how->name, MAX_NAME, &err);
	if (!err)
		a->path = instance_string(a->in, how->path, PATH_MAX, &err);
	if (!err)
		a->provider = instance_string(a->in, how->provider, MAX_NAME, &err);
	if (!err)
		err = copy_syms(a);
	if (!err)
		err = copy_numbers(a, how->addrs, &a->addrs);
	if (!err)
		err = copy_numbers(a, how->ref_ctrs, &a->ref_ctrs);
	if (!err)
		err = copy_numbers(a, how->cookies, &a->cookies);
	return err;
}

static void free_description(struct attachment *a)
{
	free(a->name);
	free(a->path);
	free(a->provider);
	free(a->sym_text);
	free(a->syms);
	free(a->addrs);
	free(a->ref_ctrs);
	free(a->cookies);
}

/* Names and files, where the kind has libbpf open or write with them. */
static int check_names(const struct attachment *a, const struct bpf_program *p)
{
	struct log *l = &a->in->log;
	bool symbols = a->name || a->syms;
	int err;

	switch (a->how->kind) {
	case WBPF_ATTACH_AUTO:
		return attach_rule_section(l, p);
	case WBPF_ATTACH_KPROBE:
	case WBPF_ATTACH_KSYSCALL:
		return attach_rule_text(l, a->name);
	case WBPF_ATTACH_UPROBE:
		err = attach_rule_text(l, a->path);
		return err || !symbols ? err : attach_rule_binary(l, a->path);
	case WBPF_ATTACH_UPROBE_MULTI:
		return symbols ? attach_rule_binary(l, a->path) : 0;
	case WBPF_ATTACH_USDT:
		return attach_rule_binary(l, a->path);
	default:
		return 0;
	}
}

/* Where a program was attached to, for people. */
static char *target_text(const struct attachment *a, const struct bpf_program *p)
{
	const struct wbpf_attach *how = a->how;

	if (a->path || a->name)
		return str_printf("%s%s%s%s%s", a->path ? a->path : "", a->path ? ":" : "",
				  a->provider ? a->provider : "", a->provider ? ":" : "",
				  a->name ? a->name : "");
	if (how->target > 0 && !WBPF_IS_HANDLE(how->target))
		return str_printf("interface %d", how->target);
	return strdup(bpf_program__section_name(p));
}

static int attach_program(struct instance *in, struct bpf_program *p, const struct wbpf_attach *how,
			  struct bpf_link **ret, char **target)
{
	struct attachment a = {.in = in, .how = how};
	int err;

	if (how->kind >= sizeof(kinds) / sizeof(*kinds) || !kinds[how->kind])
		return -EINVAL;
	err = copy_description(&a);
	if (!err)
		err = check_names(&a, p);
	if (!err && how->kind == WBPF_ATTACH_AUTO && how->flags & WBPF_ATTACH_IF_POSSIBLE) {
		err = attach_if_possible(p, ret);
	} else if (!err) {
		*ret = kinds[how->kind](p, &a);
		err = *ret ? 0 : -errno;
	}
	if (!err && in->stats)
		*target = target_text(&a, p);
	free_description(&a);
	return err;
}

static int attach_map(struct bpf_map *map, const struct wbpf_attach *how, struct bpf_link **ret)
{
	if (how->kind != WBPF_ATTACH_AUTO && how->kind != WBPF_ATTACH_STRUCT_OPS)
		return -EINVAL;
	*ret = bpf_map__attach_struct_ops(map);
	return *ret ? 0 : -errno;
}

static wbpf_handle add_link(struct instance *in, struct bpf_link *link, const struct handle *of,
			    const char *target)
{
	int err = 0;
	struct handle *h = handle_new(&in->handles, WBPF_KIND_LINK, &err);

	if (!h) {
		bpf_link__destroy(link);
		return err;
	}
	h->ptr = link;
	h->fd = bpf_link__fd(link);
	if (!h->fd) /* USDT's, which has none and does not say so */
		h->fd = -1;
	h->opened = of->opened;
	h->struct_ops = of->kind == WBPF_KIND_MAP;
	of->opened->refs++;
	stats_attached(in, h, h->fd < 0 ? "usdt" : NULL,
		       h->struct_ops ? bpf_map__name(of->ptr) : bpf_program__name(of->ptr), target);
	return h->value;
}

/* libbpf knows nothing of it (shares.h). */
static int refuse_shared(struct instance *in, const struct bpf_program *p)
{
	log_add(&in->log, WBPF_LOG_WARN,
		"wbpf: prog '%s': is shared, and another module loaded it: attach it there, or "
		"with "
		"bpf_link_create()\n",
		bpf_program__name(p));
	return -EOPNOTSUPP;
}

int32_t call_attach(struct instance *in, wbpf_handle value, wbpf_addr addr, uint32_t size)
{
	struct handle *h = handle_find(&in->handles, value, 0);
	struct bpf_link *link = NULL;
	uint64_t began = stats_now();
	char *target = NULL;
	struct wbpf_attach how;
	int err = instance_struct(in, &how, sizeof(how), offsetof(struct wbpf_attach, relative_id),
				  addr, size);

	if (!h || (h->kind != WBPF_KIND_PROG && h->kind != WBPF_KIND_MAP) || !h->ptr)
		return -EBADF;
	if (err)
		return err;
	log_capture(&in->log);
	err = h->shared ? refuse_shared(in, h->ptr) : map_rule_usdt(&in->log, h->opened->object);
	if (!err)
		err = h->kind == WBPF_KIND_PROG ? attach_program(in, h->ptr, &how, &link, &target)
						: attach_map(h->ptr, &how, &link);
	if (err)
		hint_attach(&in->log, err, h->kind == WBPF_KIND_PROG ? h->ptr : NULL);
	int32_t ret = err ? err : link ? add_link(in, link, h, target ? target : "") : 0;
	log_capture(NULL);
	free(target);
	if (ret > 0)
		stats_stage(in->stats, STATS_ATTACH, began);
	instance_update_shared(in);
	return ret;
}

int32_t call_detach(struct instance *in, wbpf_handle value)
{
	struct handle *h = handle_find(&in->handles, value, WBPF_KIND_LINK);

	if (!h || h->fd < 0)
		return -EBADF;
	log_capture(&in->log);
	int err = bpf_link_detach(h->fd);
	if (!err)
		stats_detached(in, value);
	log_capture(NULL);
	instance_update_shared(in);
	return err;
}
