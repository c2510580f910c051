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

#include "host/bpf_run.h"

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

/*
 * union bpf_iter_link_info has a descriptor at another place for each kind of target, and only the
 * kernel knows the target of a program. So every word that is a handle of the kind that may stand
 * there is translated, and the link is kept only if that was right for its target.
 */
enum { ITER_WORDS = sizeof(union bpf_iter_link_info) / sizeof(uint32_t) };
static const uint8_t iter_kinds[ITER_WORDS] = {WBPF_KIND_MAP, WBPF_KIND_FILE, WBPF_KIND_FILE};

static const struct {
	const char *target;
	int8_t word; /* of its descriptor; -1: it has none */
	bool needed;
} iter_targets[] = {
	{"bpf_map_elem", 0, true}, {"bpf_sk_storage_map", 0, true}, {"cgroup", 1, false},
	{"task", 2, false},        {"task_file", 2, false},         {"task_vma", 2, false},
};

struct iter_state {
	uint32_t asked[ITER_WORDS], sent[ITER_WORDS];
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
	for (uint32_t i = sizeof(s->asked); i < len; i++)
		if (((const uint8_t *)(uintptr_t)host)[i])
			return -E2BIG;
	memcpy(s->asked, (const void *)(uintptr_t)host,
	       len < sizeof(s->asked) ? len : sizeof(s->asked));
	for (size_t i = 0; i < ITER_WORDS; i++) {
		const struct handle *h =
			!iter_kinds[i] ? NULL
				       : handle_find(&r->in->handles, (wbpf_handle)s->asked[i],
						     iter_kinds[i]);
		s->sent[i] = h && h->fd >= 0 ? (uint32_t)h->fd : s->asked[i];
		s->any |= s->asked[i];
	}
	if (len > sizeof(s->sent))
		r->attr.link_create.iter_info_len = sizeof(s->sent);
	r->attr.link_create.iter_info = (uint64_t)(uintptr_t)s->sent;
	return 0;
}

/* What the kernel took for a descriptor must have been a handle, and nothing else was one. */
static int check_iter(const struct iter_state *s, int fd)
{
	char name[64] = "";
	struct bpf_link_info info = {.iter.target_name = (uintptr_t)name,
				     .iter.target_name_len = sizeof(name)};
	uint32_t len = sizeof(info);
	int word = -1;
	bool needed = false;

	if (!s->any)
		return 0;
	if (bpf_link_get_info_by_fd(fd, &info, &len))
		return -EINVAL;
	for (size_t i = 0; i < sizeof(iter_targets) / sizeof(*iter_targets); i++)
		if (!strcmp(name, iter_targets[i].target)) {
			word = iter_targets[i].word;
			needed = iter_targets[i].needed;
		}
	if (word < 0)
		return -EINVAL;
	for (int i = 0; i < ITER_WORDS; i++) {
		bool translated = s->sent[i] != s->asked[i];
		if (i != word && translated)
			return -EINVAL;
		if (i == word && !translated && (s->asked[i] || needed))
			return -EBADF;
	}
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

int32_t run_link_created(struct run *r, long ret)
{
	const struct iter_state *s = r->state;
	int err = ret < 0 ? (int)ret : s ? check_iter(s, (int)ret) : 0;

	if (err && ret >= 0)
		close((int)ret);
	return err ? err : run_add(r, WBPF_KIND_LINK, (int)ret);
}
