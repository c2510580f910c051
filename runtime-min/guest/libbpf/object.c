// SPDX-License-Identifier: BSD-2-Clause
/* bpf_object: opened, loaded and closed at the host. */
#include <stdlib.h>
#include <string.h>

#include "guest/libbpf/object.h"

static int take_maps(struct bpf_object *obj, uint32_t count)
{
	obj->maps = calloc(count ? count : 1, sizeof(*obj->maps));
	if (!obj->maps)
		return -ENOMEM;
	for (uint32_t i = 0; i < count; i++) {
		int h = HOST(object_child, obj->handle, WBPF_KIND_MAP, i);
		int err = h < 0 ? h : wbpf_map_init(&obj->maps[i], obj, h);

		obj->map_cnt = i + 1;
		if (err)
			return err;
	}
	return 0;
}

static int take_progs(struct bpf_object *obj, uint32_t count)
{
	obj->progs = calloc(count ? count : 1, sizeof(*obj->progs));
	if (!obj->progs)
		return -ENOMEM;
	for (uint32_t i = 0; i < count; i++) {
		int h = HOST(object_child, obj->handle, WBPF_KIND_PROG, i);
		int err = h < 0 ? h : wbpf_prog_init(&obj->progs[i], obj, h);

		obj->prog_cnt = i + 1;
		if (err)
			return err;
	}
	return 0;
}

static int take_object(struct bpf_object *obj)
{
	struct wbpf_object_info info = {.size = sizeof(info)};
	int err;

	obj->name = wbpf_get_string(obj->handle, WBPF_KEY_NAME);
	if (!obj->name)
		return -errno;
	err = HOST(get, obj->handle, WBPF_KEY_INFO, &info, sizeof(info));
	if (err < 0)
		return err;
	obj->kernel_version = info.kernel_version;
	err = take_maps(obj, info.maps);
	return err ? err : take_progs(obj, info.progs);
}

static uint32_t flags_of(const struct bpf_object_open_opts *opts)
{
	const char *token = opts->bpf_token_path;
	uint32_t flags = opts->relaxed_maps ? WBPF_OPEN_RELAXED_MAPS : 0;

	if (token)
		flags |= *token ? WBPF_OPEN_TOKEN : WBPF_OPEN_NO_TOKEN;
	return flags | (opts->kernel_log_buf ? WBPF_OPEN_LOG : 0);
}

static int open_at_host(struct bpf_object *obj, const void *bytes, size_t len, uint32_t flags,
			const struct bpf_object_open_opts *opts)
{
	struct wbpf_open_opts o = {
		.size = sizeof(o),
		.flags = flags | flags_of(opts),
		.name = wbpf_str(opts->object_name),
		.kconfig = wbpf_str(opts->kconfig),
		.pin_root_path = wbpf_str(opts->pin_root_path),
		.kernel_log_level = opts->kernel_log_level,
		.kernel_log_size = opts->kernel_log_size,
		.btf_custom_path = wbpf_str(opts->btf_custom_path),
	};
	int h;

	wbpf_log_begin();
	h = HOST(object_open, bytes, len, &o, sizeof(o));
	if (h < 0)
		return h;
	obj->handle = h;
	obj->log_buf = opts->kernel_log_buf;
	obj->log_size = opts->kernel_log_size;
	return 0;
}

struct bpf_object *wbpf_object_open(const void *bytes, size_t len, uint32_t flags,
				    const struct bpf_object_open_opts *opts)
{
	struct bpf_object_open_opts o = {0};
	struct bpf_object *obj;
	int err;

	if (!bytes || !len || !opts_ok(opts, bpf_object_open_opts))
		return ret_null(-EINVAL);
	if (opts)
		memcpy(&o, opts, opts->sz < sizeof(o) ? opts->sz : sizeof(o));
	if (o.kernel_log_size && !o.kernel_log_buf)
		return ret_null(-EINVAL);
	obj = calloc(1, sizeof(*obj));
	if (!obj)
		return ret_null(-ENOMEM);
	err = open_at_host(obj, bytes, len, flags, &o);
	if (!err)
		err = take_object(obj);
	if (!err && wbpf_handlers_open)
		err = wbpf_handlers_open(obj);
	if (!err)
		return obj;
	bpf_object__close(obj);
	return ret_null(err);
}

struct bpf_object *bpf_object__open_mem(const void *bytes, size_t len,
					const struct bpf_object_open_opts *opts)
{
	return wbpf_object_open(bytes, len, 0, opts);
}

void bpf_object__close(struct bpf_object *obj)
{
	if (!obj)
		return;
	/* Mapped memory first: the host frees the maps with the object. */
	for (size_t i = 0; i < obj->map_cnt; i++)
		wbpf_map_free(&obj->maps[i]);
	for (size_t i = 0; i < obj->prog_cnt; i++)
		wbpf_prog_free(&obj->progs[i]);
	if (wbpf_object_drop_btf)
		wbpf_object_drop_btf(obj);
	if (obj->handle)
		HOST(close, obj->handle);
	free(obj->maps);
	free(obj->progs);
	free(obj->name);
	free(obj);
}

/* What the verifier wrote; a buffer that it did not come to stays as it is. */
static void copy_log(wbpf_handle h, enum wbpf_key key, char *buf, size_t size)
{
	int len;

	if (!buf || !size)
		return;
	len = HOST(get, h, key, buf, size);
	if (len >= 0)
		buf[(size_t)len < size ? (size_t)len : size - 1] = '\0';
}

static void copy_logs(struct bpf_object *obj)
{
	copy_log(obj->handle, WBPF_KEY_OBJECT_LOG, obj->log_buf, obj->log_size);
	for (size_t i = 0; i < obj->prog_cnt; i++) {
		struct bpf_program *prog = &obj->progs[i];

		copy_log(prog->handle, WBPF_KEY_PROG_LOG, prog->log_buf, prog->log_size);
	}
}

static int refresh(struct bpf_object *obj, bool data)
{
	int err = 0;

	for (size_t i = 0; i < obj->map_cnt; i++) {
		int one = data ? wbpf_map_data_map(&obj->maps[i]) : wbpf_map_refresh(&obj->maps[i]);

		err = err ? err : one;
	}
	for (size_t i = 0; i < obj->prog_cnt; i++) {
		int one = wbpf_prog_refresh(&obj->progs[i]);

		wbpf_prog_forget(&obj->progs[i]);
		err = err ? err : one;
	}
	return err;
}

int wbpf_object_create(struct bpf_object *obj, bool load)
{
	int err = 0;

	for (size_t i = 0; obj->state < WBPF_PREPARED && i < obj->map_cnt && !err; i++)
		err = wbpf_map_data_send(&obj->maps[i]);
	if (err < 0)
		return err;
	err = load ? HOST(object_load, obj->handle)
		   : HOST(set, obj->handle, WBPF_KEY_OBJECT_PREPARE, NULL, 0);
	obj->state = load || err < 0 ? WBPF_LOADED : WBPF_PREPARED;
	if (load)
		copy_logs(obj);
	if (err < 0) {
		refresh(obj, false);
		return err;
	}
	return refresh(obj, true);
}

int bpf_object__prepare(struct bpf_object *obj)
{
	if (obj->state >= WBPF_PREPARED) {
		warn("object '%s': prepare loading can't be attempted twice\n", obj->name);
		return ret_err(-EINVAL);
	}
	return ret_err(wbpf_object_create(obj, false));
}

int bpf_object__load(struct bpf_object *obj)
{
	int err = 0;

	if (!obj)
		return ret_err(-EINVAL);
	if (obj->state >= WBPF_LOADED) {
		warn("object '%s': load can't be attempted twice\n", obj->name);
		return ret_err(-EINVAL);
	}
	if (wbpf_handlers_load)
		err = wbpf_handlers_load(obj);
	return ret_err(err ? err : wbpf_object_create(obj, true));
}

const char *bpf_object__name(const struct bpf_object *obj)
{
	return obj ? obj->name : ret_null(-EINVAL);
}

unsigned int bpf_object__kversion(const struct bpf_object *obj)
{
	return obj ? obj->kernel_version : 0;
}

int bpf_object__set_kversion(struct bpf_object *obj, __u32 version)
{
	int err = wbpf_set_u32(obj->handle, WBPF_KEY_OBJECT_KVERSION, version);

	if (!err)
		obj->kernel_version = version;
	return err;
}

int bpf_object__token_fd(const struct bpf_object *obj)
{
	return -1;
}

static struct bpf_map *map_beside(const struct bpf_object *obj, const struct bpf_map *map, int step)
{
	size_t i;

	if (!obj || map < obj->maps || map >= obj->maps + obj->map_cnt) {
		warn("the map does not belong to the object\n");
		return ret_null(-EINVAL);
	}
	i = (size_t)(map - obj->maps) + (size_t)step;
	return i < obj->map_cnt ? &obj->maps[i] : NULL;
}

struct bpf_map *bpf_object__next_map(const struct bpf_object *obj, const struct bpf_map *map)
{
	if (map || !obj)
		return map_beside(obj, map, 1);
	return obj->map_cnt ? obj->maps : NULL;
}

struct bpf_map *bpf_object__prev_map(const struct bpf_object *obj, const struct bpf_map *map)
{
	if (map || !obj)
		return map_beside(obj, map, -1);
	return obj->map_cnt ? &obj->maps[obj->map_cnt - 1] : NULL;
}

/* What begins with a dot is the name of a section. */
static bool is_called(const struct bpf_map *map, const char *name)
{
	const char *called = name[0] == '.' ? map->section : map->name;

	return called && !strcmp(called, name);
}

struct bpf_map *bpf_object__find_map_by_name(const struct bpf_object *obj, const char *name)
{
	for (size_t i = 0; obj && i < obj->map_cnt; i++) {
		if (is_called(&obj->maps[i], name))
			return &obj->maps[i];
	}
	return ret_null(-ENOENT);
}

int bpf_object__find_map_fd_by_name(const struct bpf_object *obj, const char *name)
{
	return bpf_map__fd(bpf_object__find_map_by_name(obj, name));
}

static struct bpf_program *prog_beside(const struct bpf_object *obj, const struct bpf_program *prog,
				       int step)
{
	size_t i;

	if (prog->obj != obj) {
		warn("the program does not belong to the object\n");
		return ret_null(-EINVAL);
	}
	i = (size_t)(prog - obj->progs) + (size_t)step;
	return i < obj->prog_cnt ? &obj->progs[i] : NULL;
}

struct bpf_program *bpf_object__next_program(const struct bpf_object *obj, struct bpf_program *prog)
{
	if (!obj->prog_cnt)
		return NULL;
	return prog ? prog_beside(obj, prog, 1) : obj->progs;
}

struct bpf_program *bpf_object__prev_program(const struct bpf_object *obj, struct bpf_program *prog)
{
	if (!obj->prog_cnt)
		return NULL;
	return prog ? prog_beside(obj, prog, -1) : &obj->progs[obj->prog_cnt - 1];
}

struct bpf_program *bpf_object__find_program_by_name(const struct bpf_object *obj, const char *name)
{
	for (size_t i = 0; i < obj->prog_cnt; i++) {
		if (!strcmp(obj->progs[i].name, name))
			return &obj->progs[i];
	}
	return ret_null(-ENOENT);
}
