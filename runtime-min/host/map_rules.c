/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/map_rules.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include "abi/wbpf_abi.h"
#include "host/btf_types.h"
#include "host/map_arena.h"
#include "host/opened.h"
#include "host/pins.h"

/* The sizes that libbpf's USDT code has on its own side (usdt.c: struct usdt_spec). */
enum { USDT_SPEC_SIZE = 304, USDT_ADDRESS_SIZE = 8, USDT_ID_SIZE = 4 };

static bool is_kconfig(const struct bpf_map *m)
{
	const char *name = bpf_map__name(m);
	size_t len = name ? strlen(name) : 0, n = strlen(".kconfig");

	return len >= n && !strcmp(name + len - n, ".kconfig");
}

/* Maps with memory or other state of libbpf behind them that their definition is the measure of. */
static bool is_measured(const struct bpf_map *m)
{
	switch ((unsigned int)bpf_map__type(m)) {
	case BPF_MAP_TYPE_ARENA:
	case BPF_MAP_TYPE_STRUCT_OPS:
	case BPF_MAP_TYPE_PROG_ARRAY: /* these three: slots that the object fills */
	case BPF_MAP_TYPE_ARRAY_OF_MAPS:
	case BPF_MAP_TYPE_HASH_OF_MAPS:
		return true;
	default:
		return bpf_map__is_internal(m);
	}
}

static int only_if(bool ok)
{
	return ok ? 0 : -EOPNOTSUPP;
}

/* Whether an arena of so many pages can hold the variables of this one. */
static bool has_room(const struct bpf_map *arena, uint64_t pages)
{
	return pages * (uint64_t)sysconf(_SC_PAGESIZE) >= map_arena_data_size(arena);
}

int map_rule_number(const struct bpf_map *m, uint32_t key, uint64_t number)
{
	bool internal = bpf_map__is_internal(m);
	bool struct_ops = bpf_map__type(m) == BPF_MAP_TYPE_STRUCT_OPS;
	bool arena = bpf_map__type(m) == BPF_MAP_TYPE_ARENA;

	switch (key) {
	case WBPF_KEY_MAP_TYPE:
		return only_if(number == bpf_map__type(m) ||
			       (!is_measured(m) && number != BPF_MAP_TYPE_STRUCT_OPS &&
				number != BPF_MAP_TYPE_ARENA));
	case WBPF_KEY_MAP_KEY_SIZE:
		/* A hash of maps whose keys have 4 bytes may have slots to fill: libbpf has 4 bytes
		 * of each. */
		return only_if(number == bpf_map__key_size(m) ||
			       (!internal && !struct_ops &&
				!(bpf_map__type(m) == BPF_MAP_TYPE_HASH_OF_MAPS &&
				  bpf_map__key_size(m) == 4)));
	case WBPF_KEY_MAP_VALUE_SIZE: /* libbpf resizes a data section's memory; its own values lie
					 in kconfig's */
		return only_if(number == bpf_map__value_size(m) ||
			       (!struct_ops && !arena && !(internal && is_kconfig(m))));
	case WBPF_KEY_MAP_MAX_ENTRIES: /* an arena's variables lie at its end */
		return only_if(number == bpf_map__max_entries(m) ||
			       (!internal && !struct_ops && (!arena || has_room(m, number))));
	default:
		return 0;
	}
}

int map_rule_reuse(const struct bpf_map *m, int fd)
{
	struct bpf_map_info info = {0};
	uint32_t len = sizeof(info);

	if (bpf_map_get_info_by_fd(fd, &info, &len))
		return -errno;
	if (bpf_map__type(m) == BPF_MAP_TYPE_STRUCT_OPS || info.type == BPF_MAP_TYPE_STRUCT_OPS)
		return -EOPNOTSUPP;
	if (bpf_map__type(m) == BPF_MAP_TYPE_ARENA || info.type == BPF_MAP_TYPE_ARENA)
		return only_if(info.type == bpf_map__type(m) && has_room(m, info.max_entries));
	if (!is_measured(m))
		return 0;
	return info.type == bpf_map__type(m) && info.key_size == bpf_map__key_size(m) &&
			       info.value_size == bpf_map__value_size(m) &&
			       info.max_entries == bpf_map__max_entries(m)
		       ? 0
		       : -EINVAL;
}

int map_rule_link(int link_fd, int map_fd)
{
	struct bpf_link_info link = {0};
	struct bpf_map_info map = {0};
	uint32_t link_len = sizeof(link), map_len = sizeof(map);

	/* What is no link or no map is for the kernel to judge. */
	if (bpf_link_get_info_by_fd(link_fd, &link, &link_len) ||
	    link.type != BPF_LINK_TYPE_STRUCT_OPS || bpf_map_get_info_by_fd(map_fd, &map, &map_len))
		return 0;
	return link.struct_ops.map_id == map.id ? -EINVAL : 0;
}

/* Whether the section .maps declares a variable of that name. */
static bool is_declared(const struct btf *btf, const char *name)
{
	int id = btf__find_by_name_kind(btf, ".maps", BTF_KIND_DATASEC);
	const struct btf_type *t = id < 0 ? NULL : btf__type_by_id(btf, (uint32_t)id);

	for (uint16_t i = 0; t && i < btf_vlen(t); i++) {
		const struct btf_type *var = btf__type_by_id(btf, btf_var_secinfos(t)[i].type);
		const char *var_name = var ? btf__name_by_offset(btf, var->name_off) : NULL;
		if (var_name && !strcmp(var_name, name))
			return true;
	}
	return false;
}

int map_rule_open(struct log *l, const struct bpf_object *o)
{
	const struct btf *btf = bpf_object__btf(o);
	struct bpf_map *m;

	bpf_object__for_each_map(m, o) {
		/* libbpf expects its own state behind these, which only the section .struct_ops
		 * gives. */
		if (bpf_map__type(m) != BPF_MAP_TYPE_STRUCT_OPS || !btf ||
		    !is_declared(btf, bpf_map__name(m)))
			continue;
		log_add(l, WBPF_LOG_WARN,
			"wbpf: map '%s': a struct_ops map cannot be declared in .maps\n",
			bpf_map__name(m));
		return -EINVAL;
	}
	return 0;
}

/* libbpf makes the folder of its path before it looks where that is. */
static int may_be_pinned(struct log *l, const struct bpf_map *m)
{
	const char *path = bpf_map__autocreate(m) ? bpf_map__pin_path(m) : NULL;
	int err = path ? pin_allowed(path) : 0;

	if (err)
		log_add(l, WBPF_LOG_WARN, "wbpf: map '%s': %s is not in a BPF file system\n",
			bpf_map__name(m), path);
	return err;
}

/* libbpf maps an arena that it makes itself at map_extra, over whatever the host has there. */
static int may_be_made(struct log *l, const struct opened *o, struct bpf_map *m)
{
	const char *why = NULL;
	bool is_reused = bpf_map__fd(m) >= 0;

	if (bpf_map__type(m) != BPF_MAP_TYPE_ARENA || !bpf_map__autocreate(m) || is_reused)
		return 0;
	if (!o->arena.asked && bpf_map__map_extra(m))
		why = "an arena at an address of the object's choice (map_extra)";
	/* Nobody has given out the page that the variables are written to. */
	if (bpf_map__map_flags(m) & BPF_F_SEGV_ON_FAULT && map_arena_data_size(m))
		why = "BPF_F_SEGV_ON_FAULT for an arena with variables";
	if (o->arena.asked && bpf_map__exclusive_program(m))
		why = "an arena for one program alone";
	if (!why)
		return 0;
	log_add(l, WBPF_LOG_WARN, "wbpf: map '%s': %s is not supported\n", bpf_map__name(m), why);
	return -EOPNOTSUPP;
}

int map_rule_load(struct log *l, const struct opened *o)
{
	struct bpf_map *m;

	bpf_object__for_each_map(m, o->object) {
		int err = may_be_pinned(l, m);
		if (!err)
			err = may_be_made(l, o, m);
		if (err)
			return err;
	}
	return 0;
}

int map_rule_usdt(struct log *l, const struct bpf_object *o)
{
	const struct bpf_map *specs = bpf_object__find_map_by_name(o, "__bpf_usdt_specs");
	const struct bpf_map *ips = bpf_object__find_map_by_name(o, "__bpf_usdt_ip_to_spec_id");

	if ((!specs || (bpf_map__type(specs) == BPF_MAP_TYPE_ARRAY &&
			bpf_map__value_size(specs) <= USDT_SPEC_SIZE)) &&
	    (!ips || (bpf_map__type(ips) == BPF_MAP_TYPE_HASH &&
		      bpf_map__key_size(ips) <= USDT_ADDRESS_SIZE &&
		      bpf_map__value_size(ips) <= USDT_ID_SIZE)))
		return 0;
	log_add(l, WBPF_LOG_WARN,
		"wbpf: the object's maps __bpf_usdt_* are not those of bpf/usdt.bpf.h\n");
	return -EOPNOTSUPP;
}

const struct btf_type *map_struct_ops_type(const struct bpf_object *o, const struct bpf_map *m)
{
	const struct btf *btf = bpf_object__btf(o);
	const struct btf_type *t = btf ? btf__type_by_id(btf, bpf_map__btf_value_type_id(m)) : NULL;

	return bpf_map__type(m) == BPF_MAP_TYPE_STRUCT_OPS && t && btf_is_struct(t) ? t : NULL;
}

size_t map_struct_ops_size(const struct bpf_object *o, const struct bpf_map *m)
{
	const struct btf_type *t = map_struct_ops_type(o, m);

	return t ? t->size : 0;
}

/* Members need not be in order, and may overlap, in an object that means harm: a mask of bytes. */
static uint8_t *pointer_mask(const struct btf *btf, const struct btf_type *t)
{
	uint8_t *mask = calloc(t->size ? t->size : 1, 1);

	for (uint16_t i = 0; mask && i < btf_vlen(t); i++) {
		uint32_t at = btf_member_bit_offset(t, i) / 8;
		if (!btf_types_is_pointer(btf, btf_members(t)[i].type) || at >= t->size)
			continue;
		memset(mask + at, 1,
		       t->size - at < sizeof(uint64_t) ? t->size - at : sizeof(uint64_t));
	}
	return mask;
}

int map_struct_ops_parts(const struct bpf_object *o, const struct bpf_map *m, map_part_fn each,
			 void *to)
{
	const struct btf_type *t = map_struct_ops_type(o, m);
	uint8_t *data = t ? bpf_map__initial_value(m, NULL) : NULL;
	uint8_t *mask = data ? pointer_mask(bpf_object__btf(o), t) : NULL;

	if (!mask)
		return data ? -ENOMEM : -ENOENT;
	for (size_t from = 0, end; from < t->size; from = end + 1) {
		for (end = from; end < t->size && !mask[end]; end++)
			;
		if (end > from)
			each(to, data, from, end - from);
	}
	free(mask);
	return 0;
}
