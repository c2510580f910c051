// SPDX-License-Identifier: BSD-2-Clause
/* Pinning: paths in a BPF file system, which only the host touches. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "guest/libbpf/object.h"

static int set_path(wbpf_handle h, enum wbpf_key key, const char *path)
{
	int ret = HOST(set, h, key, path, path ? strlen(path) : 0);

	return ret < 0 ? ret : 0;
}

/* "" for none; the string lives until the next call for this map. */
const char *bpf_map__pin_path(const struct bpf_map *map)
{
	struct bpf_map *m = (struct bpf_map *)map;
	char *path = wbpf_get_string(m->handle, WBPF_KEY_MAP_PIN_PATH);

	if (!path)
		return NULL;
	/* The same path stays the same string, which the program may still hold. */
	if (m->pin_path && !strcmp(m->pin_path, path)) {
		free(path);
	} else {
		free(m->pin_path);
		m->pin_path = path;
	}
	return m->pin_path[0] ? m->pin_path : NULL;
}

const char *bpf_map__get_pin_path(const struct bpf_map *map)
{
	return bpf_map__pin_path(map);
}

int bpf_map__set_pin_path(struct bpf_map *map, const char *path)
{
	return wbpf_set_string(map->handle, WBPF_KEY_MAP_PIN_PATH, path);
}

bool bpf_map__is_pinned(const struct bpf_map *map)
{
	return map->info.state & WBPF_MAP_PINNED;
}

int bpf_map__pin(struct bpf_map *map, const char *path)
{
	int err = map ? set_path(map->handle, WBPF_KEY_PIN, path) : -EINVAL;

	return ret_err(err ? err : wbpf_map_refresh(map));
}

int bpf_map__unpin(struct bpf_map *map, const char *path)
{
	int err = map ? set_path(map->handle, WBPF_KEY_UNPIN, path) : -EINVAL;

	return ret_err(err ? err : wbpf_map_refresh(map));
}

int bpf_program__pin(struct bpf_program *prog, const char *path)
{
	return ret_err(path ? set_path(prog->handle, WBPF_KEY_PIN, path) : -EINVAL);
}

int bpf_program__unpin(struct bpf_program *prog, const char *path)
{
	return ret_err(path ? set_path(prog->handle, WBPF_KEY_UNPIN, path) : -EINVAL);
}

const char *bpf_link__pin_path(const struct bpf_link *link)
{
	return link->pin_path;
}

int bpf_link__pin(struct bpf_link *link, const char *path)
{
	char *copy;
	int err;

	if (link->pin_path)
		return ret_err(-EBUSY);
	copy = path ? strdup(path) : NULL;
	if (!copy)
		return ret_err(path ? -ENOMEM : -EINVAL);
	err = set_path(link->handle, WBPF_KEY_PIN, path);
	if (err) {
		free(copy);
		return ret_err(err);
	}
	link->pin_path = copy;
	return 0;
}

int bpf_link__unpin(struct bpf_link *link)
{
	int err = link->pin_path ? set_path(link->handle, WBPF_KEY_UNPIN, link->pin_path) : -EINVAL;

	if (err)
		return ret_err(err);
	free(link->pin_path);
	link->pin_path = NULL;
	return 0;
}

/* dir/name; a map's name without the dots that a BPF file system does not take. */
static int child_path(char *buf, size_t size, const char *dir, const char *name, bool is_map)
{
	size_t dir_len = dir ? strlen(dir) : 0, name_len = strlen(name);

	if (!dir)
		return -EINVAL;
	if (dir_len + name_len + 2 > size)
		return -ENAMETOOLONG;
	memcpy(buf, dir, dir_len);
	buf[dir_len] = '/';
	memcpy(buf + dir_len + 1, name, name_len + 1);
	for (char *p = buf; is_map && *p; p++) {
		if (*p == '.')
			*p = '_';
	}
	return 0;
}

/* Where a map of an object goes: in dir, or to its own path; "" for neither. */
static int map_path(struct bpf_map *map, const char *dir, char *buf, size_t size)
{
	const char *own;

	if (dir)
		return child_path(buf, size, dir, map->name, true);
	own = bpf_map__pin_path(map);
	if (own && strlen(own) >= size)
		return -ENAMETOOLONG;
	strcpy(buf, own ? own : "");
	return 0;
}

int bpf_object__pin_maps(struct bpf_object *obj, const char *dir)
{
	char buf[PATH_MAX];
	size_t i;
	int err = 0;

	if (!obj || obj->state < WBPF_PREPARED)
		return ret_err(-ENOENT);
	for (i = 0; i < obj->map_cnt; i++) {
		struct bpf_map *map = &obj->maps[i];

		if (!bpf_map__autocreate(map))
			continue;
		err = map_path(map, dir, buf, sizeof(buf));
		if (!err && buf[0])
			err = bpf_map__pin(map, buf);
		if (err)
			break;
	}
	while (err && i--) {
		if (bpf_map__pin_path(&obj->maps[i]))
			bpf_map__unpin(&obj->maps[i], NULL);
	}
	return ret_err(err);
}

int bpf_object__unpin_maps(struct bpf_object *obj, const char *dir)
{
	char buf[PATH_MAX];

	if (!obj)
		return ret_err(-ENOENT);
	for (size_t i = 0; i < obj->map_cnt; i++) {
		int err = map_path(&obj->maps[i], dir, buf, sizeof(buf));

		if (!err && buf[0])
			err = bpf_map__unpin(&obj->maps[i], buf);
		if (err)
			return ret_err(err);
	}
	return 0;
}

int bpf_object__pin_programs(struct bpf_object *obj, const char *dir)
{
	char buf[PATH_MAX];
	size_t i;
	int err = 0;

	if (!obj || obj->state < WBPF_LOADED)
		return ret_err(-ENOENT);
	for (i = 0; i < obj->prog_cnt && !err; i++) {
		err = child_path(buf, sizeof(buf), dir, obj->progs[i].name, false);
		if (!err)
			err = bpf_program__pin(&obj->progs[i], buf);
	}
	/* i stands behind the one that failed. */
	for (i = err ? i - 1 : 0; i--;) {
		if (!child_path(buf, sizeof(buf), dir, obj->progs[i].name, false))
			bpf_program__unpin(&obj->progs[i], buf);
	}
	return ret_err(err);
}

int bpf_object__unpin_programs(struct bpf_object *obj, const char *dir)
{
	char buf[PATH_MAX];

	if (!obj)
		return ret_err(-ENOENT);
	for (size_t i = 0; i < obj->prog_cnt; i++) {
		int err = child_path(buf, sizeof(buf), dir, obj->progs[i].name, false);

		if (!err)
			err = bpf_program__unpin(&obj->progs[i], buf);
		if (err)
			return ret_err(err);
	}
	return 0;
}

int bpf_object__pin(struct bpf_object *obj, const char *dir)
{
	int err = bpf_object__pin_maps(obj, dir);

	if (err)
		return err;
	err = bpf_object__pin_programs(obj, dir);
	if (err) {
		bpf_object__unpin_maps(obj, dir);
		return ret_err(err);
	}
	return 0;
}

int bpf_object__unpin(struct bpf_object *obj, const char *dir)
{
	int err = bpf_object__unpin_programs(obj, dir);

	return err ? err : bpf_object__unpin_maps(obj, dir);
}
