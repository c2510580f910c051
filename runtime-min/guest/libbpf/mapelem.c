// SPDX-License-Identifier: BSD-2-Clause
/*
 * A map's elements, with the sizes checked: a wrong one would make the kernel write past a buffer.
 */
#include "guest/libbpf/object.h"

static bool is_per_cpu(const struct bpf_map *map)
{
	switch (map->info.type) {
	case BPF_MAP_TYPE_PERCPU_ARRAY:
	case BPF_MAP_TYPE_PERCPU_HASH:
	case BPF_MAP_TYPE_LRU_PERCPU_HASH:
	case BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE:
		return true;
	default:
		return false;
	}
}

static size_t full_value_size(const struct bpf_map *map, __u64 flags)
{
	size_t size = map->info.value_size;

	if (!is_per_cpu(map) || (flags & (BPF_F_CPU | BPF_F_ALL_CPUS)))
		return size;
	return ((size + 7) & ~(size_t)7) * wbpf_shared.possible_cpus;
}

static int check_key(const struct bpf_map *map, size_t key_size)
{
	if (!wbpf_map_is_created(map))
		return -ENOENT;
	if (map->info.key_size != key_size) {
		warn("map '%s': a key of %zu bytes, expected are %u\n", map->name, key_size,
		     map->info.key_size);
		return -EINVAL;
	}
	if (map->info.state & WBPF_MAP_LOADED)
		return 0;
	warn("map '%s' is not there: its object failed to load\n", map->name);
	return -EINVAL;
}

static int check(const struct bpf_map *map, size_t key_size, size_t value_size, __u64 flags)
{
	const __u64 one_or_all = BPF_F_CPU | BPF_F_ALL_CPUS;
	int err = check_key(map, key_size);

	if (!err && is_per_cpu(map) && (flags & one_or_all) == one_or_all) {
		warn("map '%s': BPF_F_CPU and BPF_F_ALL_CPUS exclude each other\n", map->name);
		return -EINVAL;
	}
	if (err || value_size == full_value_size(map, flags))
		return err;
	warn("map '%s': a value of %zu bytes, expected are %zu\n", map->name, value_size,
	     full_value_size(map, flags));
	return -EINVAL;
}

int bpf_map__lookup_elem(const struct bpf_map *map, const void *key, size_t key_size, void *value,
			 size_t value_size, __u64 flags)
{
	int err = check(map, key_size, value_size, flags);

	return err ? ret_err(err) : bpf_map_lookup_elem_flags(map->handle, key, value, flags);
}

int bpf_map__update_elem(const struct bpf_map *map, const void *key, size_t key_size,
			 const void *value, size_t value_size, __u64 flags)
{
	int err = check(map, key_size, value_size, flags);

	return err ? ret_err(err) : bpf_map_update_elem(map->handle, key, value, flags);
}

int bpf_map__delete_elem(const struct bpf_map *map, const void *key, size_t key_size, __u64 flags)
{
	int err = check_key(map, key_size);

	return err ? ret_err(err) : bpf_map_delete_elem_flags(map->handle, key, flags);
}

int bpf_map__lookup_and_delete_elem(const struct bpf_map *map, const void *key, size_t key_size,
				    void *value, size_t value_size, __u64 flags)
{
	int err = check(map, key_size, value_size, flags);

	if (err)
		return ret_err(err);
	return bpf_map_lookup_and_delete_elem_flags(map->handle, key, value, flags);
}

int bpf_map__get_next_key(const struct bpf_map *map, const void *key, void *next, size_t key_size)
{
	int err = check_key(map, key_size);

	return err ? ret_err(err) : bpf_map_get_next_key(map->handle, key, next);
}
