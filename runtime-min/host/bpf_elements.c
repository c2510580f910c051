/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Keys and values of maps: how long they are, and which hold handles where the kernel wants
 * descriptors.
 *
 * Source: bpf_map_value_size() and the map types' update functions, kernel/bpf and net/core.
 */
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "host/bpf_run.h"

#define ENOTSUPP 524 /* the kernel's own, for what a map type does not have */
#define AT(member) offsetof(union bpf_attr, member)
#define END(member) (AT(member) + sizeof(((union bpf_attr *)0)->member))
/* Since Linux 7.0: one CPU's value, or one value for all. */
#define ONE_VALUE (UINT64_C(8) | UINT64_C(16)) /* BPF_F_CPU, BPF_F_ALL_CPUS */

static bool is_percpu(uint32_t type)
{
	return type == BPF_MAP_TYPE_PERCPU_HASH || type == BPF_MAP_TYPE_PERCPU_ARRAY ||
	       type == BPF_MAP_TYPE_LRU_PERCPU_HASH || type == BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE;
}

/* Values that are a descriptor when written and an id when read. */
static bool value_is_fd(uint32_t type)
{
	switch (type) {
	case BPF_MAP_TYPE_PROG_ARRAY:
	case BPF_MAP_TYPE_PERF_EVENT_ARRAY:
	case BPF_MAP_TYPE_CGROUP_ARRAY:
	case BPF_MAP_TYPE_ARRAY_OF_MAPS:
	case BPF_MAP_TYPE_HASH_OF_MAPS:
	case BPF_MAP_TYPE_SOCKMAP:
	case BPF_MAP_TYPE_SOCKHASH:
	case BPF_MAP_TYPE_REUSEPORT_SOCKARRAY:
	case BPF_MAP_TYPE_XSKMAP:
		return true;
	default:
		return false;
	}
}

/* An int, then the descriptor of a program or 0. */
static bool value_ends_in_fd(uint32_t type)
{
	return type == BPF_MAP_TYPE_DEVMAP || type == BPF_MAP_TYPE_DEVMAP_HASH ||
	       type == BPF_MAP_TYPE_CPUMAP;
}

static bool key_is_fd(uint32_t type)
{
	return type == BPF_MAP_TYPE_SK_STORAGE || type == BPF_MAP_TYPE_TASK_STORAGE ||
	       type == BPF_MAP_TYPE_INODE_STORAGE || type == BPF_MAP_TYPE_CGRP_STORAGE;
}

int run_take_map(struct run *r, size_t off)
{
	wbpf_handle value = (wbpf_handle)run_u32(r, off);
	const struct handle *h = handle_find(&r->in->handles, value, 0);

	/* The kernel's words for no descriptor, and for one of anything else. */
	if ((!h && (value < 0 || value > 2)) || (h && h->fd < 0 && !instance_is_placeholder(h)))
		return -EBADF;
	if (!h || h->kind != WBPF_KIND_MAP || h->fd < 0)
		return -EINVAL;
	memcpy((uint8_t *)&r->attr + off, &h->fd, sizeof(h->fd));
	r->map = h;
	return 0;
}

/* Bytes of the values of all CPUs, or of the one that others have. */
uint64_t element_value_bytes(const struct instance *in, const struct handle *map)
{
	uint64_t size = map->value_size;

	if (is_percpu(map->map_type))
		return ((size + 7) & ~UINT64_C(7)) * in->possible_cpus;
	if (value_is_fd(map->map_type) && size < 4)
		return 4;
	return size;
}

static uint64_t value_bytes(const struct run *r, uint64_t flags)
{
	return flags & ONE_VALUE ? r->map->value_size : element_value_bytes(r->in, r->map);
}

uint64_t run_element_bytes(const struct run *r, enum what what)
{
	uint64_t key_size = r->map->key_size;

	switch (what) {
	case KEY:
		return key_size;
	case VALUE:
		return value_bytes(r, r->attr.flags);
	case KEYS:
		return r->attr.batch.count * key_size;
	case VALUES:
		return r->attr.batch.count * value_bytes(r, r->attr.batch.elem_flags);
	default: /* BATCH: a u32 for hashes, else a key */
		return key_size > 4 ? key_size : 4;
	}
}

/* A kernel that does not know ONE_VALUE reads the values of all CPUs before it says so. */
static int pad_value(struct run *r)
{
	uint64_t host = r->attr.value;
	uint8_t *copy = host ? run_alloc(r, element_value_bytes(r->in, r->map)) : NULL;

	if (!copy)
		return host ? -ENOMEM : 0;
	memcpy(copy, (const void *)(uintptr_t)host, r->map->value_size);
	r->attr.value = (uint64_t)(uintptr_t)copy;
	return 0;
}

/* The field at off points to a key or value whose word is a handle. */
static int translate_word(struct run *r, size_t off, size_t word, bool optional)
{
	uint64_t host = run_u64(r, off);
	uint32_t size = off == AT(key) ? r->map->key_size : r->map->value_size;
	wbpf_handle value;

	if (!host || size < word + sizeof(value))
		return 0;
	if (size > sizeof(r->element))
		return -EINVAL; /* no map of these types has them */
	memcpy(r->element, (const void *)(uintptr_t)host, size);
	memcpy(&value, r->element + word, sizeof(value));
	if (value || !optional) {
		int fd = instance_descriptor(r->in, value);
		memcpy(r->element + word, &fd, sizeof(fd));
	}
	run_set(r, off, (uint64_t)(uintptr_t)r->element);
	return 0;
}

int run_element(struct run *r)
{
	uint32_t type = r->map->map_type;

	if (r->cmd == BPF_MAP_UPDATE_ELEM) {
		if (type == BPF_MAP_TYPE_STRUCT_OPS)
			return run_struct_ops(r);
		if (value_is_fd(type))
			return translate_word(r, AT(value), 0, false);
		if (value_ends_in_fd(type))
			return translate_word(r, AT(value), 4, true);
		if (r->attr.flags & ONE_VALUE && is_percpu(type))
			return pad_value(r);
	}
	if (key_is_fd(type) && r->cmd != BPF_MAP_GET_NEXT_KEY)
		return translate_word(r, AT(key), 0, false);
	return 0;
}

int run_batch(struct run *r)
{
	uint32_t type = r->map->map_type, count = r->attr.batch.count;
	const uint8_t *from = (const uint8_t *)(uintptr_t)r->attr.batch.values;

	if (key_is_fd(type) || value_ends_in_fd(type))
		return -ENOTSUPP;
	if (r->cmd != BPF_MAP_UPDATE_BATCH || !value_is_fd(type))
		return 0;
	if (r->map->value_size != sizeof(int))
		return -ENOTSUPP;
	int *fds = from ? run_alloc(r, count * sizeof(*fds)) : NULL;
	if (!fds)
		return from ? -ENOMEM : 0;
	for (uint32_t i = 0; i < count; i++) {
		wbpf_handle value;
		memcpy(&value, from + i * sizeof(value), sizeof(value));
		fds[i] = instance_descriptor(r->in, value);
	}
	r->attr.batch.values = (uint64_t)(uintptr_t)fds;
	return 0;
}

/* Keys and values of these are bytes, and nothing that would have to be translated. */
static bool is_plain(uint32_t type)
{
	const uint32_t plain = 1u << BPF_MAP_TYPE_HASH | 1u << BPF_MAP_TYPE_ARRAY |
			       1u << BPF_MAP_TYPE_PERCPU_HASH | 1u << BPF_MAP_TYPE_PERCPU_ARRAY |
			       1u << BPF_MAP_TYPE_LRU_HASH | 1u << BPF_MAP_TYPE_LRU_PERCPU_HASH |
			       1u << BPF_MAP_TYPE_LPM_TRIE;

	return type < 32 && plain >> type & 1;
}

/* A pointer for the kernel to a span of the module, or 0. */
static inline uint64_t host_address(const struct instance *in, uint64_t addr, uint64_t len)
{
	if (!addr || addr > UINT32_MAX)
		return 0;
	return (uint64_t)(uintptr_t)memory_read(in->memory, (uint32_t)addr, len);
}

/* The beginning of union bpf_attr, where these commands have their fields. */
struct element {
	uint32_t map, hole;
	uint64_t key, value, flags;
};

_Static_assert(AT(key) == offsetof(struct element, key) && AT(value) == AT(next_key) &&
		       AT(value) == offsetof(struct element, value) &&
		       END(flags) == sizeof(struct element),
	       "where fields of union bpf_attr are");

int32_t run_element_call(struct instance *in, uint32_t cmd, wbpf_addr addr, uint32_t size)
{
	const bool next = cmd == BPF_MAP_GET_NEXT_KEY, delete = cmd == BPF_MAP_DELETE_ELEM;
	const volatile struct element *from = memory_read(in->memory, addr, size);
	struct element e = {.flags = 0};

	if (!from || addr % sizeof(uint64_t) || size != (next ? END(next_key) : END(flags)))
		return run_general(in, cmd, addr, size);
	/* Field by field, as it has just been written: a wider load would wait for the stores. */
	e.map = from->map;
	e.key = from->key;
	e.value = from->value;
	if (!next)
		e.flags = from->flags;
	const struct handle *map = handle_find(&in->handles, (wbpf_handle)e.map, WBPF_KIND_MAP);
	if (!map || map->fd < 0 || !is_plain(map->map_type) || e.flags & ONE_VALUE)
		return run_general(in, cmd, addr, size);
	uint64_t key = host_address(in, e.key, map->key_size);
	if (!key && (!next || e.key))
		return run_general(in, cmd, addr, size);
	if (!delete) {
		uint64_t len = next ? map->key_size : element_value_bytes(in, map);
		e.value = host_address(in, e.value, len);
		if (!e.value)
			return run_general(in, cmd, addr, size);
	}
	e.key = key;
	e.map = (uint32_t)map->fd;
	long ret = syscall(SYS_bpf, cmd, &e, size);
	return ret < 0 ? -errno : (int32_t)ret;
}

int run_map_create(struct run *r)
{
	/* Where an arena lies, in the module's memory and so in this process. */
	if (r->attr.map_type != BPF_MAP_TYPE_ARENA || !r->attr.map_extra)
		return 0;
	if (r->attr.map_extra > UINT32_MAX || !r->in->memory)
		return -EINVAL;
	r->attr.map_extra = memory_host_address(r->in->memory, (uint32_t)r->attr.map_extra);
	return 0;
}
