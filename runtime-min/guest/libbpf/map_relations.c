// SPDX-License-Identifier: BSD-2-Clause
/* Maps and what belongs to them: the pattern of a map of maps, programs that alone may use one. */
#include <stdlib.h>
#include <string.h>

#include "guest/libbpf/object.h"

static bool holds_maps(const struct bpf_map *map)
{
	return map->info.type == BPF_MAP_TYPE_ARRAY_OF_MAPS ||
	       map->info.type == BPF_MAP_TYPE_HASH_OF_MAPS;
}

static char *inner_name(const struct bpf_map *map)
{
	static const char suffix[] = ".inner";
	size_t len = strlen(map->name);
	char *name = malloc(len + sizeof(suffix));

	if (name) {
		memcpy(name, map->name, len);
		memcpy(name + len, suffix, sizeof(suffix));
	}
	return name;
}

struct bpf_map *bpf_map__inner_map(struct bpf_map *map)
{
	struct bpf_map *inner;
	struct wbpf_map_info info = {0};

	if (!holds_maps(map))
		return ret_null(-EINVAL);
	/* It is gone once the map is made, or another pattern was chosen. */
	if (HOST(get, map->handle, WBPF_KEY_MAP_INNER, &info, sizeof(info)) < 0)
		return NULL;
	if (map->inner)
		return map->inner;
	inner = calloc(1, sizeof(*inner));
	if (!inner)
		return ret_null(-ENOMEM);
	inner->obj = map->obj;
	inner->info = info;
	inner->name = inner_name(map);
	if (!inner->name) {
		free(inner);
		return ret_null(-ENOMEM);
	}
	map->inner = inner;
	return inner;
}

int bpf_map__set_exclusive_program(struct bpf_map *map, struct bpf_program *prog)
{
	int err;

	if (wbpf_map_is_created(map)) {
		warn("exclusive programs must be set before the map is created\n");
		return ret_err(-EINVAL);
	}
	if (map->obj != prog->obj) {
		warn("map '%s' and its exclusive program must be of one object\n", map->name);
		return ret_err(-EINVAL);
	}
	err = wbpf_map_set_u32(map, WBPF_KEY_MAP_EXCLUSIVE, (uint32_t)prog->handle);
	if (!err)
		map->exclusive = prog;
	return err;
}

struct bpf_program *bpf_map__exclusive_program(struct bpf_map *map)
{
	return map->exclusive;
}

int bpf_program__assoc_struct_ops(struct bpf_program *prog, struct bpf_map *map,
				  struct bpf_prog_assoc_struct_ops_opts *opts)
{
	int prog_fd = bpf_program__fd(prog);
	int map_fd;

	if (prog_fd < 0) {
		warn("prog '%s': not loaded, it cannot be associated\n", prog->name);
		return ret_err(-EINVAL);
	}
	if (prog->info.type == BPF_PROG_TYPE_STRUCT_OPS) {
		warn("prog '%s': a struct_ops program cannot be associated\n", prog->name);
		return ret_err(-EINVAL);
	}
	map_fd = bpf_map__fd(map);
	if (map_fd < 0) {
		warn("map '%s': not created, it cannot be associated\n", map->name);
		return ret_err(-EINVAL);
	}
	if (map->info.type != BPF_MAP_TYPE_STRUCT_OPS) {
		warn("map '%s': is not a struct_ops map\n", map->name);
		return ret_err(-EINVAL);
	}
	return bpf_prog_assoc_struct_ops(prog_fd, map_fd, opts);
}
