// SPDX-License-Identifier: BSD-2-Clause
/*
 * Subskeletons: a library's view of the maps, programs and variables of an object that others
 * opened.
 */
#include <stdlib.h>
#include <string.h>

#include <bpf/btf.h>

#include "guest/libbpf/skeleton.h"

static struct bpf_var_skeleton *var_at(const struct bpf_object_subskeleton *s, int i)
{
	return (struct bpf_var_skeleton *)((char *)s->vars + (size_t)i * s->var_skel_sz);
}

/* Where in its section the variable lies, from the object's BTF. */
static int find_var(const struct btf *btf, const struct bpf_var_skeleton *var)
{
	const struct bpf_map *map = *var->map;
	const struct btf_type *sec = btf__type_by_id(btf, bpf_map__btf_value_type_id(map));
	const struct btf_var_secinfo *info;

	if (!sec || !btf_is_datasec(sec) || !map->data)
		return -EINVAL;
	info = btf_var_secinfos(sec);
	for (int i = 0; i < btf_vlen(sec); i++, info++) {
		const struct btf_type *t = btf__type_by_id(btf, info->type);

		if (strcmp(btf__name_by_offset(btf, t->name_off), var->name))
			continue;
		*var->addr = (char *)map->data + info->offset;
		return 0;
	}
	return 0; /* the pointer stays as it is, as libbpf leaves it */
}

int bpf_object__open_subskeleton(struct bpf_object_subskeleton *s)
{
	const struct btf *btf;
	int err;

	if (!s->obj)
		return ret_err(-EINVAL);
	btf = bpf_object__btf(s->obj);
	if (!btf) {
		warn("object '%s' has no BTF, which subskeletons need\n", s->obj->name);
		return ret_err(-ENOENT);
	}
	err = wbpf_skeleton_maps(s->obj, s->maps, s->map_cnt, s->map_skel_sz);
	if (!err)
		err = wbpf_skeleton_progs(s->obj, s->progs, s->prog_cnt, s->prog_skel_sz);
	for (int i = 0; i < s->var_cnt && !err; i++)
		err = find_var(btf, var_at(s, i));
	return ret_err(err);
}

void bpf_object__destroy_subskeleton(struct bpf_object_subskeleton *s)
{
	if (!s)
		return;
	free(s->maps);
	free(s->progs);
	free(s->vars);
	free(s);
}
