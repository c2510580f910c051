/* SPDX-License-Identifier: BSD-2-Clause */
/* Builds the slimmed BTF from what is marked. */
#include "btfgen/read_slim.h"

#include <errno.h>

static bool keeps_member(const struct mark *m, uint32_t index)
{
	return m->level >= WHOLE || (m->used && m->used[index]);
}

/* The place of a kept member among the kept ones. */
uint32_t slim_new_index(const struct mark *m, uint32_t index)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < index; i++)
		n += keeps_member(m, i);
	return n;
}

/* A declaration tag lives as long as what it is on. */
static bool keeps_tag(const struct slim *s, const struct btf_type *t)
{
	const struct btf_type *target = btf__type_by_id(s->from, t->type);
	const struct mark *m = &s->marks[t->type];
	int index = btf_decl_tag(t)->component_idx;

	if (!m->level || !target)
		return false;
	if (index < 0 || !btf_is_composite(target))
		return true;
	return (uint32_t)index < btf_vlen(target) && keeps_member(m, (uint32_t)index);
}

void slim_number(struct slim *s)
{
	uint32_t next = 1;

	for (uint32_t id = 1; id < s->count; id++) {
		const struct btf_type *t = btf__type_by_id(s->from, id);
		if (btf_is_decl_tag(t) && keeps_tag(s, t))
			s->marks[id].level = SHELL;
		if (s->marks[id].level)
			s->marks[id].new_id = next++;
	}
}

int slim_new_id(const struct slim *s, uint32_t id)
{
	return id < s->count ? (int)s->marks[id].new_id : 0;
}

static int build_composite(struct slim *s, const struct btf_type *t, const char *name,
			   const struct mark *m)
{
	const struct btf_member *member = btf_members(t);
	int id = btf_is_struct(t) ? btf__add_struct(s->to, name, t->size)
				  : btf__add_union(s->to, name, t->size);

	for (uint32_t i = 0; i < btf_vlen(t) && id > 0; i++, member++) {
		if (!keeps_member(m, i))
			continue;
		int err = btf__add_field(s->to, btf__name_by_offset(s->from, member->name_off),
					 slim_new_id(s, member->type), btf_member_bit_offset(t, i),
					 btf_member_bitfield_size(t, i));
		if (err)
			return err;
	}
	return id;
}

static bool keeps_enumerator(const struct slim *s, const struct mark *m, uint32_t index)
{
	return s->keep_enumerators || keeps_member(m, index);
}

static int build_enum(struct slim *s, const struct btf_type *t, const char *name,
		      const struct mark *m)
{
	int id = btf__add_enum(s->to, name, t->size);
	const struct btf_enum *e = btf_enum(t);

	for (uint32_t i = 0; i < btf_vlen(t) && id > 0; i++) {
		if (!keeps_enumerator(s, m, i))
			continue;
		int64_t value = btf_kflag(t) ? (int64_t)e[i].val : (int64_t)(uint32_t)e[i].val;
		int err = btf__add_enum_value(s->to, btf__name_by_offset(s->from, e[i].name_off),
					      value);
		if (err)
			return err;
	}
	return id;
}

static int build_enum64(struct slim *s, const struct btf_type *t, const char *name,
			const struct mark *m)
{
	int id = btf__add_enum64(s->to, name, t->size, btf_kflag(t));
	const struct btf_enum64 *e = btf_enum64(t);

	for (uint32_t i = 0; i < btf_vlen(t) && id > 0; i++) {
		if (!keeps_enumerator(s, m, i))
			continue;
		int err = btf__add_enum64_value(s->to, btf__name_by_offset(s->from, e[i].name_off),
						btf_enum64_value(&e[i]));
		if (err)
			return err;
	}
	return id;
}

static int build_proto(struct slim *s, const struct btf_type *t)
{
	int id = btf__add_func_proto(s->to, slim_new_id(s, t->type));
	const struct btf_param *p = btf_params(t);

	for (uint32_t i = 0; i < btf_vlen(t) && id > 0; i++) {
		int err = btf__add_func_param(s->to, btf__name_by_offset(s->from, p[i].name_off),
					      slim_new_id(s, p[i].type));
		if (err)
			return err;
	}
	return id;
}

static int build_section(struct slim *s, const struct btf_type *t, const char *name)
{
	int id = btf__add_datasec(s->to, name, t->size);
	const struct btf_var_secinfo *v = btf_var_secinfos(t);

	for (uint32_t i = 0; i < btf_vlen(t) && id > 0; i++) {
		int err = btf__add_datasec_var_info(s->to, slim_new_id(s, v[i].type), v[i].offset,
						    v[i].size);
		if (err)
			return err;
	}
	return id;
}

static int build_tag(struct slim *s, const struct btf_type *t, const char *name)
{
	const struct btf_type *target = btf__type_by_id(s->from, t->type);
	int index = btf_decl_tag(t)->component_idx;

	if (index >= 0 && btf_is_composite(target))
		index = (int)slim_new_index(&s->marks[t->type], (uint32_t)index);
	return btf_kflag(t) ? btf__add_decl_attr(s->to, name, slim_new_id(s, t->type), index)
			    : btf__add_decl_tag(s->to, name, slim_new_id(s, t->type), index);
}

/* Adds one type; gives its id or a negative errno. */
static int build_type(struct slim *s, uint32_t old)
{
	const struct btf_type *t = btf__type_by_id(s->from, old);
	const char *name = btf__name_by_offset(s->from, t->name_off);
	int to = btf_is_any_enum(t) || btf_is_composite(t) ? 0 : slim_new_id(s, t->type);

	switch (btf_kind(t)) {
	case BTF_KIND_INT:
		return btf__add_int(s->to, name, t->size, btf_int_encoding(t));
	case BTF_KIND_FLOAT:
		return btf__add_float(s->to, name, t->size);
	case BTF_KIND_PTR:
		return btf__add_ptr(s->to, to);
	case BTF_KIND_ARRAY:
		return btf__add_array(s->to, slim_new_id(s, btf_array(t)->index_type),
				      slim_new_id(s, btf_array(t)->type), btf_array(t)->nelems);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		return build_composite(s, t, name, &s->marks[old]);
	case BTF_KIND_ENUM:
		return build_enum(s, t, name, &s->marks[old]);
	case BTF_KIND_ENUM64:
		return build_enum64(s, t, name, &s->marks[old]);
	case BTF_KIND_FWD:
		return btf__add_fwd(s->to, name, btf_kflag(t) ? BTF_FWD_UNION : BTF_FWD_STRUCT);
	case BTF_KIND_TYPEDEF:
		return btf__add_typedef(s->to, name, to);
	case BTF_KIND_VOLATILE:
		return btf__add_volatile(s->to, to);
	case BTF_KIND_CONST:
		return btf__add_const(s->to, to);
	case BTF_KIND_RESTRICT:
		return btf__add_restrict(s->to, to);
	case BTF_KIND_TYPE_TAG:
		return btf_kflag(t) ? btf__add_type_attr(s->to, name, to)
				    : btf__add_type_tag(s->to, name, to);
	case BTF_KIND_FUNC:
		return btf__add_func(s->to, name, (enum btf_func_linkage)btf_vlen(t), to);
	case BTF_KIND_FUNC_PROTO:
		return build_proto(s, t);
	case BTF_KIND_VAR:
		return btf__add_var(s->to, name, (int)btf_var(t)->linkage, to);
	case BTF_KIND_DATASEC:
		return build_section(s, t, name);
	case BTF_KIND_DECL_TAG:
		return build_tag(s, t, name);
	default:
		return -ENOTSUP;
	}
}

int slim_build(struct slim *s)
{
	for (uint32_t id = 1; id < s->count; id++) {
		if (!s->marks[id].level)
			continue;
		int got = build_type(s, id);
		if (got < 0)
			return got;
		if ((uint32_t)got != s->marks[id].new_id)
			return -EINVAL;
	}
	return 0;
}
