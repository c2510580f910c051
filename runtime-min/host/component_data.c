/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Data sections: the initial value before load, then the kernel's pages, mapped when they are asked
 * for first.
 */
#include <errno.h>
#include <string.h>

#include <linux/bpf.h>

#include "host/calls.h"
#include "host/component_calls.h"

/* Bytes of a data section, wherever they are now. */
struct data {
	wbpf_handle map;
	wbpf_addr addr; /* of all of them, in memory */
	uint32_t len;
	bool live; /* the kernel's own; else a copy of the initial value */
	bool writable;
};

void component_data_forget(struct component *c)
{
	for (size_t i = c->nr_regions; i-- > 0;) {
		const struct region r = c->regions[i];
		if (!r.map || handle_find(&c->in->handles, r.map, WBPF_KIND_MAP))
			continue;
		if (!call_memory_unmap(c->in, r.addr, r.len))
			component_region_free(c, r.addr);
	}
}

static int map_region(struct component *c, const struct wbpf_map_info *info, struct data *d)
{
	struct region r = {.map = d->map, .writable = !(info->flags & BPF_F_RDONLY_PROG)};

	if (!(info->flags & BPF_F_MMAPABLE))
		return -EOPNOTSUPP;
	int err = component_region_new(c, info->value_size, &r, &r);
	if (err)
		return err;
	err = call_memory_map(c->in, d->map, WBPF_PROT_READ | (r.writable ? WBPF_PROT_WRITE : 0), 0,
			      r.addr, r.len);
	if (err) {
		component_region_free(c, r.addr);
		return err;
	}
	d->addr = r.addr;
	d->writable = r.writable;
	return 0;
}

static int find_live(struct component *c, const struct wbpf_map_info *info, struct data *d)
{
	d->live = true;
	for (size_t i = 0; i < c->nr_regions; i++) {
		if (c->regions[i].map == d->map) {
			d->addr = c->regions[i].addr;
			d->writable = c->regions[i].writable;
			return 0;
		}
	}
	return map_region(c, info, d);
}

static int find_data(struct component *c, wbpf_handle map, struct data *ret)
{
	struct wbpf_map_info info;
	int err = component_get(c, map, WBPF_KEY_INFO, &info, sizeof(info));

	*ret = (struct data){.map = map};
	if (err)
		return err;
	if (!(info.state & WBPF_MAP_INTERNAL) &&
	    !(info.type == BPF_MAP_TYPE_ARRAY && (info.flags & BPF_F_MMAPABLE) &&
	      info.max_entries == 1))
		return -EINVAL;
	if (info.state & WBPF_MAP_LOADED) {
		ret->len = info.value_size;
		return find_live(c, &info, ret);
	}
	ret->len = info.initial_size;
	ret->addr = component_room(c, info.initial_size);
	int32_t n = ret->addr
			    ? call_get(c->in, map, WBPF_KEY_MAP_INITIAL_VALUE, ret->addr, ret->len)
			    : -ENOMEM;
	return n < 0 ? n : 0;
}

static int cannot(struct component *c, struct value *result, int err, const char *what,
		  wbpf_handle map)
{
	return component_fail(c, result, err,
			      err == -EINVAL ? "cannot %s map '%s', which is no data section"
					     : "cannot %s the data of map '%s'",
			      what, component_name_of(c, map));
}

/* Within the section. False: result is an error. */
static bool check_span(struct component *c, const struct data *d, uint32_t offset, uint64_t len,
		       struct value *result)
{
	if (offset <= d->len && len <= d->len - offset)
		return true;
	component_fail(c, result, -ERANGE, "%llu bytes from %u of map '%s', which has %u",
		       (unsigned long long)len, offset, component_name_of(c, d->map), d->len);
	return false;
}

int component_map_read_data(struct component *c, const struct component_arg *args,
			    struct value *result)
{
	uint32_t offset = (uint32_t)args[1].number, len = (uint32_t)args[2].number;
	struct data d;
	int err = find_data(c, (wbpf_handle)args[0].number, &d);

	if (err)
		return cannot(c, result, err, "read", (wbpf_handle)args[0].number);
	if (check_span(c, &d, offset, len, result))
		value_bytes(value_ok(result, true), component_at(c, d.addr + offset), len);
	return 0;
}

int component_map_write_data(struct component *c, const struct component_arg *args,
			     struct value *result)
{
	uint32_t offset = (uint32_t)args[1].number;
	struct data d;
	int err = find_data(c, (wbpf_handle)args[0].number, &d);

	if (!err && d.live && !d.writable)
		err = -EPERM;
	if (err)
		return cannot(c, result, err, "write", (wbpf_handle)args[0].number);
	if (!check_span(c, &d, offset, args[2].len, result))
		return 0;
	err = memory_copy_out(c->memory, d.addr + offset, args[2].bytes, (uint32_t)args[2].len);
	if (!err && !d.live)
		err = call_set(c->in, d.map, WBPF_KEY_MAP_INITIAL_VALUE, d.addr, d.len);
	if (err)
		return cannot(c, result, err, "write", d.map);
	value_ok(result, false);
	return 0;
}
