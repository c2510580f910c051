/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * BPF_LINK_CREATE: which arm of the kernel's union counts is decided by the program's type and the
 * attach type, as the kernel decides it.
 *
 * Source: link_create() in kernel/bpf/syscall.c, and the function of each kind of link.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>

#include "host/attach_iter.h"
#include "host/bpf_run.h"
#include "host/map_rules.h"

#define AT(member) offsetof(union bpf_attr, link_create.member)
#define END(member) (AT(member) + sizeof(((union bpf_attr *)0)->link_create.member))

struct arm {
	uint32_t end; /* bytes of union bpf_attr that are known */
	struct field fields[MAX_FIELDS];
	int (*more)(struct run *r);
};

static int multi_flags(struct run *r);
static int iter_info(struct run *r);

/* clang-format off */
static const struct arm
	struct_ops = { END(flags), { { HANDLE, AT(map_fd) }, { OPTIONAL_HANDLE, AT(target_fd) } } },
	/* target_fd: an extension's program */
	tracing = { END(tracing.cookie), { { OPTIONAL_HANDLE, AT(target_fd) } } },
	iter = { END(iter_info_len), { { OPTIONAL_HANDLE, AT(target_fd) } }, iter_info },
	cgroup = { END(cgroup.expected_revision),
		{ { HANDLE, AT(target_fd) }, { RELATIVE_HANDLE, AT(cgroup.relative_fd), AT(flags) } } },
	/* tcx and netkit: the target is an interface */
	interface = { END(tcx.expected_revision), { { RELATIVE_HANDLE, AT(tcx.relative_fd), AT(flags) } } },
	xdp = { END(flags) },
	netns = { END(flags), { { HANDLE, AT(target_fd) } } },
	sockmap = { END(flags), { { HANDLE, AT(target_fd) } } },
	netfilter = { END(netfilter.flags), { { OPTIONAL_HANDLE, AT(target_fd) } } },
	perf_event = { END(perf_event.bpf_cookie), { { HANDLE, AT(target_fd) } } },
	kprobe_multi = { END(kprobe_multi.cookies),
		{ { OPTIONAL_HANDLE, AT(target_fd) },
		  { STRINGS, AT(kprobe_multi.syms), AT(kprobe_multi.cnt) },
		  { KERNEL_ADDRESSES, AT(kprobe_multi.addrs), AT(kprobe_multi.cnt) },
		  { NUMBERS, AT(kprobe_multi.cookies), AT(kprobe_multi.cnt), 8 } }, multi_flags },
	uprobe_multi = { END(uprobe_multi.pid),
		{ { OPTIONAL_HANDLE, AT(target_fd) },
		  { STRING, AT(uprobe_multi.path) },
		  { LONGS, AT(uprobe_multi.offsets), AT(uprobe_multi.cnt) },
		  { LONGS, AT(uprobe_multi.ref_ctr_offsets), AT(uprobe_multi.cnt) },
		  { NUMBERS, AT(uprobe_multi.cookies), AT(uprobe_multi.cnt), 8 } }, multi_flags };
/* clang-format on */

static const struct arm *arm_of_kprobe(uint32_t attach_type)
{
	switch (attach_type) {
	case BPF_PERF_EVENT:
		return &perf_event;
	case BPF_TRACE_KPROBE_MULTI:
	case BPF_TRACE_KPROBE_SESSION:
		return &kprobe_multi;
	case BPF_TRACE_UPROBE_MULTI:
	case BPF_TRACE_UPROBE_SESSION:
		return &uprobe_multi;
	default:
		return NULL;
	}
}

static const struct arm *arm_of(uint32_t prog_type, uint32_t attach_type)
{
	switch (prog_type) {
	case BPF_PROG_TYPE_CGROUP_SKB:
	case BPF_PROG_TYPE_CGROUP_SOCK:
	case BPF_PROG_TYPE_CGROUP_SOCK_ADDR:
	case BPF_PROG_TYPE_SOCK_OPS:
	case BPF_PROG_TYPE_CGROUP_DEVICE:
	case BPF_PROG_TYPE_CGROUP_SYSCTL:
	case BPF_PROG_TYPE_CGROUP_SOCKOPT:
		return &cgroup;
	case BPF_PROG_TYPE_LSM:
		return attach_type == BPF_LSM_CGROUP ? &cgroup : &tracing;
	case BPF_PROG_TYPE_TRACING:
		return attach_type == BPF_TRACE_ITER ? &iter : &tracing;
	case BPF_PROG_TYPE_EXT:
		return &tracing;
	case BPF_PROG_TYPE_FLOW_DISSECTOR:
	case BPF_PROG_TYPE_SK_LOOKUP:
		return &netns;
	case BPF_PROG_TYPE_SK_MSG:
	case BPF_PROG_TYPE_SK_SKB:
		return &sockmap;
	case BPF_PROG_TYPE_XDP:
		return &xdp;
	case BPF_PROG_TYPE_SCHED_CLS:
		return &interface;
	case BPF_PROG_TYPE_NETFILTER:
		return &netfilter;
	case BPF_PROG_TYPE_PERF_EVENT:
	case BPF_PROG_TYPE_TRACEPOINT:
		return &perf_event;
	case BPF_PROG_TYPE_KPROBE:
		return arm_of_kprobe(attach_type);
	default:
		return NULL;
	}
}

/* A flag that is not known here could make a descriptor of what is none today. */
static int multi_flags(struct run *r)
{
	bool kprobe = run_u32(r, AT(attach_type)) == BPF_TRACE_KPROBE_MULTI ||
		      run_u32(r, AT(attach_type)) == BPF_TRACE_KPROBE_SESSION;
	uint32_t flags = kprobe ? r->attr.link_create.kprobe_multi.flags
				: r->attr.link_create.uprobe_multi.flags;

	return flags & ~(kprobe ? BPF_F_KPROBE_MULTI_RETURN : BPF_F_UPROBE_MULTI_RETURN) ? -EINVAL
											 : 0;
}

/* --- iterators ----------------------------------------------------------------------------- */

struct iter_state {
	const struct iter_target *target;
	union bpf_iter_link_info info;
	bool any; /* information was given */
};

static int iter_info(struct run *r)
{
	uint32_t len = r->attr.link_create.iter_info_len;
	struct iter_state *s = run_alloc(r, sizeof(*s));
	uint64_t host;

	r->state = s;
	if (!s)
		return -ENOMEM;
	int err = run_span(r, r->attr.link_create.iter_info, len, &host);
	if (err || !host)
		return err;
	const uint8_t *from = (const uint8_t *)(uintptr_t)host;
	for (uint32_t i = sizeof(s->info); i < len; i++)
		if (from[i])
			return -E2BIG;
	memcpy(&s->info, from, len < sizeof(s->info) ? len : sizeof(s->info));
	s->any = true;
	s->target = iter_target_of(r->in, (int)r->attr.link_create.prog_fd);
	iter_translate(r->in, s->target, &s->info);
	if (len > sizeof(s->info))
		r->attr.link_create.iter_info_len = sizeof(s->info);
	r->attr.link_create.iter_info = (uint64_t)(uintptr_t)&s->info;
	return 0;
}

/* --- the command --------------------------------------------------------------------------- */

static const struct arm *choose_arm(struct run *r, int *err)
{
	const struct handle *h = handle_find(&r->in->handles, r->first, 0);
	struct bpf_prog_info info = {0};
	uint32_t len = sizeof(info);

	if (r->attr.link_create.attach_type == BPF_STRUCT_OPS)
		return &struct_ops;
	*err = -EBADF;
	if (!h || h->fd < 0)
		return NULL;
	*err = -EINVAL;
	if (h->kind != WBPF_KIND_PROG || bpf_prog_get_info_by_fd(h->fd, &info, &len))
		return NULL;
	r->attr.link_create.prog_fd = (uint32_t)h->fd;
	return arm_of(info.type, r->attr.link_create.attach_type);
}

int run_link_create(struct run *r)
{
	int err = 0;
	const struct arm *a = choose_arm(r, &err);

	if (!a)
		return err;
	for (size_t i = a->end; i < r->size; i++)
		if (((const uint8_t *)&r->attr)[i])
			return -EINVAL;
	err = run_translate(r, a->fields);
	return !err && a->more ? a->more(r) : err;
}

int run_link_update(struct run *r)
{
	return map_rule_link((int)r->attr.link_update.link_fd,
			     (int)r->attr.link_update.new_prog_fd);
}

int32_t run_link_created(struct run *r, long ret)
{
	const struct iter_state *s = r->state;
	if (ret < 0)
		return (int32_t)ret;
	if (s && s->any && !iter_is((int)ret, s->target)) {
		close((int)ret);
		return -EINVAL;
	}
	return run_add(r, WBPF_KIND_LINK, (int)ret);
}
