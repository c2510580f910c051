// SPDX-License-Identifier: BSD-2-Clause
/*
 * What generated skeletons call. Their arrays carry the size of an entry, which may be an older
 * one.
 */
#include <stdlib.h>
#include <string.h>

#include "guest/libbpf/attach.h"
#include "guest/libbpf/skeleton.h"

static struct bpf_map_skeleton *map_at(const struct bpf_object_skeleton *s, int i)
{
	return (struct bpf_map_skeleton *)((char *)s->maps + (size_t)i * s->map_skel_sz);
}

static struct bpf_prog_skeleton *prog_at(const struct bpf_object_skeleton *s, int i)
{
	return (struct bpf_prog_skeleton *)((char *)s->progs + (size_t)i * s->prog_skel_sz);
}

/* Where the entry keeps the map's link; old entries have no place for it. */
static struct bpf_link **map_link(const struct bpf_object_skeleton *s, int i)
{
	if ((size_t)s->map_skel_sz < sizeof(struct bpf_map_skeleton))
		return NULL;
	return map_at(s, i)->link;
}

int wbpf_skeleton_maps(const struct bpf_object *obj, struct bpf_map_skeleton *maps, int count,
		       int size)
{
	for (int i = 0; i < count; i++) {
		struct bpf_map_skeleton *m =
			(struct bpf_map_skeleton *)((char *)maps + (size_t)i * size);

		*m->map = bpf_object__find_map_by_name(obj, m->name);
		if (!*m->map) {
			warn("object '%s' has no map '%s', as its skeleton says\n", obj->name,
			     m->name);
			return -ESRCH;
		}
		/* The host fills in .kconfig at load; before that there is nothing to set. */
		if (m->mmaped && !wbpf_map_is_kconfig(*m->map))
			*m->mmaped = (*m->map)->data;
	}
	return 0;
}

int wbpf_skeleton_progs(const struct bpf_object *obj, struct bpf_prog_skeleton *progs, int count,
			int size)
{
	for (int i = 0; i < count; i++) {
		struct bpf_prog_skeleton *p =
			(struct bpf_prog_skeleton *)((char *)progs + (size_t)i * size);

		*p->prog = bpf_object__find_program_by_name(obj, p->name);
		if (!*p->prog) {
			warn("object '%s' has no program '%s', as its skeleton says\n", obj->name,
			     p->name);
			return -ESRCH;
		}
	}
	return 0;
}

int wbpf_skeleton_opts(const struct bpf_object_skeleton *s, const struct bpf_object_open_opts *opts,
		       struct bpf_object_open_opts *ret)
{
	*ret = (struct bpf_object_open_opts){0};
	if (!opts_ok(opts, bpf_object_open_opts))
		return -EINVAL;
	if (opts)
		memcpy(ret, opts, opts->sz < sizeof(*ret) ? opts->sz : sizeof(*ret));
	ret->sz = sizeof(*ret);
	if (!ret->object_name)
		ret->object_name = s->name;
	return 0;
}

int wbpf_skeleton_take(struct bpf_object_skeleton *s)
{
	int err = wbpf_skeleton_maps(*s->obj, s->maps, s->map_cnt, s->map_skel_sz);

	return err ? err : wbpf_skeleton_progs(*s->obj, s->progs, s->prog_cnt, s->prog_skel_sz);
}

int bpf_object__open_skeleton(struct bpf_object_skeleton *s,
			      const struct bpf_object_open_opts *opts)
{
	struct bpf_object_open_opts o;
	int err = wbpf_skeleton_opts(s, opts, &o);

	if (err)
		return ret_err(err);
	*s->obj = bpf_object__open_mem(s->data, s->data_sz, &o);
	return *s->obj ? ret_err(wbpf_skeleton_take(s)) : -errno;
}

int bpf_object__load_skeleton(struct bpf_object_skeleton *s)
{
	int err = bpf_object__load(*s->obj);

	if (err) {
		warn("failed to load BPF skeleton '%s': %s\n", s->name, errstr(-err));
		return ret_err(err);
	}
	for (int i = 0; i < s->map_cnt; i++) {
		struct bpf_map_skeleton *m = map_at(s, i);

		if (m->mmaped)
			*m->mmaped = (*m->map)->data;
	}
	return 0;
}

/* A program whose section does not say where to is left to the program's own attach call. */
static int attach_prog(struct bpf_program *prog, struct bpf_link **link)
{
	struct wbpf_attach how = {
		.size = sizeof(how),
		.kind = WBPF_ATTACH_AUTO,
		.flags = WBPF_ATTACH_IF_POSSIBLE,
	};
	int h;

	if (!bpf_program__autoload(prog) || !bpf_program__autoattach(prog) || *link)
		return 0;
	if (prog->handler && wbpf_handler_attach)
		return wbpf_handler_attach(prog, true, link);
	h = HOST(attach, prog->handle, &how, sizeof(how));
	if (h <= 0)
		return h; /* the host's libbpf has said why */
	*link = wbpf_link_new(h);
	return *link ? 0 : -errno;
}

static int attach_map(struct bpf_map *map, struct bpf_link **link)
{
	if (!link || !bpf_map__autocreate(map) || !bpf_map__autoattach(map) || *link ||
	    map->info.type != BPF_MAP_TYPE_STRUCT_OPS)
		return 0;
	*link = bpf_map__attach_struct_ops(map);
	if (*link)
		return 0;
	warn("map '%s': failed to auto-attach: %s\n", map->name, errstr(errno));
	return -errno;
}

int bpf_object__attach_skeleton(struct bpf_object_skeleton *s)
{
	int err = 0;

	for (int i = 0; i < s->prog_cnt && !err; i++)
		err = attach_prog(*prog_at(s, i)->prog, prog_at(s, i)->link);
	for (int i = 0; i < s->map_cnt && !err; i++)
		err = attach_map(*map_at(s, i)->map, map_link(s, i));
	return ret_err(err);
}

/* All at once: a program is often attached in many places, and the kernel takes its time for each.
 */
void bpf_object__detach_skeleton(struct bpf_object_skeleton *s)
{
	int n = s->prog_cnt + s->map_cnt;
	wbpf_handle *handles = malloc((size_t)n * sizeof(*handles));
	uint32_t count = 0;

	for (int i = 0; i < n; i++) {
		struct bpf_link **link =
			i < s->prog_cnt ? prog_at(s, i)->link : map_link(s, i - s->prog_cnt);

		if (!link || !*link)
			continue;
		/* What more than its handle keeps goes by itself. */
		if (handles && !(*link)->disconnected && !(*link)->event) {
			handles[count++] = (*link)->handle;
			(*link)->disconnected = true;
		}
		bpf_link__destroy(*link);
		*link = NULL;
	}
	HOST(close_links, handles, count);
	free(handles);
}

void bpf_object__destroy_skeleton(struct bpf_object_skeleton *s)
{
	if (!s)
		return;
	bpf_object__detach_skeleton(s);
	if (s->obj)
		bpf_object__close(*s->obj);
	free(s->maps);
	free(s->progs);
	free(s);
}
