/* SPDX-License-Identifier: BSD-2-Clause */
/* get() and set(): properties of objects, maps, programs and links, one table row a key. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include "host/ahead.h"
#include "host/calls.h"
#include "host/hints.h"
#include "host/instance.h"
#include "host/kernel_info.h"
#include "host/map_arena.h"
#include "host/map_rules.h"
#include "host/object.h"
#include "host/pins.h"
#include "host/prog_properties.h"
#include "host/stats.h"
#include "host/struct_ops.h"

/* --- get ----------------------------------------------------------------------------------- */

int32_t property_give(const struct instance *in, wbpf_addr buf, uint32_t cap, const void *data,
		      size_t len)
{
	uint32_t n = len < cap ? (uint32_t)len : cap;
	int err = n ? memory_copy_out(in->memory, buf, data, n) : 0;

	return err ? err : len > INT32_MAX ? -E2BIG : (int32_t)len;
}

static int32_t give_string(const struct instance *in, wbpf_addr buf, uint32_t cap, const char *s)
{
	return property_give(in, buf, cap, s ? s : "", s ? strlen(s) : 0);
}

/* Nothing is said of a buffer that nobody wrote to. */
static int32_t give_log(const struct instance *in, const struct handle *h, wbpf_addr buf,
			uint32_t cap)
{
	size_t len = 0;
	const char *log = opened_log(h->opened, h->kind == WBPF_KIND_PROG ? h->ptr : NULL, &len);

	return log ? property_give(in, buf, cap, log, len) : -ENODATA;
}

static int32_t get_object(struct instance *in, struct handle *h, uint32_t key, wbpf_addr buf,
			  uint32_t cap)
{
	const struct bpf_object *o = h->opened->object;
	struct bpf_program *prog;
	struct bpf_map *map;

	switch (key) {
	case WBPF_KEY_NAME:
		return give_string(in, buf, cap, bpf_object__name(o));
	case WBPF_KEY_OBJECT_BTF: {
		uint32_t size = 0;
		const struct btf *btf = bpf_object__btf(o);
		const void *data = btf ? btf__raw_data(btf, &size) : NULL;
		return data ? property_give(in, buf, cap, data, size) : -ENOENT;
	}
	case WBPF_KEY_OBJECT_FILE:
		return h->opened->file
			       ? property_give(in, buf, cap, h->opened->file, h->opened->file_size)
			       : -ENOENT;
	case WBPF_KEY_OBJECT_LOG:
		return give_log(in, h, buf, cap);
	case WBPF_KEY_INFO: {
		struct wbpf_object_info info = {.size = sizeof(info),
						.kernel_version = bpf_object__kversion(o)};
		bpf_object__for_each_map(map, o)
			info.maps++;
		bpf_object__for_each_program(prog, o)
			info.progs++;
		return property_give(in, buf, cap, &info, sizeof(info));
	}
	default:
		return -EINVAL;
	}
}

/* What the object says of a map; of an inner one there is no more. */
static struct wbpf_map_info definition_of(const struct bpf_map *m)
{
	return (struct wbpf_map_info){
		.size = sizeof(struct wbpf_map_info),
		.type = bpf_map__type(m),
		.key_size = bpf_map__key_size(m),
		.value_size = bpf_map__value_size(m),
		.max_entries = bpf_map__max_entries(m),
		.flags = bpf_map__map_flags(m),
		.extra = bpf_map__map_extra(m),
		.numa_node = bpf_map__numa_node(m),
		.ifindex = bpf_map__ifindex(m),
		.btf_key_type_id = bpf_map__btf_key_type_id(m),
		.btf_value_type_id = bpf_map__btf_value_type_id(m),
	};
}

static int32_t map_info(struct instance *in, const struct handle *h, wbpf_addr buf, uint32_t cap)
{
	struct bpf_map *m = h->ptr;
	size_t initial_size = 0;
	struct wbpf_map_info info = definition_of(m);

	info.extra = map_arena_extra(in, h->opened, m);
	info.data = h->opened->arena.data && bpf_map__type(m) == BPF_MAP_TYPE_ARENA
			    ? h->opened->arena.data
			    : 0;
	info.state = (bpf_map__is_internal(m) ? WBPF_MAP_INTERNAL : 0) |
		     (bpf_map__autocreate(m) ? WBPF_MAP_AUTOCREATE : 0) |
		     (bpf_map__autoattach(m) ? WBPF_MAP_AUTOATTACH : 0) |
		     (bpf_map__fd(m) >= 0 ? WBPF_MAP_LOADED : 0) |
		     (bpf_map__is_pinned(m) ? WBPF_MAP_PINNED : 0);
	if (bpf_map__type(m) == BPF_MAP_TYPE_STRUCT_OPS)
		info.initial_size = (uint32_t)map_struct_ops_size(h->opened->object, m);
	else if (bpf_map__initial_value(m, &initial_size))
		info.initial_size = (uint32_t)initial_size;
	return property_give(in, buf, cap, &info, sizeof(info));
}

static void part_out(void *to, void *data, size_t offset, size_t len)
{
	memcpy((uint8_t *)to + offset, (uint8_t *)data + offset, len);
}

static void part_in(void *from, void *data, size_t offset, size_t len)
{
	memcpy((uint8_t *)data + offset, (uint8_t *)from + offset, len);
}

/* With handles of programs in place of pointers to them. */
static int32_t give_struct_ops(struct instance *in, const struct handle *h, wbpf_addr buf,
			       uint32_t cap)
{
	const struct bpf_object *o = h->opened->object;
	size_t size = map_struct_ops_size(o, h->ptr);
	uint8_t *copy = calloc(size ? size : 1, 1);
	int32_t ret = copy ? map_struct_ops_parts(o, h->ptr, part_out, copy) : -ENOMEM;

	if (!ret) {
		struct_ops_give(in, h, copy);
		ret = property_give(in, buf, cap, copy, size);
	}
	free(copy);
	return ret;
}

static int32_t give_functions(struct instance *in, const struct handle *h, wbpf_addr buf,
			      uint32_t cap)
{
	size_t count;
	uint32_t *offsets = struct_ops_functions(h, &count);
	int32_t ret =
		offsets ? property_give(in, buf, cap, offsets, count * sizeof(*offsets)) : -ENOENT;

	free(offsets);
	return ret;
}

/*
 * The map that the object describes as the pattern of this one's. It belongs to libbpf, which makes
 * it and takes it away: so no handle, only what it is.
 */
static int32_t inner_info(struct instance *in, struct bpf_map *m, wbpf_addr buf, uint32_t cap)
{
	struct bpf_map *inner = bpf_map__inner_map(m);

	if (!inner)
		return -ENOENT;
	struct wbpf_map_info info = definition_of(inner);
	return property_give(in, buf, cap, &info, sizeof(info));
}

/*
 * libbpf finds a data section's map by the section's name but does not tell it, and the map's own
 * name may show only a part of it. The object's BTF has all of these names.
 */
static const char *section_of(const struct bpf_object *o, const struct bpf_map *m)
{
	const struct btf *btf = bpf_object__btf(o);
	const char *name = bpf_map__name(m);

	for (uint32_t id = 1; btf && id < btf__type_cnt(btf); id++) {
		const struct btf_type *t = btf__type_by_id(btf, id);
		const char *section =
			btf_is_datasec(t) ? btf__name_by_offset(btf, t->name_off) : NULL;
		if (section && section[0] == '.' && bpf_object__find_map_by_name(o, section) == m)
			return section;
	}
	return name[0] == '.' ? name : strrchr(name, '.');
}

static int32_t get_map(struct instance *in, struct handle *h, uint32_t key, wbpf_addr buf,
		       uint32_t cap)
{
	struct bpf_map *m = h->ptr;

	if (!m)
		return kernel_info_map(in, h, key, buf, cap);
	switch (key) {
	case WBPF_KEY_NAME:
		return give_string(in, buf, cap, bpf_map__name(m));
	case WBPF_KEY_INFO:
		return map_info(in, h, buf, cap);
	case WBPF_KEY_MAP_PIN_PATH:
		return give_string(in, buf, cap, bpf_map__pin_path(m));
	case WBPF_KEY_MAP_INNER:
		return inner_info(in, m, buf, cap);
	case WBPF_KEY_MAP_SECTION:
		return give_string(in, buf, cap, section_of(h->opened->object, m));
	case WBPF_KEY_MAP_FUNCTIONS:
		return give_functions(in, h, buf, cap);
	case WBPF_KEY_MAP_INITIAL_VALUE: {
		size_t size;
		if (bpf_map__type(m) == BPF_MAP_TYPE_STRUCT_OPS)
			return give_struct_ops(in, h, buf, cap);
		/* Of an arena that only libbpf has mapped, pages may be missing. */
		if (bpf_map__type(m) == BPF_MAP_TYPE_ARENA && h->opened->prepared &&
		    !h->opened->arena.mapped)
			return -ENOENT;
		const void *data = bpf_map__initial_value(m, &size);
		return data ? property_give(in, buf, cap, data, size) : -ENOENT;
	}
	default:
		return -EINVAL;
	}
}

static int32_t get_prog(struct instance *in, struct handle *h, uint32_t key, wbpf_addr buf,
			uint32_t cap)
{
	struct bpf_program *p = h->ptr;

	if (!p)
		return kernel_info_prog(in, h, key, buf, cap);
	switch (key) {
	case WBPF_KEY_NAME:
		return give_string(in, buf, cap, bpf_program__name(p));
	case WBPF_KEY_PROG_SECTION:
		return give_string(in, buf, cap, bpf_program__section_name(p));
	case WBPF_KEY_INFO: {
		struct wbpf_prog_info info = {
			.size = sizeof(info),
			.type = bpf_program__type(p),
			.expected_attach_type = bpf_program__expected_attach_type(p),
			.flags = bpf_program__flags(p),
			.insn_cnt = (uint32_t)bpf_program__insn_cnt(p),
			.state = (bpf_program__autoload(p) ? WBPF_PROG_AUTOLOAD : 0) |
				 (bpf_program__autoattach(p) ? WBPF_PROG_AUTOATTACH : 0) |
				 (bpf_program__fd(p) >= 0 || h->shared ? WBPF_PROG_LOADED : 0),
			.log_level = bpf_program__log_level(p),
			.func_info_cnt = bpf_program__func_info_cnt(p),
			.line_info_cnt = bpf_program__line_info_cnt(p),
		};
		return property_give(in, buf, cap, &info, sizeof(info));
	}
	case WBPF_KEY_PROG_INSNS:
		return prog_get_insns(in, h, buf, cap);
	case WBPF_KEY_PROG_FUNC_INFO:
	case WBPF_KEY_PROG_LINE_INFO:
		return prog_get_info(in, h, key, buf, cap);
	case WBPF_KEY_PROG_LOG:
		return give_log(in, h, buf, cap);
	default:
		return -EINVAL;
	}
}

int32_t call_get(struct instance *in, wbpf_handle value, uint32_t key, wbpf_addr buf, uint32_t cap)
{
	struct handle *h = handle_find(&in->handles, value, 0);

	if (!h)
		return -EBADF;
	switch (h->kind) {
	case WBPF_KIND_OBJECT:
		return get_object(in, h, key, buf, cap);
	case WBPF_KIND_MAP:
		return get_map(in, h, key, buf, cap);
	case WBPF_KIND_PROG:
		return get_prog(in, h, key, buf, cap);
	default:
		return -EINVAL;
	}
}

/* --- set ----------------------------------------------------------------------------------- */

int property_read_u32(const struct instance *in, wbpf_addr buf, uint32_t size, uint32_t *ret)
{
	return size == sizeof(*ret) ? memory_copy_in(in->memory, ret, buf, size) : -EINVAL;
}

/* Errors that libbpf finds before it makes a folder come from there. */
static int may_pin(const struct handle *h, const char *path)
{
	char below[PATH_MAX + 2];

	if (h->kind == WBPF_KIND_MAP && !path && h->ptr)
		path = bpf_map__pin_path(h->ptr);
	if (!path || (h->kind == WBPF_KIND_LINK && h->ptr && bpf_link__pin_path(h->ptr)) ||
	    (h->kind == WBPF_KIND_OBJECT && !h->opened->prepared))
		return 0;
	if (h->kind != WBPF_KIND_OBJECT)
		return pin_allowed(path);
	snprintf(below, sizeof(below), "%s/x", path);
	return pin_allowed(below);
}

static int set_path(struct instance *in, const struct handle *h, uint32_t key, wbpf_addr buf,
		    uint32_t size, void *of, int (*set)(void *of, const char *path))
{
	int err = 0;
	char *path = NULL;

	if (size) {
		path = instance_string(in, (struct wbpf_str){buf, size}, PATH_MAX, &err);
		if (!path)
			return err ? err : -EINVAL;
	}
	err = key == WBPF_KEY_PIN ? may_pin(h, path) : 0;
	if (!err)
		err = set(of, path);
	if (err)
		hint_pin(&in->log, path);
	free(path);
	return err;
}

static int map_pin(void *m, const char *path)
{
	return bpf_map__pin(m, path);
}
static int map_unpin(void *m, const char *path)
{
	return bpf_map__unpin(m, path);
}
static int map_set_pin_path(void *m, const char *path)
{
	return bpf_map__set_pin_path(m, path);
}
static int prog_pin(void *p, const char *path)
{
	return path ? bpf_program__pin(p, path) : -EINVAL;
}
static int prog_unpin(void *p, const char *path)
{
	return path ? bpf_program__unpin(p, path) : -EINVAL;
}
static int link_pin(void *l, const char *path)
{
	return path ? bpf_link__pin(l, path) : -EINVAL;
}
static int link_unpin(void *l, const char *path)
{
	return bpf_link__unpin(l);
}
static int object_pin(void *o, const char *path)
{
	return path ? bpf_object__pin(o, path) : -EINVAL;
}
static int object_unpin(void *o, const char *path)
{
	return path ? bpf_object__unpin(o, path) : -EINVAL;
}

static int fd_pin(void *h, const char *path)
{
	return path ? pin_descriptor(((const struct handle *)h)->fd, path) : -EINVAL;
}

static int fd_unpin(void *h, const char *path)
{
	return path ? unpin_path(path) : -EINVAL;
}

/* Keys whose value is a path, by kind. */
static int set_path_key(struct instance *in, struct handle *h, uint32_t key, wbpf_addr buf,
			uint32_t size)
{
	static const struct {
		uint16_t kind;
		uint32_t key;
		int (*set)(void *, const char *);
	} table[] = {
		{WBPF_KIND_MAP, WBPF_KEY_PIN, map_pin},
		{WBPF_KIND_MAP, WBPF_KEY_UNPIN, map_unpin},
		{WBPF_KIND_MAP, WBPF_KEY_MAP_PIN_PATH, map_set_pin_path},
		{WBPF_KIND_PROG, WBPF_KEY_PIN, prog_pin},
		{WBPF_KIND_PROG, WBPF_KEY_UNPIN, prog_unpin},
		{WBPF_KIND_LINK, WBPF_KEY_PIN, link_pin},
		{WBPF_KIND_LINK, WBPF_KEY_UNPIN, link_unpin},
		{WBPF_KIND_OBJECT, WBPF_KEY_PIN, object_pin},
		{WBPF_KIND_OBJECT, WBPF_KEY_UNPIN, object_unpin},
	};

	if (h->kind == WBPF_KIND_LINK && !h->ptr) {
		if (key == WBPF_KEY_PIN)
			return set_path(in, h, key, buf, size, h, fd_pin);
		if (key == WBPF_KEY_UNPIN)
			return set_path(in, h, key, buf, size, h, fd_unpin);
	}
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		if (table[i].kind == h->kind && table[i].key == key)
			return h->ptr ? set_path(in, h, key, buf, size, h->ptr, table[i].set)
				      : -EINVAL;
	return OBJECT_OTHER_KEY;
}

static int set_struct_ops(struct instance *in, const struct handle *h, const void *p, uint32_t size)
{
	const struct bpf_object *o = h->opened->object;

	if (h->opened->prepared)
		return -EBUSY;
	if (size != map_struct_ops_size(o, h->ptr))
		return -EINVAL;
	uint8_t *copy = malloc(size ? size : 1);
	if (!copy)
		return -ENOMEM;
	memcpy(copy, p, size);
	int err = struct_ops_take(in, h, copy);
	if (!err)
		err = map_struct_ops_parts(o, h->ptr, part_in, copy);
	free(copy);
	return err;
}

/* The value's bytes are checked by who reads them. */
static int set_value(struct instance *in, const struct handle *h, uint32_t key, wbpf_addr buf,
		     uint32_t size)
{
	const void *p = memory_read(in->memory, buf, size);
	int err;

	if (h->kind != WBPF_KIND_MAP && h->kind != WBPF_KIND_PROG)
		return OBJECT_OTHER_KEY;
	if (p && h->ptr && key == WBPF_KEY_MAP_INITIAL_VALUE &&
	    bpf_map__type(h->ptr) == BPF_MAP_TYPE_STRUCT_OPS) {
		ahead_cannot(in->ahead, h->opened);
		return set_struct_ops(in, h, p, size);
	}
	err = object_set(h->opened, h->kind, h->ptr, key, p, size);
	if (!err)
		ahead_set(in->ahead, h->opened, h->kind, h->ptr, key, p, size);
	return err;
}

static int set_map_extra(struct instance *in, const struct handle *h, wbpf_addr buf, uint32_t size)
{
	uint64_t extra;
	int err = size == sizeof(extra) ? memory_copy_in(in->memory, &extra, buf, size) : -EINVAL;

	if (err)
		return err;
	return bpf_map__type(h->ptr) == BPF_MAP_TYPE_ARENA ? map_arena_place(h->opened, extra)
							   : bpf_map__set_map_extra(h->ptr, extra);
}

static int set_other_map(struct instance *in, struct handle *h, uint32_t key, wbpf_addr buf,
			 uint32_t size)
{
	uint32_t value;
	int err = property_read_u32(in, buf, size, &value);

	if (err)
		return err;
	if (key == WBPF_KEY_MAP_INNER) {
		if (h->opened->prepared) /* of which libbpf makes no sure */
			return -EINVAL;
		int pattern = instance_descriptor(in, (wbpf_handle)value);
		err = opened_keep(h->opened, &pattern);
		return err ? err : bpf_map__set_inner_map_fd(h->ptr, pattern);
	}
	const struct handle *other = handle_find(&in->handles, (wbpf_handle)value, 0);
	if (other && other->kind != WBPF_KIND_MAP)
		return -EINVAL;
	int fd = instance_descriptor(in, (wbpf_handle)value);
	err = map_rule_reuse(h->ptr, fd);
	if (!err)
		err = bpf_map__reuse_fd(h->ptr, fd);
	if (!err)
		instance_learn_map(h);
	return err;
}

static int set_exclusive(struct instance *in, struct handle *h, wbpf_addr buf, uint32_t size)
{
	uint32_t value;
	int err = property_read_u32(in, buf, size, &value);

	if (err)
		return err;
	const struct handle *prog = handle_find(&in->handles, (wbpf_handle)value, WBPF_KIND_PROG);
	return prog && prog->ptr ? bpf_map__set_exclusive_program(h->ptr, prog->ptr) : -EBADF;
}

/* Only a link of a struct_ops map has what libbpf then reads. */
static int set_link_map(struct instance *in, struct handle *h, wbpf_addr buf, uint32_t size)
{
	uint32_t value;
	int err = property_read_u32(in, buf, size, &value);

	if (err)
		return err;
	const struct handle *map = handle_find(&in->handles, (wbpf_handle)value, WBPF_KIND_MAP);
	if (!map || !map->ptr)
		return -EBADF;
	err = h->struct_ops ? map_rule_link(h->fd, map->fd) : -EINVAL;
	return err ? err : bpf_link__update_map(h->ptr, map->ptr);
}

static int set_object_key(struct instance *in, struct opened *o, uint32_t key, wbpf_addr buf,
			  uint32_t size)
{
	uint32_t number;
	int err;

	switch (key) {
	case WBPF_KEY_OBJECT_PREPARE:
		return object_prepare(in, o);
	case WBPF_KEY_OBJECT_KVERSION:
		err = property_read_u32(in, buf, size, &number);
		return err ? err : bpf_object__set_kversion(o->object, number);
	default:
		return -EINVAL;
	}
}

static int set_other_key(struct instance *in, struct handle *h, uint32_t key, wbpf_addr buf,
			 uint32_t size)
{
	if (h->kind == WBPF_KIND_OBJECT)
		return set_object_key(in, h->opened, key, buf, size);
	if (h->kind == WBPF_KIND_LINK && h->ptr && key == WBPF_KEY_LINK_MAP)
		return set_link_map(in, h, buf, size);
	if (h->kind == WBPF_KIND_MAP && h->ptr) {
		switch (key) {
		case WBPF_KEY_MAP_EXTRA:
			return set_map_extra(in, h, buf, size);
		case WBPF_KEY_MAP_REUSE:
		case WBPF_KEY_MAP_INNER:
			return set_other_map(in, h, key, buf, size);
		case WBPF_KEY_MAP_EXCLUSIVE:
			return set_exclusive(in, h, buf, size);
		}
	}
	if (h->kind == WBPF_KIND_PROG && h->ptr)
		return prog_set(in, h, key, buf, size);
	return -EINVAL;
}

/* The least severe level that the module wants to see. */
static int set_module_log_level(struct instance *in, wbpf_addr buf, uint32_t size)
{
	uint32_t level;
	int err = property_read_u32(in, buf, size, &level);

	if (!err)
		in->log.level = level;
	return err;
}

int32_t call_set(struct instance *in, wbpf_handle value, uint32_t key, wbpf_addr buf, uint32_t size)
{
	struct handle *h = value ? handle_find(&in->handles, value, 0) : NULL;

	if (key == WBPF_KEY_LOG_LEVEL && (!value || (h && h->kind == WBPF_KIND_OBJECT)))
		return set_module_log_level(in, buf, size);
	if (!value && key == WBPF_KEY_COUNTS)
		return stats_counts(in, buf, size);
	if (!h)
		return -EBADF;
	log_capture(&in->log);
	int err = set_value(in, h, key, buf, size);
	if (err)
		ahead_cannot(in->ahead, h->opened);
	if (err == OBJECT_OTHER_KEY)
		err = set_path_key(in, h, key, buf, size);
	if (err == OBJECT_OTHER_KEY)
		err = set_other_key(in, h, key, buf, size);
	log_capture(NULL);
	instance_update_shared(in);
	return err;
}
