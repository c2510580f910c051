/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An object's arena in the module's memory, where the module said that it shall lie. Linear memory
 * begins at a multiple of 4 GiB and an arena lies in one such window, so the low half of a pointer
 * that a BPF program makes is the module's address of the same byte.
 *
 * The host makes and maps such an arena itself and lets libbpf reuse it: libbpf's own mapping would
 * be taken away with the object, and leave a hole in the module's memory.
 */
#ifndef WBPF_HOST_MAP_ARENA_H
#define WBPF_HOST_MAP_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bpf_map;
struct instance;
struct opened;

/* Of an opened object, which has at most one arena. */
struct map_arena {
	bool asked;    /* addr is where it shall lie */
	bool mapped;   /* it does */
	bool filled;   /* its variables have their values: it came from a pin */
	uint32_t addr; /* in the module's memory */
	uint32_t data; /* once loaded: where in it its variables are; 0: it has none */
};

/* Where it shall lie; 0: nowhere in the module's memory. 0; -EBUSY: it is made; -EINVAL: that
 * cannot be where a page begins. */
int map_arena_place(struct opened *o, uint64_t addr);

/* What map_extra is for the module: where the arena lies. Of other maps the number itself. */
uint64_t map_arena_extra(const struct instance *in, const struct opened *o,
			 const struct bpf_map *m);

/* Makes and maps it, before libbpf makes the object's maps. 0, or a negative errno and a log
 * record. */
int map_arena_make(struct instance *in, struct opened *o);

/* bpf_object__load(); the arena's variables then have their values. The same. */
int map_arena_load(struct instance *in, struct opened *o);

/* Bytes of the arena that are its variables', whole pages. */
size_t map_arena_data_size(const struct bpf_map *m);

#endif
