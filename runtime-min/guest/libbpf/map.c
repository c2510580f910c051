// SPDX-License-Identifier: BSD-2-Clause
/* bpf_map: what it is, and what may be changed before it is created. */
#include <stdlib.h>
#include <string.h>

#include "guest/libbpf/object.h"
#include "guest/pages.h"

int wbpf_map_refresh(struct bpf_map *map)
{
	int ret = HOST(get, map->handle, WBPF_KEY_INFO, &map->info, sizeof(map->info));

	return ret < 0 ? ret : 0;
}

/* A data section's initial contents, where the pages of its map will be. */
static int take_data(struct bpf_map *map)
{
	int ret;

	map->data_len = map->info.initial_size;
	map->data_space = wbpf_page_round(map->data_len);
	map->data = wbpf_pages_alloc(map->data_space);
	if (!map->data)
		return -ENOMEM;
	ret = HOST(get, map->handle, WBPF_KEY_MAP_INITIAL_VALUE, map->data, map->data_len);
	return ret < 0 ? ret : 0;
}

int wbpf_map_init(struct bpf_map *map, struct bpf_object *obj, wbpf_handle h)
{
	int err;

	map->obj = obj;
	map->handle = h;
	map->name = wbpf_get_string(h, WBPF_KEY_NAME);
	if (!map->name)
		return -errno;
	err = wbpf_map_refresh(map);
	if (!err && (map->info.state & WBPF_MAP_INTERNAL)) {
		map->section = wbpf_get_string(h, WBPF_KEY_MAP_SECTION);
		err = map->section ? 0 : -errno;
	}
	if (!err && map->info.initial_size)
		err = take_data(map);
	return err;
}

static void drop_data(struct bpf_map *map)
{
	if (map->data_mapped)
		wbpf_pages_free_mapped(map->data, map->data_space);
	else if (!map->arena_live)
		free(map->data);
	map->data = NULL;
	map->data_mapped = false;
}

void wbpf_map_free(struct bpf_map *map)
{
	drop_data(map);
	wbpf_map_arena_drop(map);
	free(map->functions);
	if (map->inner)
		free(map->inner->name);
	free(map->inner);
	free(map->name);
	free(map->section);
	free(map->pin_path);
}

bool wbpf_map_is_kconfig(const struct bpf_map *map)
{
	return map->section && !strcmp(map->section, ".kconfig");
}

bool wbpf_map_is_created(const struct bpf_map *map)
{
	return map->obj->state >= WBPF_PREPARED || (map->info.state & WBPF_MAP_LOADED);
}

int wbpf_map_data_send(struct bpf_map *map)
{
	int err = wbpf_map_arena_place(map);

	if (err)
		return err;
	/* A map that is reused has its contents. */
	if (!map->data || wbpf_map_is_kconfig(map) || (map->info.state & WBPF_MAP_LOADED))
		return 0;
	if (map->functions && wbpf_map_functions_send)
		return wbpf_map_functions_send(map);
	return HOST(set, map->handle, WBPF_KEY_MAP_INITIAL_VALUE, map->data, map->data_len);
}

/* The length of an array map's memory: each value has 8-byte alignment. */
static size_t mapped_len(const struct bpf_map *map)
{
	size_t value = ((size_t)map->info.value_size + 7) & ~(size_t)7;

	return wbpf_page_round(value * map->info.max_entries);
}

int wbpf_map_data_map(struct bpf_map *map)
{
	uint32_t prot = WBPF_PROT_READ;
	int err = wbpf_map_refresh(map);

	wbpf_map_arena_loaded(map);
	/* struct_ops have initial values too, but nothing that the kernel shares. */
	if (err || !map->data || !(map->info.state & WBPF_MAP_LOADED) ||
	    map->info.type != BPF_MAP_TYPE_ARRAY || map->data_mapped)
		return err;
	if (!(map->info.flags & BPF_F_MMAPABLE)) {
		/* An old kernel: nothing would be seen of what changes, so it must not look so. */
		drop_data(map);
		return 0;
	}
	if (mapped_len(map) != map->data_space)
		return -EINVAL;
	if (!(map->info.flags & BPF_F_RDONLY_PROG))
		prot |= WBPF_PROT_WRITE;
	err = HOST(memory_map, map->handle, prot, 0, map->data, map->data_space);
	if (err < 0) {
		warn("map '%s': its memory could not be mapped: %s\n", map->name, errstr(-err));
		return err;
	}
	map->data_mapped = true;
	return 0;
}

int bpf_map__fd(const struct bpf_map *map)
{
	if (!map)
		return ret_err(-EINVAL);
	return map->info.state & WBPF_MAP_LOADED ? map->handle : -1;
}

const char *bpf_map__name(const struct bpf_map *map)
{
	return map ? map->name : NULL;
}

enum bpf_map_type bpf_map__type(const struct bpf_map *map)
{
	return (enum bpf_map_type)map->info.type;
}

__u32 bpf_map__max_entries(const struct bpf_map *map)
{
	return map->info.max_entries;
}

__u32 bpf_map__map_flags(const struct bpf_map *map)
{
	return map->info.flags;
}

__u32 bpf_map__numa_node(const struct bpf_map *map)
{
	return map->info.numa_node;
}

__u32 bpf_map__key_size(const struct bpf_map *map)
{
	return map->info.key_size;
}

__u32 bpf_map__value_size(const struct bpf_map *map)
{
	return map->info.value_size;
}

__u32 bpf_map__btf_key_type_id(const struct bpf_map *map)
{
	return map ? map->info.btf_key_type_id : 0;
}

__u32 bpf_map__btf_value_type_id(const struct bpf_map *map)
{
	return map ? map->info.btf_value_type_id : 0;
}

__u32 bpf_map__ifindex(const struct bpf_map *map)
{
	return map->info.ifindex;
}

__u64 bpf_map__map_extra(const struct bpf_map *map)
{
	return map->info.extra;
}

bool bpf_map__is_internal(const struct bpf_map *map)
{
	return map->info.state & WBPF_MAP_INTERNAL;
}

bool bpf_map__autocreate(const struct bpf_map *map)
{
	return map->info.state & WBPF_MAP_AUTOCREATE;
}

bool bpf_map__autoattach(const struct bpf_map *map)
{
	return map->info.state & WBPF_MAP_AUTOATTACH;
}

/* Sets at the host, which knows what is allowed when, and reads back what came of it. */
int wbpf_map_set_u32(struct bpf_map *map, enum wbpf_key key, uint32_t value)
{
	int err = HOST(set, map->handle, key, &value, sizeof(value));

	return ret_err(err < 0 ? err : wbpf_map_refresh(map));
}

int bpf_map__set_type(struct bpf_map *map, enum bpf_map_type type)
{
	return wbpf_map_set_u32(map, WBPF_KEY_MAP_TYPE, type);
}

int bpf_map__set_max_entries(struct bpf_map *map, __u32 max_entries)
{
	return wbpf_map_set_u32(map, WBPF_KEY_MAP_MAX_ENTRIES, max_entries);
}

int bpf_map__set_map_flags(struct bpf_map *map, __u32 flags)
{
	return wbpf_map_set_u32(map, WBPF_KEY_MAP_FLAGS, flags);
}

int bpf_map__set_numa_node(struct bpf_map *map, __u32 numa_node)
{
	return wbpf_map_set_u32(map, WBPF_KEY_MAP_NUMA_NODE, numa_node);
}

int bpf_map__set_key_size(struct bpf_map *map, __u32 size)
{
	return wbpf_map_set_u32(map, WBPF_KEY_MAP_KEY_SIZE, size);
}

int bpf_map__set_ifindex(struct bpf_map *map, __u32 ifindex)
{
	return wbpf_map_set_u32(map, WBPF_KEY_MAP_IFINDEX, ifindex);
}

int bpf_map__set_map_extra(struct bpf_map *map, __u64 extra)
{
	int err = map->info.type == BPF_MAP_TYPE_ARENA
			  ? wbpf_map_arena_choose(map, extra)
			  : HOST(set, map->handle, WBPF_KEY_MAP_EXTRA, &extra, sizeof(extra));

	return ret_err(err < 0 ? err : wbpf_map_refresh(map));
}

int bpf_map__set_autocreate(struct bpf_map *map, bool autocreate)
{
	return wbpf_map_set_u32(map, WBPF_KEY_MAP_AUTOCREATE, autocreate);
}

int bpf_map__set_autoattach(struct bpf_map *map, bool autoattach)
{
	return wbpf_map_set_u32(map, WBPF_KEY_AUTOATTACH, autoattach);
}

/* A data section's memory grows with it: what is there stays, what comes is zero, as in libbpf. */
static int resize_data(struct bpf_map *map)
{
	size_t len = map->info.value_size;
	void *data = wbpf_pages_alloc(wbpf_page_round(len));

	if (!data)
		return -ENOMEM;
	memcpy(data, map->data, len < map->data_len ? len : map->data_len);
	free(map->data);
	map->data = data;
	map->data_len = len;
	map->data_space = wbpf_page_round(len);
	return 0;
}

int bpf_map__set_value_size(struct bpf_map *map, __u32 size)
{
	int err = wbpf_map_set_u32(map, WBPF_KEY_MAP_VALUE_SIZE, size);

	if (err || !map->data || map->info.type != BPF_MAP_TYPE_ARRAY || size == map->data_len)
		return err;
	if (wbpf_object_resize_btf)
		wbpf_object_resize_btf(map);
	return ret_err(resize_data(map));
}

int bpf_map__set_initial_value(struct bpf_map *map, const void *data, size_t size)
{
	if (wbpf_map_is_created(map))
		return ret_err(-EBUSY);
	if (!map->data || wbpf_map_is_kconfig(map) || size != map->data_len ||
	    map->info.type == BPF_MAP_TYPE_STRUCT_OPS)
		return ret_err(-EINVAL);
	memcpy(map->data, data, size);
	return 0;
}

int bpf_map__reuse_fd(struct bpf_map *map, int fd)
{
	int err = HOST(set, map->handle, WBPF_KEY_MAP_REUSE, &fd, sizeof(fd));
	char *name;

	if (err < 0)
		return ret_err(err);
	name = wbpf_get_string(map->handle, WBPF_KEY_NAME); /* the other map's */
	if (!name)
		return -errno;
	free(map->name);
	map->name = name;
	return ret_err(wbpf_map_refresh(map));
}

int bpf_map__set_inner_map_fd(struct bpf_map *map, int fd)
{
	return ret_err(HOST(set, map->handle, WBPF_KEY_MAP_INNER, &fd, sizeof(fd)));
}
