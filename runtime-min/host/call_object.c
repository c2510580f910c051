/* SPDX-License-Identifier: BSD-2-Clause */
/* Opening, asking, configuring and loading BPF objects through libbpf. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "host/ahead.h"
#include "host/calls.h"
#include "host/folders.h"
#include "host/hints.h"
#include "host/instance.h"
#include "host/map_arena.h"
#include "host/map_rules.h"
#include "host/object.h"
#include "host/prog_rules.h"
#include "host/sections.h"
#include "host/shares.h"
#include "host/stats.h"

enum { MAX_NAME = 4096, MAX_KCONFIG = 1 << 20 };

static int add_child(struct instance *in, struct opened *o, enum wbpf_kind kind, void *ptr)
{
	int err = 0;
	struct handle *h = handle_new(&in->handles, kind, &err);

	if (!h)
		return err;
	h->ptr = ptr;
	h->opened = o;
	if (kind == WBPF_KIND_PROG)
		h->insn_cnt = (uint32_t)bpf_program__insn_cnt(ptr);
	return 0;
}

/* Handles for the object and all that it holds; the object's is *ret. */
static int add_object(struct instance *in, struct opened *o, struct handle **ret)
{
	struct bpf_program *prog;
	struct bpf_map *map;
	int err = 0;

	*ret = handle_new(&in->handles, WBPF_KIND_OBJECT, &err);
	if (!*ret)
		return err;
	(*ret)->opened = o;
	(*ret)->ptr = o->object;
	bpf_object__for_each_map(map, o->object)
		if (!err)
			err = add_child(in, o, WBPF_KIND_MAP, map);
	bpf_object__for_each_program(prog, o->object)
		if (!err)
			err = add_child(in, o, WBPF_KIND_PROG, prog);
	return err;
}

struct open_strings {
	char *name, *kconfig, *pin_root_path;
	char own_name[32], btf_path[64];
};

/* What libbpf gets of the module's options apart from strings. */
static int take_flags(struct instance *in, struct opened *o, const struct wbpf_open_opts *w,
		      struct object_source *ret)
{
	ret->relaxed_maps = w->flags & WBPF_OPEN_RELAXED_MAPS;
	ret->kernel_log_level = w->kernel_log_level;
	ret->no_token = w->flags & WBPF_OPEN_NO_TOKEN;
	if (w->flags & WBPF_OPEN_TOKEN) {
		log_add(&in->log, WBPF_LOG_WARN,
			"wbpf: bpf_token_path: a module cannot choose a BPF token\n");
		return -EOPNOTSUPP;
	}
	if (w->flags & WBPF_OPEN_LOG) {
		ret->kernel_log_size = w->kernel_log_size;
		ret->kernel_log_buf = opened_add_log(o, NULL, &ret->kernel_log_size);
		if (!ret->kernel_log_buf)
			return -ENOMEM;
	}
	return 0;
}

static int take_btf_path(struct instance *in, struct opened *o, const struct wbpf_open_opts *w,
			 struct open_strings *s, struct object_source *ret)
{
	int err;
	char *btf_path = instance_string(in, w->btf_custom_path, PATH_MAX - 1, &err);

	if (!btf_path)
		return err == -EINVAL ? -ENAMETOOLONG : err;
	ret->btf_custom_path = s->btf_path;
	return opened_custom_btf(o, btf_path, s->btf_path, sizeof(s->btf_path));
}

/* at: where the module says that the object is; libbpf would name it by where it lies here. */
static int take_options(struct instance *in, struct opened *o, const struct wbpf_open_opts *w,
			wbpf_addr at, struct open_strings *s, struct object_source *ret)
{
	int err;

	s->name = instance_string(in, w->name, MAX_NAME, &err);
	if (!err)
		s->kconfig = instance_string(in, w->kconfig, MAX_KCONFIG, &err);
	if (!err)
		s->pin_root_path = instance_string(in, w->pin_root_path, PATH_MAX, &err);
	if (err)
		return err;
	snprintf(s->own_name, sizeof(s->own_name), "%x-%zx", at, ret->len);
	ret->name = s->name ? s->name : s->own_name;
	ret->kconfig = s->kconfig;
	ret->pin_root_path = s->pin_root_path;
	err = take_flags(in, o, w, ret);
	return err ? err : take_btf_path(in, o, w, s, ret);
}

static int open_object(struct instance *in, wbpf_addr at, struct object_source *source,
		       const struct wbpf_open_opts *w, struct opened **o)
{
	struct open_strings s = {0};
	int err = take_options(in, *o, w, at, &s, source);
	struct opened *ready = err ? NULL : ahead_open(in->ahead, source, &in->log);

	if (ready) {
		opened_put(*o);
		*o = ready;
	} else if (!err) {
		err = object_open(*o, source, &in->log, in->cache);
	}
	free(s.name);
	free(s.kconfig);
	free(s.pin_root_path);
	return err;
}

/* The object's bytes: in the module's memory, or in its section of that name. */
static int find_bytes(struct instance *in, wbpf_addr addr, uint32_t len, uint32_t flags,
		      struct object_source *ret)
{
	if (flags & WBPF_OPEN_SECTION) {
		const struct section *s;
		int err = instance_section(in, (struct wbpf_str){addr, len}, &s);
		if (err)
			return err;
		ret->bytes = s->bytes;
		ret->len = s->len;
	} else {
		ret->bytes = memory_read(in->memory, addr, len);
		ret->len = len;
	}
	return !ret->bytes                  ? -EFAULT
	       : !ret->len                  ? -EINVAL
	       : ret->len > OBJECT_MAX_SIZE ? -E2BIG
					    : 0;
}

int32_t call_object_open(struct instance *in, wbpf_addr bytes, uint32_t len, wbpf_addr opts,
			 uint32_t opts_size)
{
	struct wbpf_open_opts w = {0};
	struct handle *h = NULL;
	struct object_source source = {0};
	int err = 0;

	if (len > OBJECT_MAX_SIZE)
		return -E2BIG;
	if (opts)
		err = instance_struct(in, &w, sizeof(w),
				      offsetof(struct wbpf_open_opts, kernel_log_size), opts,
				      opts_size);
	if (!err)
		err = find_bytes(in, bytes, len, w.flags, &source);
	if (err)
		return err;
	struct opened *o = opened_new();
	uint64_t began = stats_now();
	if (!o)
		return -ENOMEM;
	log_capture(&in->log);
	err = open_object(in, bytes, &source, &w, &o);
	if (!err)
		err = add_object(in, o, &h);
	if (!err)
		err = shares_opened(in, o);
	if (err && h)
		instance_close(in, h);
	else if (err)
		opened_put(o);
	else
		ahead_opened(in->ahead, o);
	log_capture(NULL);
	stats_stage(in->stats, STATS_OPEN, began);
	instance_update_shared(in);
	return err ? err : h->value;
}

/* After loading, maps and programs have descriptors, and map sizes no longer change. */
static void learn_descriptors(struct instance *in, const struct opened *o)
{
	for (uint32_t i = 0; i < in->handles.count; i++) {
		struct handle *h = in->handles.entries[i];
		if (h->opened != o)
			continue;
		if (h->kind == WBPF_KIND_MAP)
			instance_learn_map(h);
		else if (h->kind == WBPF_KIND_PROG && !h->shared)
			h->fd = bpf_program__fd(h->ptr);
	}
}

/* Kernel types are for everybody, whatever folders a module was given. */
static int open_kernel_btf(const char *path)
{
	static const char folder[] = "/sys/kernel/btf/";

	if (strncmp(path, folder, sizeof(folder) - 1) || strchr(path + sizeof(folder) - 1, '/'))
		return -ENOENT;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

/* As libbpf opens it again, which waits for a pipe and does things to devices. */
static int only_file(int fd)
{
	struct stat st;

	if (fd < 0 || (!fstat(fd, &st) && S_ISREG(st.st_mode)))
		return fd;
	close(fd);
	return -EINVAL;
}

/* libbpf is about to read the module's own BTF. */
static void open_btf(struct instance *in, struct opened *o)
{
	if (!o->btf_path || o->prepared)
		return;
	int fd = folders_open(in->wasi, o->btf_path, O_RDONLY | O_NONBLOCK);
	if (fd == -ENOENT)
		fd = open_kernel_btf(o->btf_path);
	opened_set_custom_btf(o, only_file(fd));
}

/* Where it found an empty file the reason is another one. */
static int without_btf(const struct opened *o, int err)
{
	return err == -EIO && o->btf_err ? o->btf_err : err;
}

/* What comes before libbpf makes the object's maps. */
static int begin_to_load(struct instance *in, struct opened *o)
{
	int err = map_rule_load(&in->log, o);

	if (!err)
		err = shares_begin(in, o);
	if (!err)
		err = map_arena_make(in, o);
	if (err)
		return err;
	open_btf(in, o);
	o->prepared = true;
	return 0;
}

int object_prepare(struct instance *in, struct opened *o)
{
	int err = begin_to_load(in, o);

	if (err)
		return err;
	btf_view_enter(&o->view);
	err = without_btf(o, bpf_object__prepare(o->object));
	btf_view_leave();
	if (err)
		hint_load(&in->log, err);
	shares_end(in, o, err);
	learn_descriptors(in, o);
	return err;
}

static int load_object(struct instance *in, struct opened *o)
{
	int err = begin_to_load(in, o);

	if (err)
		return err;
	btf_view_enter(&o->view);
	err = without_btf(o, map_arena_load(in, o));
	btf_view_leave();
	if (err)
		hint_load(&in->log, err);
	else
		err = prog_rule_loaded(in, o->object);
	shares_end(in, o, err);
	return err;
}

/* ready, of the same file and loaded, becomes what o is, and gets what that was. */
static int take_loaded(struct instance *in, struct opened *o, struct opened *ready)
{
	struct bpf_object *object = o->object;
	const struct btf_view view = o->view;

	for (uint32_t i = 0; i < in->handles.count; i++) {
		struct handle *h = in->handles.entries[i];
		if (h->opened == o && h->ptr &&
		    (h->kind == WBPF_KIND_MAP || h->kind == WBPF_KIND_PROG))
			h->ptr = object_child(ready, h->kind, object_index(o, h->kind, h->ptr));
		else if (h->opened == o && h->kind == WBPF_KIND_OBJECT)
			h->ptr = ready->object;
	}
	o->object = ready->object;
	o->view = ready->view;
	o->prepared = true;
	ready->object = object;
	ready->view = view;
	return prog_rule_loaded(in, o->object);
}

int32_t call_object_load(struct instance *in, wbpf_handle object)
{
	struct handle *h = handle_find(&in->handles, object, WBPF_KIND_OBJECT);
	uint64_t began = stats_now();

	if (!h)
		return -EBADF;
	log_capture(&in->log);
	struct opened *ready = ahead_load(in->ahead, h->opened, &in->log);
	int err = ready ? take_loaded(in, h->opened, ready) : load_object(in, h->opened);
	log_capture(NULL);
	learn_descriptors(in, h->opened);
	if (!err) {
		ahead_loaded(in->ahead, h->opened, stats_now() - began);
		stats_stage(in->stats, STATS_LOAD, began);
		stats_loaded(in, h->opened->object, ready);
	}
	instance_update_shared(in);
	return err;
}

/* The object's BTF in the kernel, of which the handle gets a descriptor of its own. */
static int32_t btf_child(struct instance *in, struct handle *object)
{
	struct opened *o = object->opened;
	int err = 0;

	for (uint32_t i = 0; i < in->handles.count; i++) {
		const struct handle *h = in->handles.entries[i];
		if (h->kind == WBPF_KIND_BTF && h->opened == o)
			return h->value;
	}
	int fd = bpf_object__btf_fd(o->object);
	if (fd < 0)
		return -ENOENT;
	struct handle *h = handle_new(&in->handles, WBPF_KIND_BTF, &err);
	if (!h)
		return err;
	h->opened = o;
	h->fd = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	if (h->fd >= 0)
		return h->value;
	err = -errno;
	handle_release(&in->handles, h);
	return err;
}

int32_t call_object_child(struct instance *in, wbpf_handle object, uint32_t kind, uint32_t index)
{
	struct handle *h = handle_find(&in->handles, object, WBPF_KIND_OBJECT);

	if (!h)
		return -EBADF;
	if (kind == WBPF_KIND_BTF) {
		return index ? -ENOENT : btf_child(in, h);
	} else if (kind != WBPF_KIND_MAP && kind != WBPF_KIND_PROG) {
		return -EINVAL;
	}
	wbpf_handle child = instance_handle_of(in, kind, object_child(h->opened, kind, index));
	return child ? child : -ENOENT;
}
