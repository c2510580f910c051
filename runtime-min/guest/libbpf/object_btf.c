// SPDX-License-Identifier: BSD-2-Clause
/*
 * An object's own BTF, as libbpf at the host has it: with the sizes and offsets of data sections
 * that the compiler leaves open. In a module only when the program asks for it.
 */
#include <stdlib.h>

#include <bpf/btf.h>

#include "guest/libbpf/internal.h"
#include "guest/libbpf/object.h"

static struct btf *fetch(const struct bpf_object *obj)
{
	struct btf *btf;
	void *data;
	int len = HOST(get, obj->handle, WBPF_KEY_OBJECT_BTF, NULL, 0);

	if (len < 0)
		return NULL;
	data = malloc((size_t)len);
	if (!data)
		return NULL;
	len = HOST(get, obj->handle, WBPF_KEY_OBJECT_BTF, data, len);
	btf = len < 0 ? NULL : btf__new(data, (uint32_t)len);
	free(data);
	if (btf)
		btf__set_pointer_size(btf, 8);
	return btf;
}

/* The kernel has the BTF when the object's maps are made. */
static void learn_fd(const struct bpf_object *obj)
{
	int fd;

	if (!obj->btf || obj->state < WBPF_PREPARED || btf__fd(obj->btf) >= 0)
		return;
	fd = HOST(object_child, obj->handle, WBPF_KIND_BTF, 0);
	if (fd >= 0)
		btf__set_fd(obj->btf, fd);
}

struct btf *bpf_object__btf(const struct bpf_object *obj)
{
	struct bpf_object *o = (struct bpf_object *)obj;

	if (!o)
		return NULL;
	if (!o->btf)
		o->btf = fetch(o);
	learn_fd(o);
	return o->btf;
}

int bpf_object__btf_fd(const struct bpf_object *obj)
{
	const struct btf *btf = bpf_object__btf(obj);

	return btf ? btf__fd(btf) : -1;
}

void wbpf_object_drop_btf(struct bpf_object *obj)
{
	btf__free(obj->btf);
}

/*
 * The section's last variable, an array, takes what the section has more or less. The host did the
 * same to its own; where it could not, the map has lost its types.
 */
static int resize(struct btf *btf, const struct bpf_map *map)
{
	struct btf_type *section =
		(struct btf_type *)btf__type_by_id(btf, map->info.btf_value_type_id);
	struct btf_var_secinfo *last = btf_var_secinfos(section) + btf_vlen(section) - 1;
	uint32_t size = map->info.value_size, last_at = btf_vlen(section) - 1;
	const struct btf_type *var = btf__type_by_id(btf, last->type);
	const struct btf_type *array = skip_mods_and_typedefs(btf, var->type, NULL);
	const struct btf_array *a = btf_array(array);
	int64_t element = btf__resolve_size(btf, a->type);
	int id;

	if (element <= 0)
		return -EINVAL;
	id = btf__add_array(btf, (int)a->index_type, (int)a->type,
			    (uint32_t)((size - last->offset) / element));
	if (id < 0)
		return id;
	/* Types have moved. */
	section = (struct btf_type *)btf__type_by_id(btf, map->info.btf_value_type_id);
	last = btf_var_secinfos(section) + last_at;
	section->size = size;
	last->size = size - last->offset;
	((struct btf_type *)btf__type_by_id(btf, last->type))->type = (uint32_t)id;
	return 0;
}

void wbpf_object_resize_btf(struct bpf_map *map)
{
	const struct btf_type *section;
	struct btf *btf = map->obj->btf;

	if (!btf || !map->info.btf_value_type_id)
		return;
	section = btf__type_by_id(btf, map->info.btf_value_type_id);
	if (section && btf_is_datasec(section) && btf_vlen(section) && resize(btf, map))
		warn("map '%s': its type could not be resized\n", map->name);
}
