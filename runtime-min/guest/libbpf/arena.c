// SPDX-License-Identifier: BSD-2-Clause
/*
 * A map's arena: pages of the module's memory that the host puts it in place of. What a BPF program
 * takes for a pointer has the module's address of the same byte in its low half.
 */
#include <stdlib.h>

#include "guest/libbpf/object.h"
#include "guest/pages.h"

int wbpf_map_arena_choose(struct bpf_map *map, uint64_t extra)
{
	int err = HOST(set, map->handle, WBPF_KEY_MAP_EXTRA, &extra, sizeof(extra));

	if (err < 0)
		return err;
	map->arena = (void *)(uintptr_t)extra;
	map->arena_chosen = extra;
	return 0;
}

/* NULL when there is no room. */
static void *take_pages(const struct bpf_map *map)
{
	size_t space = wbpf_page_size();

	if (__builtin_mul_overflow(space, map->info.max_entries, &space))
		return NULL;
	return wbpf_pages_take(space);
}

int wbpf_map_arena_place(struct bpf_map *map)
{
	uint64_t extra;
	void *pages;
	int err;

	if (map->info.type != BPF_MAP_TYPE_ARENA || map->arena || !bpf_map__autocreate(map) ||
	    (map->info.state & WBPF_MAP_LOADED) || !map->info.max_entries)
		return 0;
	pages = take_pages(map);
	if (!pages) {
		warn("map '%s': no memory for an arena of %u pages\n", map->name,
		     map->info.max_entries);
		return -ENOMEM;
	}
	extra = (uintptr_t)pages;
	err = HOST(set, map->handle, WBPF_KEY_MAP_EXTRA, &extra, sizeof(extra));
	if (err < 0) {
		free(pages);
		return err == -EOPNOTSUPP ? 0 : err; /* an older host has it for itself */
	}
	map->arena = pages;
	return 0;
}

void wbpf_map_arena_loaded(struct bpf_map *map)
{
	if (map->info.type != BPF_MAP_TYPE_ARENA || !map->info.data || map->arena_live)
		return;
	free(map->data);
	map->data = (void *)(uintptr_t)map->info.data;
	map->arena_live = true;
}

void *wbpf_map_arena_start(const struct bpf_map *map)
{
	return map->info.state & WBPF_MAP_LOADED ? map->arena : NULL;
}

void wbpf_map_arena_drop(struct bpf_map *map)
{
	size_t space = wbpf_page_size() * map->info.max_entries;
	int err;

	if (!map->arena)
		return;
	/* -EINVAL: it did not come to be there. */
	err = HOST(memory_unmap, map->arena, space);
	if (!map->arena_chosen && (!err || err == -EINVAL))
		free(map->arena);
	map->arena = NULL;
}
