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

static int open_at_host(struct bpf_object *obj, const void *bytes, size_t len, uint32_t flags,
			const struct bpf_object_open_opts *opts)
{
	struct wbpf_open_opts o = {
		.size = sizeof(o),
		.flags = flags | (opt(opts, relaxed_maps, false) ? WBPF_OPEN_RELAXED_MAPS : 0),
		.name = wbpf_str(opt(opts, object_name, NULL)),
		.kconfig = wbpf_str(opt(opts, kconfig, NULL)),
		.pin_root_path = wbpf_str(opt(opts, pin_root_path, NULL)),
		.kernel_log_level = opt(opts, kernel_log_level, 0),
	};
	int h;

	wbpf_log_begin();
	h = HOST(object_open, bytes, len, &o, sizeof(o));
	if (h < 0)
		return h;
	obj->handle = h;
	obj->log_buf = opt(opts, kernel_log_buf, NULL);
	obj->log_size = opt(opts, kernel_log_size, 0);
	return 0;
}

/* What only the host decides: which BTF the kernel's types come from, and what it may do. */
static bool opts_supported(const struct bpf_object_open_opts *opts)
{
	if (opt(opts, btf_custom_path, NULL)) {
		warn("btf_custom_path: a module cannot choose the kernel's BTF\n");
		return false;
	}
	if (opt(opts, bpf_token_path, NULL) && *opts->bpf_token_path) {
		warn("bpf_token_path: a module cannot choose a BPF token\n");
		return false;
	}
	return true;
}

struct bpf_object *wbpf_object_open(const void *bytes, size_t len, uint32_t flags,
				    const struct bpf_object_open_opts *opts)
{
	struct bpf_object *obj;
	int err;

	if (!bytes || !len || !opts_ok(opts, bpf_object_open_opts))
		return ret_null(-EINVAL);
	if (!opts_supported(opts))
		return ret_null(-EOPNOTSUPP);
	obj = calloc(1, sizeof(*obj));
	if (!obj)
		return ret_null(-ENOMEM);
	err = open_at_host(obj, bytes, len, flags, opts);
	if (!err)
		err = take_object(obj);
	if (!err && wbpf_object_take_btf)
		err = wbpf_object_take_btf(obj);
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
	if (obj->handle)
		HOST(close, obj->handle);
	if (wbpf_object_drop_btf)
		wbpf_object_drop_btf(obj);
	free(obj->maps);
	free(obj->progs);
	free(obj->name);
	free(obj);
}

/*
 * The verifier's words where the program asked for them; the last program's stay in a shared
 * buffer.
 */
static void copy_logs(struct bpf_object *obj)
{
	for (size_t i = 0; i < obj->prog_cnt; i++) {
		struct bpf_program *prog = &obj->progs[i];
		char *buf = prog->log_buf ? prog->log_buf : obj->log_buf;
		size_t size = prog->log_buf ? prog->log_size : obj->log_size;
		char *log;
		size_t len;

		if (!buf || !size)
			continue;
		log = wbpf_get_string(prog->handle, WBPF_KEY_PROG_LOG);
		len = log ? strlen(log) : 0;
		if (len || prog->log_buf) {
			if (len >= size)
				len = size - 1;
			if (len)
				memcpy(buf, log, len);
			buf[len] = '\0';
		}
		free(log);
	}
}

static int after_load(struct bpf_object *obj)
{
	int err = 0;

	for (size_t i = 0; i < obj->map_cnt && !err; i++)
		err = wbpf_map_data_map(&obj->maps[i]);
	for (size_t i = 0; i < obj->prog_cnt && !err; i++)
		err = wbpf_prog_refresh(&obj->progs[i]);
	return err;
}

int bpf_object__load(struct bpf_object *obj)
{
	int err = 0;

	if (!obj)
		return ret_err(-EINVAL);
	if (obj->loaded) {
		warn("object '%s': load can't be attempted twice\n", obj->name);
		return ret_err(-EINVAL);
	}
	for (size_t i = 0; i < obj->map_cnt && !err; i++)
		err = wbpf_map_data_send(&obj->maps[i]);
	if (err)
		return ret_err(err);
	obj->loaded = true;
	err = HOST(object_load, obj->handle);
	copy_logs(obj);
	if (err >= 0)
		err = after_load(obj);
	return ret_err(err);
}

const char *bpf_object__name(const struct bpf_object *obj)
{
	return obj ? obj->name : ret_null(-EINVAL);
}

unsigned int bpf_object__kversion(const struct bpf_object *obj)
{
	return obj ? obj->kernel_version : 0;
}

int bpf_object__token_fd(const struct bpf_object *obj)
{
	return -1;
}

struct bpf_map *bpf_object__next_map(const struct bpf_object *obj, const struct bpf_map *map)
{
	size_t i = map ? (size_t)(map - obj->maps) + 1 : 0;

	return i < obj->map_cnt ? &obj->maps[i] : NULL;
}

struct bpf_map *bpf_object__prev_map(const struct bpf_object *obj, const struct bpf_map *map)
{
	size_t i = map ? (size_t)(map - obj->maps) : obj->map_cnt;

	return i ? &obj->maps[i - 1] : NULL;
}

/* A section's map goes by its section's name (".bss") as well as by its own ("foo.bss"). */
static bool is_called(const struct bpf_map *map, const char *name)
{
	const char *dot;

	if (!strcmp(map->name, name))
		return true;
	dot = strchr(map->name, '.');
	return name[0] == '.' && (map->info.state & WBPF_MAP_INTERNAL) && dot && !strcmp(dot, name);
}

struct bpf_map *bpf_object__find_map_by_name(const struct bpf_object *obj, const char *name)
{
	for (size_t i = 0; i < obj->map_cnt; i++) {
		if (is_called(&obj->maps[i], name))
			return &obj->maps[i];
	}
	return ret_null(-ENOENT);
}

int bpf_object__find_map_fd_by_name(const struct bpf_object *obj, const char *name)
{
	return bpf_map__fd(bpf_object__find_map_by_name(obj, name));
}

struct bpf_program *bpf_object__next_program(const struct bpf_object *obj, struct bpf_program *prog)
{
	size_t i = prog ? (size_t)(prog - obj->progs) + 1 : 0;

	return i < obj->prog_cnt ? &obj->progs[i] : NULL;
}

struct bpf_program *bpf_object__prev_program(const struct bpf_object *obj, struct bpf_program *prog)
{
	size_t i = prog ? (size_t)(prog - obj->progs) : obj->prog_cnt;

	return i ? &obj->progs[i - 1] : NULL;
}

struct bpf_program *bpf_object__find_program_by_name(const struct bpf_object *obj, const char *name)
{
	for (size_t i = 0; i < obj->prog_cnt; i++) {
		if (!strcmp(obj->progs[i].name, name))
			return &obj->progs[i];
	}
	return ret_null(-ENOENT);
}
