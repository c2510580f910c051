/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/struct_ops.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include "host/btf_types.h"
#include "host/instance.h"
#include "host/map_rules.h"

enum { SLOT = 8 };

bool struct_ops_is_function(const struct btf *btf, uint32_t id)
{
	const struct btf_type *t = btf_types_resolve(btf, id);

	t = t && btf_is_ptr(t) ? btf_types_resolve(btf, t->type) : NULL;
	return t && btf_is_func_proto(t);
}

uint32_t *struct_ops_functions(const struct handle *map, size_t *count)
{
	const struct btf *btf = bpf_object__btf(map->opened->object);
	const struct btf_type *t = map_struct_ops_type(map->opened->object, map->ptr);
	uint32_t *offsets;

	*count = 0;
	if (!t)
		return NULL;
	offsets = calloc(btf_vlen(t) ? btf_vlen(t) : 1, sizeof(*offsets));
	for (uint16_t i = 0; offsets && i < btf_vlen(t); i++) {
		uint32_t at = btf_member_bit_offset(t, i) / 8;
		if (struct_ops_is_function(btf, btf_members(t)[i].type) && at <= t->size &&
		    t->size - at >= SLOT)
			offsets[(*count)++] = at;
	}
	return offsets;
}

void struct_ops_give(const struct instance *in, const struct handle *map, uint8_t *copy)
{
	const uint8_t *data = bpf_map__initial_value(map->ptr, NULL);
	size_t count;
	uint32_t *offsets = struct_ops_functions(map, &count);

	for (size_t i = 0; data && i < count; i++) {
		void *prog;
		memcpy(&prog, data + offsets[i], sizeof(prog));
		uint64_t handle = (uint64_t)instance_handle_of(in, WBPF_KIND_PROG, prog);
		memcpy(copy + offsets[i], &handle, SLOT);
	}
	free(offsets);
}

static int find_program(const struct instance *in, const struct handle *map, uint64_t handle,
			void **ret)
{
	const struct handle *h = NULL;

	*ret = NULL;
	if (!handle)
		return 0;
	if (handle <= INT32_MAX)
		h = handle_find(&in->handles, (wbpf_handle)handle, WBPF_KIND_PROG);
	if (!h || !h->ptr || h->opened != map->opened)
		return -EBADF;
	*ret = h->ptr;
	return 0;
}

int struct_ops_take(const struct instance *in, const struct handle *map, const uint8_t *copy)
{
	uint8_t *data = bpf_map__initial_value(map->ptr, NULL);
	size_t count;
	uint32_t *offsets = struct_ops_functions(map, &count);
	int err = 0;

	for (size_t i = 0; data && i < count && !err; i++) {
		uint64_t handle;
		void *prog;
		memcpy(&handle, copy + offsets[i], SLOT);
		err = find_program(in, map, handle, &prog);
		if (!err)
			memcpy(data + offsets[i], &prog, sizeof(prog));
	}
	free(offsets);
	return err;
}
