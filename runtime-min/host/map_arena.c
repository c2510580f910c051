/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/map_arena.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "host/instance.h"

static uint64_t page_size(void)
{
	return (uint64_t)sysconf(_SC_PAGESIZE);
}

static struct bpf_map *find(const struct opened *o)
{
	struct bpf_map *m;

	bpf_object__for_each_map(m, o->object)
		if (bpf_map__type(m) == BPF_MAP_TYPE_ARENA)
			return m;
	return NULL;
}

int map_arena_place(struct opened *o, uint64_t addr)
{
	if (o->prepared || o->arena.mapped)
		return -EBUSY;
	if (addr > UINT32_MAX || addr % page_size())
		return -EINVAL;
	o->arena.asked = addr;
	o->arena.addr = (uint32_t)addr;
	return 0;
}

uint64_t map_arena_extra(const struct instance *in, const struct opened *o, const struct bpf_map *m)
{
	if (bpf_map__type(m) != BPF_MAP_TYPE_ARENA)
		return bpf_map__map_extra(m);
	if (o->arena.asked)
		return o->arena.addr;
	/* Before it is made, what the object says. */
	return o->prepared || bpf_map__fd(m) >= 0
		       ? memory_module_address(in->memory, bpf_map__map_extra(m))
		       : bpf_map__map_extra(m);
}

size_t map_arena_data_size(const struct bpf_map *m)
{
	size_t size = 0;

	if (!bpf_map__initial_value(m, &size))
		return 0;
	return (size + page_size() - 1) / page_size() * page_size();
}

/* As libbpf would create it, but for its place. */
static int create(const struct instance *in, const struct opened *o, const struct bpf_map *m)
{
	int token = bpf_object__token_fd(o->object);

	LIBBPF_OPTS(bpf_map_create_opts, opts, .map_flags = bpf_map__map_flags(m),
		    .map_extra = memory_host_address(in->memory, o->arena.addr),
		    .numa_node = bpf_map__numa_node(m));
	if (token > 0) {
		opts.token_fd = token;
		opts.map_flags |= BPF_F_TOKEN_FD;
	}
	int fd = bpf_map_create(BPF_MAP_TYPE_ARENA, bpf_map__name(m), bpf_map__key_size(m),
				bpf_map__value_size(m), bpf_map__max_entries(m), &opts);
	return fd < 0 ? -errno : fd;
}

/* The one that is pinned where the object's shall be, or -ENOENT. */
static int get_pinned(const struct bpf_map *m)
{
	struct bpf_map_info info = {0};
	uint32_t len = sizeof(info);
	const char *path = bpf_map__pin_path(m);
	int fd = path ? bpf_obj_get(path) : -1;

	if (fd < 0)
		return -ENOENT;
	if (!bpf_map_get_info_by_fd(fd, &info, &len) && info.type == BPF_MAP_TYPE_ARENA &&
	    info.max_entries == bpf_map__max_entries(m))
		return fd;
	close(fd);
	return -ENOENT; /* libbpf says what is wrong with it */
}

static int fail(struct instance *in, const struct bpf_map *m, int err, const char *why)
{
	log_add(&in->log, WBPF_LOG_WARN, "wbpf: map '%s': %s: %s\n", bpf_map__name(m), why,
		strerror(-err));
	return err;
}

/* Maps the arena behind fd, and has libbpf take it for the object's. */
static int take(struct instance *in, struct opened *o, struct bpf_map *m, int fd, uint32_t len)
{
	int err = memory_map_arena(in->memory, o->arena.addr, len, true, fd);

	if (err && o->arena.filled)
		return fail(in, m, -EBUSY,
			    "the arena that is pinned was made at an address that is not this "
			    "module's to have; an arena can be mapped again only where it was "
			    "mapped first");
	if (err)
		return fail(in, m, err, "the arena cannot be put into the module's memory");
	o->arena.mapped = true;
	err = bpf_map__reuse_fd(m, fd);
	if (err) {
		memory_unmap(in->memory, o->arena.addr, len);
		o->arena.mapped = false;
	}
	return err;
}

int map_arena_make(struct instance *in, struct opened *o)
{
	struct bpf_map *m = o->arena.asked && !o->arena.mapped ? find(o) : NULL;
	uint64_t len = m ? bpf_map__max_entries(m) * page_size() : 0;

	if (!m || !bpf_map__autocreate(m) || bpf_map__fd(m) >= 0) /* it reuses one */
		return 0;
	if (len > UINT32_MAX || !memory_write(in->memory, o->arena.addr, len))
		return fail(in, m, -EFAULT, "the arena does not lie within the module's memory");
	int fd = get_pinned(m);
	o->arena.filled = fd >= 0;
	if (fd < 0)
		fd = create(in, o, m);
	if (fd == -EINVAL)
		return fail(in, m, fd,
			    "cannot create the arena: the kernel has none (they came with "
			    "version 6.9), or its size or flags are wrong");
	if (fd < 0)
		return fail(in, m, fd, "cannot create the arena");
	int err = take(in, o, m, fd, (uint32_t)len);
	close(fd);
	return err;
}

/*
 * libbpf has decided where in the arena the variables are (their place depends on the kernel), and
 * tells it to skeletons alone: as a distance from its own copy of them.
 */
static int fill(struct instance *in, struct opened *o, struct bpf_map *m, const uint8_t *variables)
{
	size_t size;
	const uint8_t *copy = bpf_map__initial_value(m, &size);
	uint32_t data = o->arena.addr + (uint32_t)(variables - copy);

	if (!o->arena.filled) {
		int err = memory_fill_arena(in->memory, data, copy, size);
		if (err)
			return fail(in, m, err, "the arena has no page for its variables");
	}
	o->arena.data = data;
	return 0;
}

int map_arena_load(struct instance *in, struct opened *o)
{
	struct bpf_map *m = o->arena.mapped ? find(o) : NULL;

	if (!m || !map_arena_data_size(m))
		return bpf_object__load(o->object);
	void *variables = NULL;
	struct bpf_map_skeleton map = {.name = bpf_map__name(m), .map = &m, .mmaped = &variables};
	struct bpf_object_skeleton skeleton = {
		.sz = sizeof(skeleton),
		.name = bpf_object__name(o->object),
		.obj = &o->object,
		.map_cnt = 1,
		.map_skel_sz = sizeof(map),
		.maps = &map,
	};
	int err = bpf_object__load_skeleton(&skeleton);
	return err ? err : fill(in, o, m, variables);
}
