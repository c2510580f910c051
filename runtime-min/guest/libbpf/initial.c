// SPDX-License-Identifier: BSD-2-Clause
/*
 * A map's initial value. Where a struct_ops map has functions, the host knows handles of programs
 * and the program wants pointers to them.
 */
#include <stdlib.h>
#include <string.h>

#include "guest/libbpf/object.h"

enum { SLOT = 8 };

static struct bpf_program *program_of(const struct bpf_object *obj, uint64_t handle)
{
	for (size_t i = 0; i < obj->prog_cnt; i++) {
		if ((uint64_t)obj->progs[i].handle == handle)
			return &obj->progs[i];
	}
	return NULL;
}

static int take_functions(struct bpf_map *map)
{
	int size = HOST(get, map->handle, WBPF_KEY_MAP_FUNCTIONS, NULL, 0);

	if (size < 0)
		return size;
	map->functions = malloc(size ? (size_t)size : 1);
	if (!map->functions)
		return -ENOMEM;
	map->function_cnt = (size_t)size / sizeof(*map->functions);
	HOST(get, map->handle, WBPF_KEY_MAP_FUNCTIONS, map->functions, (size_t)size);
	for (size_t i = 0; i < map->function_cnt; i++) {
		char *at = (char *)map->data + map->functions[i];
		uint64_t slot;

		memcpy(&slot, at, SLOT);
		slot = (uintptr_t)program_of(map->obj, slot);
		memcpy(at, &slot, SLOT);
	}
	return 0;
}

static int handle_of(const struct bpf_map *map, uint64_t slot, uint64_t *ret)
{
	const struct bpf_object *obj = map->obj;

	*ret = 0;
	if (!slot)
		return 0;
	for (size_t i = 0; i < obj->prog_cnt; i++) {
		if ((uintptr_t)&obj->progs[i] != slot)
			continue;
		*ret = (uint64_t)obj->progs[i].handle;
		return 0;
	}
	warn("map '%s': a function is no program of object '%s'\n", map->name, obj->name);
	return -EINVAL;
}

int wbpf_map_functions_send(struct bpf_map *map)
{
	char *copy = malloc(map->data_len);
	int err = copy ? 0 : -ENOMEM;

	if (copy)
		memcpy(copy, map->data, map->data_len);
	for (size_t i = 0; i < map->function_cnt && !err; i++) {
		uint64_t slot, handle;

		memcpy(&slot, copy + map->functions[i], SLOT);
		err = handle_of(map, slot, &handle);
		memcpy(copy + map->functions[i], &handle, SLOT);
	}
	if (!err)
		err = HOST(set, map->handle, WBPF_KEY_MAP_INITIAL_VALUE, copy, map->data_len);
	free(copy);
	return err;
}

void *bpf_map__initial_value(const struct bpf_map *map, size_t *size)
{
	struct bpf_map *m = (struct bpf_map *)map;
	void *arena = wbpf_map_arena_start(map);

	if (!map->data && !arena)
		return NULL;
	if (map->info.type == BPF_MAP_TYPE_STRUCT_OPS && !map->functions) {
		int err = take_functions(m);

		if (err < 0)
			return ret_null(err);
	}
	if (size)
		*size = map->data_len;
	return arena ? arena : map->data;
}
