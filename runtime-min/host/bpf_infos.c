/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * BPF_OBJ_GET_INFO_BY_FD: what the kernel tells about a map, a program, a link or type
 * information. The structs carry addresses of buffers, each with its length, in both directions.
 * The kernel gets a struct with nothing but these, and the module gets its own addresses back.
 *
 * Source: bpf_obj_get_info_by_fd() and fill_link_info() of each kind of link.
 */
#include <errno.h>
#include <string.h>

#include <bpf/bpf.h>

#include "host/bpf_run.h"

enum { MAX_INFO = 4096, MAX_POINTERS = 9 };

/* A buffer: where its address, its length and the size of one record lie in the struct. */
struct pointer {
	uint16_t off, count_off;
	uint16_t unit;     /* bytes of one record; 0: the u32 at unit_off says */
	uint16_t unit_off; /* 0: none */
};

struct info_kind {
	uint32_t end; /* bytes that are known; 0: any, as it holds no pointers */
	struct pointer pointers[MAX_POINTERS];
};

struct info {
	const struct info_kind *kind;
	wbpf_addr addr;
	uint64_t asked[MAX_POINTERS], sent[MAX_POINTERS]; /* the module's addresses; the kernel's */
	uint8_t bytes[MAX_INFO] __attribute__((aligned(8)));
};

#define END(type, member) (offsetof(struct type, member) + sizeof(((struct type *)0)->member))
#define P(type, address, count, size)                                                              \
	{offsetof(struct type, address), offsetof(struct type, count), size, 0}
#define R(type, address, count, record)                                                            \
	{offsetof(struct type, address), offsetof(struct type, count), 0,                          \
	 offsetof(struct type, record)}

static const struct info_kind map_kind = {
	END(bpf_map_info, hash_size),
	{P(bpf_map_info, hash, hash_size, 1)},
};

static const struct info_kind prog_kind = {
	END(bpf_prog_info, attach_btf_id),
	{P(bpf_prog_info, jited_prog_insns, jited_prog_len, 1),
	 P(bpf_prog_info, xlated_prog_insns, xlated_prog_len, 1),
	 P(bpf_prog_info, map_ids, nr_map_ids, 4), P(bpf_prog_info, jited_ksyms, nr_jited_ksyms, 8),
	 P(bpf_prog_info, jited_func_lens, nr_jited_func_lens, 4),
	 R(bpf_prog_info, func_info, nr_func_info, func_info_rec_size),
	 R(bpf_prog_info, line_info, nr_line_info, line_info_rec_size),
	 R(bpf_prog_info, jited_line_info, nr_jited_line_info, jited_line_info_rec_size),
	 P(bpf_prog_info, prog_tags, nr_prog_tags, BPF_TAG_SIZE)},
};

static const struct info_kind btf_kind = {
	END(bpf_btf_info, kernel_btf),
	{P(bpf_btf_info, btf, btf_size, 1), P(bpf_btf_info, name, name_len, 1)},
};

/* Links without buffers, and tokens. */
static const struct info_kind link_kind = {.end = sizeof(struct bpf_link_info)};
static const struct info_kind token_kind = {.end = 0};

static const struct info_kind raw_tracepoint_kind = {
	sizeof(struct bpf_link_info),
	{P(bpf_link_info, raw_tracepoint.tp_name, raw_tracepoint.tp_name_len, 1)},
};

static const struct info_kind iter_kind = {
	sizeof(struct bpf_link_info),
	{P(bpf_link_info, iter.target_name, iter.target_name_len, 1)},
};

static const struct info_kind kprobe_multi_kind = {
	sizeof(struct bpf_link_info),
	{P(bpf_link_info, kprobe_multi.addrs, kprobe_multi.count, 8),
	 P(bpf_link_info, kprobe_multi.cookies, kprobe_multi.count, 8)},
};

static const struct info_kind uprobe_multi_kind = {
	sizeof(struct bpf_link_info),
	{P(bpf_link_info, uprobe_multi.path, uprobe_multi.path_size, 1),
	 P(bpf_link_info, uprobe_multi.offsets, uprobe_multi.count, 8),
	 P(bpf_link_info, uprobe_multi.ref_ctr_offsets, uprobe_multi.count, 8),
	 P(bpf_link_info, uprobe_multi.cookies, uprobe_multi.count, 8)},
};

/* Probes and tracepoints have their name at one place. */
static const struct info_kind perf_name_kind = {
	sizeof(struct bpf_link_info),
	{P(bpf_link_info, perf_event.tracepoint.tp_name, perf_event.tracepoint.name_len, 1)},
};
_Static_assert(offsetof(struct bpf_link_info, perf_event.tracepoint.tp_name) ==
			       offsetof(struct bpf_link_info, perf_event.kprobe.func_name) &&
		       offsetof(struct bpf_link_info, perf_event.tracepoint.tp_name) ==
			       offsetof(struct bpf_link_info, perf_event.uprobe.file_name),
	       "one name for all");

/* What a link's struct means depends on the link, so that is asked first. */
static const struct info_kind *kind_of_link(int fd)
{
	struct bpf_link_info info = {0};
	uint32_t len = sizeof(info);

	if (bpf_link_get_info_by_fd(fd, &info, &len))
		return &link_kind;
	switch (info.type) {
	case BPF_LINK_TYPE_RAW_TRACEPOINT:
		return &raw_tracepoint_kind;
	case BPF_LINK_TYPE_ITER:
		return &iter_kind;
	case BPF_LINK_TYPE_KPROBE_MULTI:
		return &kprobe_multi_kind;
	case BPF_LINK_TYPE_UPROBE_MULTI:
		return &uprobe_multi_kind;
	case BPF_LINK_TYPE_PERF_EVENT:
		return info.perf_event.type == BPF_PERF_EVENT_EVENT ? &link_kind : &perf_name_kind;
	default:
		return &link_kind;
	}
}

static const struct info_kind *kind_of(const struct handle *h)
{
	switch (h->kind) {
	case WBPF_KIND_MAP:
		return &map_kind;
	case WBPF_KIND_PROG:
		return &prog_kind;
	case WBPF_KIND_BTF:
		return &btf_kind;
	case WBPF_KIND_LINK:
		return kind_of_link(h->fd);
	default:
		return &token_kind;
	}
}

static uint32_t u32_of(const uint8_t *bytes, size_t off)
{
	uint32_t v;

	memcpy(&v, bytes + off, sizeof(v));
	return v;
}

/* One buffer, from the module's struct to the kernel's. */
static int send_pointer(const struct run *r, struct info *info, const struct pointer *p, size_t i,
			const uint8_t *from)
{
	uint32_t count = u32_of(from, p->count_off);
	uint32_t unit = p->unit ? p->unit : u32_of(from, p->unit_off);

	memcpy(info->bytes + p->count_off, &count, sizeof(count));
	if (!p->unit) {
		memcpy(info->bytes + p->unit_off, &unit, sizeof(unit));
		if (unit > MAX_INFO)
			return -EINVAL; /* no record of the kernel's is as long */
	}
	memcpy(&info->asked[i], from + p->off, sizeof(info->asked[i]));
	int err = run_span(r, info->asked[i], (uint64_t)count * unit, &info->sent[i]);
	memcpy(info->bytes + p->off, &info->sent[i], sizeof(info->sent[i]));
	return err;
}

int run_info(struct run *r)
{
	const struct handle *h = handle_find(&r->in->handles, r->first, 0);
	uint64_t addr = r->attr.info.info;
	uint32_t len = r->attr.info.info_len;
	struct info *info = run_alloc(r, sizeof(*info));
	uint8_t *from = run_alloc(r, MAX_INFO);
	int err = 0;

	if (!info || !from)
		return -ENOMEM;
	if (!h || h->fd < 0) { /* the kernel has a word of its own for it */
		r->attr.info.info = 0;
		return 0;
	}
	if (len > MAX_INFO)
		return -E2BIG;
	if (!addr || addr > UINT32_MAX ||
	    memory_copy_in(r->in->memory, from, (uint32_t)addr, len) ||
	    !memory_write(r->in->memory, (uint32_t)addr, len))
		return -EFAULT;
	info->kind = kind_of(h);
	info->addr = (uint32_t)addr;
	for (uint32_t i = info->kind->end; i < len; i++)
		if (from[i])
			return info->kind->end ? -E2BIG : -EINVAL;
	for (size_t i = 0; i < MAX_POINTERS && info->kind->pointers[i].count_off && !err; i++)
		err = send_pointer(r, info, &info->kind->pointers[i], i, from);
	r->attr.info.info = (uint64_t)(uintptr_t)info->bytes;
	r->state = info;
	return err;
}

/* Where an arena lies is the module's business when it is in its memory, else nobody's. */
static void give_arena(const struct run *r, struct info *info)
{
	struct bpf_map_info *map = (struct bpf_map_info *)info->bytes;

	if (map->type == BPF_MAP_TYPE_ARENA)
		map->map_extra = memory_module_address(r->in->memory, map->map_extra);
}

int32_t run_info_given(struct run *r, long ret)
{
	struct info *info = r->state;
	uint64_t got;

	if (ret < 0 || !info)
		return (int32_t)ret;
	for (size_t i = 0; i < MAX_POINTERS && info->kind->pointers[i].count_off; i++) {
		uint8_t *at = info->bytes + info->kind->pointers[i].off;
		memcpy(&got, at, sizeof(got));
		got = got && got == info->sent[i] ? info->asked[i] : 0; /* 0: not to be seen */
		memcpy(at, &got, sizeof(got));
	}
	if (info->kind == &map_kind)
		give_arena(r, info);
	return memory_copy_out(r->in->memory, info->addr, info->bytes, r->attr.info.info_len);
}
