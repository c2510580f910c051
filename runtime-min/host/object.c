/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/object.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/libbpf.h>

#include "abi/wbpf_abi.h"
#include "host/log.h"
#include "host/map_rules.h"
#include "host/object_rules.h"
#include "host/opened.h"

int object_open(struct opened *o, const struct object_source *s, struct log *l, struct cache *cache)
{
	LIBBPF_OPTS(bpf_object_open_opts, opts, .object_name = s->name, .kconfig = s->kconfig,
		    .pin_root_path = s->pin_root_path, .btf_custom_path = s->btf_custom_path,
		    .relaxed_maps = s->relaxed_maps, .kernel_log_level = s->kernel_log_level,
		    .kernel_log_buf = s->kernel_log_buf, .kernel_log_size = s->kernel_log_size,
		    .bpf_token_path = s->no_token ? "" : NULL);
	/* The rules write into it; libbpf keeps no pointer into the bytes once it is open. */
	void *copy = malloc(s->len ? s->len : 1);
	const void *bytes = copy;
	size_t len = s->len;

	if (!copy)
		return -ENOMEM;
	memcpy(copy, s->bytes, s->len);
	int err = opened_unpack(o, &bytes, &len, OBJECT_MAX_SIZE);
	if (err)
		log_add(l, WBPF_LOG_WARN, "wbpf: the compressed BPF object cannot be unpacked\n");
	else
		err = object_rule_bytes(l, o->file ? o->file : copy, len);
	if (!err)
		o->object = bpf_object__open_mem(bytes, len, &opts);
	if (!err && !o->object)
		err = -errno;
	if (!err)
		err = btf_view_init(&o->view, cache, (void *)bytes, len, o->object);
	if (!err)
		err = map_rule_open(l, o->object);
	free(copy);
	return err;
}

int object_load(struct opened *o, struct log *l)
{
	int err = map_rule_load(l, o);

	if (err)
		return err;
	o->prepared = true;
	btf_view_enter(&o->view);
	err = bpf_object__load(o->object);
	btf_view_leave();
	return err;
}

/* --- properties --------------------------------------------------------------------------------
 */

/* Wrappers that give libbpf's setters one shape. */
#define U32_SETTER(name, object, call, cast)                                                       \
	static int name(void *of, uint32_t v)                                                      \
	{                                                                                          \
		return call((struct object *)of, (cast)v);                                         \
	}
U32_SETTER(map_type, bpf_map, bpf_map__set_type, enum bpf_map_type)
U32_SETTER(map_key_size, bpf_map, bpf_map__set_key_size, uint32_t)
U32_SETTER(map_value_size, bpf_map, bpf_map__set_value_size, uint32_t)
U32_SETTER(map_max_entries, bpf_map, bpf_map__set_max_entries, uint32_t)
U32_SETTER(map_flags, bpf_map, bpf_map__set_map_flags, uint32_t)
U32_SETTER(map_numa_node, bpf_map, bpf_map__set_numa_node, uint32_t)
U32_SETTER(map_ifindex, bpf_map, bpf_map__set_ifindex, uint32_t)
U32_SETTER(map_autocreate, bpf_map, bpf_map__set_autocreate, bool)
U32_SETTER(map_autoattach, bpf_map, bpf_map__set_autoattach, bool)
U32_SETTER(prog_type, bpf_program, bpf_program__set_type, enum bpf_prog_type)
U32_SETTER(prog_attach_type, bpf_program, bpf_program__set_expected_attach_type,
	   enum bpf_attach_type)
U32_SETTER(prog_flags, bpf_program, bpf_program__set_flags, uint32_t)
U32_SETTER(prog_autoload, bpf_program, bpf_program__set_autoload, bool)
U32_SETTER(prog_log_level, bpf_program, bpf_program__set_log_level, uint32_t)

static int prog_autoattach(void *p, uint32_t v)
{
	bpf_program__set_autoattach(p, v);
	return 0;
}

static int prog_ifindex(void *p, uint32_t v)
{
	bpf_program__set_ifindex(p, v);
	return 0;
}

/* Keys whose value is a number, by kind. */
static const struct number_key {
	uint16_t kind;
	uint32_t key;
	int (*set)(void *, uint32_t);
} number_keys[] = {
	{WBPF_KIND_MAP, WBPF_KEY_MAP_TYPE, map_type},
	{WBPF_KIND_MAP, WBPF_KEY_MAP_KEY_SIZE, map_key_size},
	{WBPF_KIND_MAP, WBPF_KEY_MAP_VALUE_SIZE, map_value_size},
	{WBPF_KIND_MAP, WBPF_KEY_MAP_MAX_ENTRIES, map_max_entries},
	{WBPF_KIND_MAP, WBPF_KEY_MAP_FLAGS, map_flags},
	{WBPF_KIND_MAP, WBPF_KEY_MAP_NUMA_NODE, map_numa_node},
	{WBPF_KIND_MAP, WBPF_KEY_MAP_IFINDEX, map_ifindex},
	{WBPF_KIND_MAP, WBPF_KEY_MAP_AUTOCREATE, map_autocreate},
	{WBPF_KIND_MAP, WBPF_KEY_AUTOATTACH, map_autoattach},
	{WBPF_KIND_PROG, WBPF_KEY_AUTOATTACH, prog_autoattach},
	{WBPF_KIND_PROG, WBPF_KEY_PROG_TYPE, prog_type},
	{WBPF_KIND_PROG, WBPF_KEY_PROG_EXPECTED_ATTACH_TYPE, prog_attach_type},
	{WBPF_KIND_PROG, WBPF_KEY_PROG_FLAGS, prog_flags},
	{WBPF_KIND_PROG, WBPF_KEY_PROG_AUTOLOAD, prog_autoload},
	{WBPF_KIND_PROG, WBPF_KEY_PROG_IFINDEX, prog_ifindex},
	{WBPF_KIND_PROG, WBPF_KEY_LOG_LEVEL, prog_log_level},
};

static const struct number_key *find_number_key(unsigned int kind, uint32_t key)
{
	for (size_t i = 0; i < sizeof(number_keys) / sizeof(*number_keys); i++)
		if (number_keys[i].kind == kind && number_keys[i].key == key)
			return &number_keys[i];
	return NULL;
}

int object_set(struct opened *o, unsigned int kind, void *ptr, uint32_t key, const void *p,
	       uint32_t size)
{
	const struct number_key *k = find_number_key(kind, key);
	uint32_t number;

	if (!k && !(kind == WBPF_KIND_MAP && key == WBPF_KEY_MAP_INITIAL_VALUE))
		return OBJECT_OTHER_KEY;
	if (k && size != sizeof(number))
		return -EINVAL;
	if (!p || !ptr)
		return p ? -EINVAL : -EFAULT;
	if (!k)
		return bpf_map__set_initial_value(ptr, p, size);
	memcpy(&number, p, sizeof(number));
	int err = kind == WBPF_KIND_MAP && !o->prepared ? map_rule_number(ptr, key, number) : 0;
	return err ? err : k->set(ptr, number);
}

/* --- children ----------------------------------------------------------------------------------
 */

uint32_t object_index(const struct opened *o, unsigned int kind, const void *ptr)
{
	const struct bpf_program *prog;
	const struct bpf_map *map;
	uint32_t n = 0;

	if (kind == WBPF_KIND_MAP) {
		for (map = NULL; (map = bpf_object__next_map(o->object, map)) && map != ptr;)
			n++;
	} else {
		for (prog = NULL;
		     (prog = bpf_object__next_program(o->object, (void *)prog)) && prog != ptr;)
			n++;
	}
	return n;
}

void *object_child(const struct opened *o, unsigned int kind, uint32_t index)
{
	struct bpf_program *prog;
	struct bpf_map *map;

	if (kind == WBPF_KIND_MAP) {
		bpf_object__for_each_map(map, o->object)
			if (!index--)
				return map;
	} else {
		bpf_object__for_each_program(prog, o->object)
			if (!index--)
				return prog;
	}
	return NULL;
}
