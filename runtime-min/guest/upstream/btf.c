// SPDX-License-Identifier: BSD-2-Clause
/*
 * libbpf's btf.c as it is, behind functions that first read kernel BTF which was only named so far
 * (btf_asleep.h). All of a struct btf's users, libbpf's own among them, come through here.
 */
#include <btf_names.h>

/* An alias names its target in a string, which keeps its old name: ours are at the end. */
#define alias(target) unused

#include <btf.c>

#undef alias
#include <btf_names_end.h>

#include "guest/upstream/btf_asleep.h"

struct asleep {
	struct btf btf;
	char name[];
};

struct btf *wbpf_btf_asleep(const char *name, __u32 first_id, __u32 types, struct btf *base)
{
	size_t len = strlen(name) + 1;
	struct asleep *a = calloc(1, sizeof(*a) + len);

	if (!a)
		return NULL;
	memcpy(a->name, name, len);
	a->btf.start_id = first_id;
	a->btf.nr_types = types;
	a->btf.base_btf = base;
	a->btf.fd = -1;
	return &a->btf;
}

/* A read one has a header. */
bool wbpf_btf_is_asleep(const struct btf *btf)
{
	return !btf->hdr;
}

const char *wbpf_btf_name(const struct btf *btf)
{
	return ((const struct asleep *)btf)->name;
}

int wbpf_btf_fill(struct btf *btf, void *data, __u32 size)
{
	struct btf *read = btf_new(data, size, btf->base_btf, true);
	int fd = btf->fd;

	if (IS_ERR(read)) {
		free(data);
		return PTR_ERR(read);
	}
	*btf = *read;
	btf->raw_data_is_mmap = false; /* it is free()d like all else */
	btf->fd = fd;
	free(read);
	return 0;
}

static int wake(const struct btf *btf)
{
	return !btf || btf->hdr || !wbpf_btf_wake ? 0 : wbpf_btf_wake((struct btf *)btf);
}

static int wake2(const struct btf *a, const struct btf *b)
{
	int err = wake(a);

	return err ? err : wake(b);
}

#define WAKE_INT(wake, call)                                                                       \
	({                                                                                         \
		int wake_err = wake;                                                               \
		wake_err ? libbpf_err(wake_err) : call;                                            \
	})
#define WAKE_PTR(wake, call)                                                                       \
	({                                                                                         \
		int wake_err = wake;                                                               \
		wake_err ? libbpf_err_ptr(wake_err) : (void *)call;                                \
	})
#define WAKE_ZERO(wake, call) (wake ? 0 : call)

struct btf *btf__new_split(const void *data, __u32 size, struct btf *base_btf)
{
	return WAKE_PTR(wake(base_btf), awake_btf__new_split(data, size, base_btf));
}

struct btf *btf__new_empty_split(struct btf *base_btf)
{
	return WAKE_PTR(wake(base_btf), awake_btf__new_empty_split(base_btf));
}

int btf__distill_base(const struct btf *src_btf, struct btf **new_base_btf,
		      struct btf **new_split_btf)
{
	return WAKE_INT(wake(src_btf),
			awake_btf__distill_base(src_btf, new_base_btf, new_split_btf));
}

struct btf *btf__parse_elf_split(const char *path, struct btf *base_btf)
{
	return WAKE_PTR(wake(base_btf), awake_btf__parse_elf_split(path, base_btf));
}

struct btf *btf__load_from_kernel_by_id_split(__u32 id, struct btf *base_btf)
{
	return WAKE_PTR(wake(base_btf), awake_btf__load_from_kernel_by_id_split(id, base_btf));
}

int btf__load_into_kernel(struct btf *btf)
{
	return WAKE_INT(wake(btf), awake_btf__load_into_kernel(btf));
}

const struct btf_type *btf__type_by_id(const struct btf *btf, __u32 id)
{
	return WAKE_PTR(wake(btf), awake_btf__type_by_id(btf, id));
}

size_t btf__pointer_size(const struct btf *btf)
{
	return WAKE_ZERO(wake(btf), awake_btf__pointer_size(btf));
}

int btf__set_pointer_size(struct btf *btf, size_t ptr_sz)
{
	return WAKE_INT(wake(btf), awake_btf__set_pointer_size(btf, ptr_sz));
}

enum btf_endianness btf__endianness(const struct btf *btf)
{
	return WAKE_ZERO(wake(btf), awake_btf__endianness(btf));
}

int btf__set_endianness(struct btf *btf, enum btf_endianness endian)
{
	return WAKE_INT(wake(btf), awake_btf__set_endianness(btf, endian));
}

__s64 btf__resolve_size(const struct btf *btf, __u32 type_id)
{
	return WAKE_INT(wake(btf), awake_btf__resolve_size(btf, type_id));
}

int btf__resolve_type(const struct btf *btf, __u32 type_id)
{
	return WAKE_INT(wake(btf), awake_btf__resolve_type(btf, type_id));
}

int btf__align_of(const struct btf *btf, __u32 id)
{
	return WAKE_INT(wake(btf), awake_btf__align_of(btf, id));
}

const void *btf__raw_data(const struct btf *btf, __u32 *size)
{
	return WAKE_PTR(wake(btf), awake_btf__raw_data(btf, size));
}

const char *btf__name_by_offset(const struct btf *btf, __u32 offset)
{
	return WAKE_PTR(wake(btf), awake_btf__name_by_offset(btf, offset));
}

const char *btf__str_by_offset(const struct btf *btf, __u32 offset)
{
	return WAKE_PTR(wake(btf), awake_btf__str_by_offset(btf, offset));
}

int btf__find_str(struct btf *btf, const char *s)
{
	return WAKE_INT(wake(btf), awake_btf__find_str(btf, s));
}

int btf__add_str(struct btf *btf, const char *s)
{
	return WAKE_INT(wake(btf), awake_btf__add_str(btf, s));
}

int btf__add_type(struct btf *btf, const struct btf *src_btf, const struct btf_type *src_type)
{
	return WAKE_INT(wake2(btf, src_btf), awake_btf__add_type(btf, src_btf, src_type));
}

int btf__add_btf(struct btf *btf, const struct btf *src_btf)
{
	return WAKE_INT(wake2(btf, src_btf), awake_btf__add_btf(btf, src_btf));
}

int btf__add_int(struct btf *btf, const char *name, size_t byte_sz, int encoding)
{
	return WAKE_INT(wake(btf), awake_btf__add_int(btf, name, byte_sz, encoding));
}

int btf__add_float(struct btf *btf, const char *name, size_t byte_sz)
{
	return WAKE_INT(wake(btf), awake_btf__add_float(btf, name, byte_sz));
}

int btf__add_ptr(struct btf *btf, int ref_type_id)
{
	return WAKE_INT(wake(btf), awake_btf__add_ptr(btf, ref_type_id));
}

int btf__add_array(struct btf *btf, int index_type_id, int elem_type_id, __u32 nr_elems)
{
	return WAKE_INT(wake(btf),
			awake_btf__add_array(btf, index_type_id, elem_type_id, nr_elems));
}

int btf__add_struct(struct btf *btf, const char *name, __u32 sz)
{
	return WAKE_INT(wake(btf), awake_btf__add_struct(btf, name, sz));
}

int btf__add_union(struct btf *btf, const char *name, __u32 sz)
{
	return WAKE_INT(wake(btf), awake_btf__add_union(btf, name, sz));
}

int btf__add_field(struct btf *btf, const char *name, int field_type_id, __u32 bit_offset,
		   __u32 bit_size)
{
	return WAKE_INT(wake(btf),
			awake_btf__add_field(btf, name, field_type_id, bit_offset, bit_size));
}

int btf__add_enum(struct btf *btf, const char *name, __u32 bytes_sz)
{
	return WAKE_INT(wake(btf), awake_btf__add_enum(btf, name, bytes_sz));
}

int btf__add_enum_value(struct btf *btf, const char *name, __s64 value)
{
	return WAKE_INT(wake(btf), awake_btf__add_enum_value(btf, name, value));
}

int btf__add_enum64(struct btf *btf, const char *name, __u32 bytes_sz, bool is_signed)
{
	return WAKE_INT(wake(btf), awake_btf__add_enum64(btf, name, bytes_sz, is_signed));
}

int btf__add_enum64_value(struct btf *btf, const char *name, __u64 value)
{
	return WAKE_INT(wake(btf), awake_btf__add_enum64_value(btf, name, value));
}

int btf__add_fwd(struct btf *btf, const char *name, enum btf_fwd_kind fwd_kind)
{
	return WAKE_INT(wake(btf), awake_btf__add_fwd(btf, name, fwd_kind));
}

int btf__add_typedef(struct btf *btf, const char *name, int ref_type_id)
{
	return WAKE_INT(wake(btf), awake_btf__add_typedef(btf, name, ref_type_id));
}

int btf__add_volatile(struct btf *btf, int ref_type_id)
{
	return WAKE_INT(wake(btf), awake_btf__add_volatile(btf, ref_type_id));
}

int btf__add_const(struct btf *btf, int ref_type_id)
{
	return WAKE_INT(wake(btf), awake_btf__add_const(btf, ref_type_id));
}

int btf__add_restrict(struct btf *btf, int ref_type_id)
{
	return WAKE_INT(wake(btf), awake_btf__add_restrict(btf, ref_type_id));
}

int btf__add_type_tag(struct btf *btf, const char *value, int ref_type_id)
{
	return WAKE_INT(wake(btf), awake_btf__add_type_tag(btf, value, ref_type_id));
}

int btf__add_type_attr(struct btf *btf, const char *value, int ref_type_id)
{
	return WAKE_INT(wake(btf), awake_btf__add_type_attr(btf, value, ref_type_id));
}

int btf__add_func(struct btf *btf, const char *name, enum btf_func_linkage linkage,
		  int proto_type_id)
{
	return WAKE_INT(wake(btf), awake_btf__add_func(btf, name, linkage, proto_type_id));
}

int btf__add_func_proto(struct btf *btf, int ret_type_id)
{
	return WAKE_INT(wake(btf), awake_btf__add_func_proto(btf, ret_type_id));
}

int btf__add_func_param(struct btf *btf, const char *name, int type_id)
{
	return WAKE_INT(wake(btf), awake_btf__add_func_param(btf, name, type_id));
}

int btf__add_var(struct btf *btf, const char *name, int linkage, int type_id)
{
	return WAKE_INT(wake(btf), awake_btf__add_var(btf, name, linkage, type_id));
}

int btf__add_datasec(struct btf *btf, const char *name, __u32 byte_sz)
{
	return WAKE_INT(wake(btf), awake_btf__add_datasec(btf, name, byte_sz));
}

int btf__add_datasec_var_info(struct btf *btf, int var_type_id, __u32 offset, __u32 byte_sz)
{
	return WAKE_INT(wake(btf),
			awake_btf__add_datasec_var_info(btf, var_type_id, offset, byte_sz));
}

int btf__add_decl_tag(struct btf *btf, const char *value, int ref_type_id, int component_idx)
{
	return WAKE_INT(wake(btf), awake_btf__add_decl_tag(btf, value, ref_type_id, component_idx));
}

int btf__add_decl_attr(struct btf *btf, const char *value, int ref_type_id, int component_idx)
{
	return WAKE_INT(wake(btf),
			awake_btf__add_decl_attr(btf, value, ref_type_id, component_idx));
}

int btf__dedup(struct btf *btf, const struct btf_dedup_opts *opts)
{
	return WAKE_INT(wake(btf), awake_btf__dedup(btf, opts));
}

int btf__relocate(struct btf *btf, const struct btf *base_btf)
{
	return WAKE_INT(wake2(btf, base_btf), awake_btf__relocate(btf, base_btf));
}

int btf__permute(struct btf *btf, __u32 *id_map, __u32 id_map_cnt,
		 const struct btf_permute_opts *opts)
{
	return WAKE_INT(wake(btf), awake_btf__permute(btf, id_map, id_map_cnt, opts));
}

__s32 btf__find_by_name(const struct btf *btf, const char *name)
{
	if (wbpf_btf_find && !btf->hdr)
		return libbpf_err(wbpf_btf_find(btf, name, -1));
	return awake_btf__find_by_name(btf, name);
}

__s32 btf__find_by_name_kind(const struct btf *btf, const char *name, __u32 kind)
{
	if (wbpf_btf_find && !btf->hdr)
		return libbpf_err(wbpf_btf_find(btf, name, (__s32)kind));
	return awake_btf__find_by_name_kind(btf, name, kind);
}

struct btf *btf__parse_split(const char *path, struct btf *base)
{
	int err;

	if (wbpf_btf_is_kernels(path))
		return libbpf_ptr(wbpf_btf_load(path, base));
	err = wake(base);
	return err ? libbpf_err_ptr(err) : awake_btf__parse_split(path, base);
}

struct btf *btf__parse_raw_split(const char *path, struct btf *base)
{
	int err;

	if (wbpf_btf_is_kernels(path))
		return libbpf_ptr(wbpf_btf_load(path, base));
	err = wake(base);
	return err ? libbpf_err_ptr(err) : awake_btf__parse_raw_split(path, base);
}

struct btf *btf__parse(const char *path, struct btf_ext **ext)
{
	if (!wbpf_btf_is_kernels(path))
		return awake_btf__parse(path, ext);
	if (ext)
		*ext = NULL;
	return libbpf_ptr(wbpf_btf_load(path, NULL));
}

struct btf *btf__parse_raw(const char *path)
{
	if (wbpf_btf_is_kernels(path))
		return libbpf_ptr(wbpf_btf_load(path, NULL));
	return awake_btf__parse_raw(path);
}

const void *btf__get_raw_data(const struct btf *btf, __u32 *size)
{
	return btf__raw_data(btf, size);
}

const void *btf_ext__get_raw_data(const struct btf_ext *ext, __u32 *size)
{
	return btf_ext__raw_data(ext, size);
}
