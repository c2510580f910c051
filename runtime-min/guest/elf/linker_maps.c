// SPDX-License-Identifier: BSD-2-Clause
/*
 * Two functions that libbpf's linker.c has from libbpf.c: map definitions, by which it checks that
 * an extern map and its definition agree.
 */
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <libbpf_internal.h>

/* bpf_helpers.h: LIBBPF_PIN_NONE and LIBBPF_PIN_BY_NAME. */
enum { PIN_NONE, PIN_BY_NAME };

const char *btf_kind_str(const struct btf_type *t)
{
	static const char *const names[] = {
		"void", "int",     "ptr",      "array",    "struct",   "union",  "enum",
		"fwd",  "typedef", "volatile", "const",    "restrict", "func",   "func_proto",
		"var",  "datasec", "float",    "decl_tag", "type_tag", "enum64",
	};
	unsigned int kind = btf_kind(t);

	return kind < sizeof(names) / sizeof(names[0]) ? names[kind] : "unknown";
}

/* The definition under way. */
struct parser {
	const char *map;
	struct btf *btf;
	bool strict;
	struct btf_map_def *def, *inner; /* inner: NULL for an inner definition itself */
	const char *field;
	const struct btf_member *member;
	bool last;
};

static const struct btf_type *plain(const struct btf *btf, __u32 id)
{
	const struct btf_type *t = btf__type_by_id(btf, id);

	while (t && (btf_is_mod(t) || btf_is_typedef(t)))
		t = btf__type_by_id(btf, t->type);
	return t;
}

/* __uint(): a pointer to an array of so many elements. */
static int read_uint(const struct parser *p, __u32 *ret)
{
	const struct btf_type *t = plain(p->btf, p->member->type);

	if (t && btf_is_ptr(t)) {
		t = btf__type_by_id(p->btf, t->type);
		if (t && btf_is_array(t)) {
			*ret = btf_array(t)->nelems;
			return 0;
		}
	}
	pr_warn("map '%s': attr '%s': expected %s.\n", p->map, p->field,
		t ? "a pointer to an array" : "a type");
	return -EINVAL;
}

/* __ulong(): an enum with one value; or as __uint(). */
static int read_ulong(const struct parser *p, __u64 *ret)
{
	const struct btf_type *t = plain(p->btf, p->member->type);
	__u32 small;
	int err;

	if (t && btf_is_ptr(t)) {
		err = read_uint(p, &small);
		*ret = small;
		return err;
	}
	if (!t || !btf_is_any_enum(t) || btf_vlen(t) != 1) {
		pr_warn("map '%s': attr '%s': expected an enum with one value.\n", p->map,
			p->field);
		return -EINVAL;
	}
	if (btf_is_enum64(t)) {
		const struct btf_enum64 *e = btf_enum64(t);

		*ret = (__u64)e->val_hi32 << 32 | e->val_lo32;
	} else {
		*ret = (__u64)(__s64)btf_enum(t)->val;
	}
	return 0;
}

static int set_size(const struct parser *p, __u32 *size, __u32 value, int part)
{
	if (*size && *size != value) {
		pr_warn("map '%s': '%s' says %u bytes, and %u.\n", p->map, p->field, *size, value);
		return -EINVAL;
	}
	*size = value;
	p->def->parts |= part;
	return 0;
}

/* __type(): a pointer to the type. */
static int read_type(const struct parser *p, __u32 *id, __u32 *size, int parts)
{
	const struct btf_type *t = btf__type_by_id(p->btf, p->member->type);
	__s64 bytes;
	int err;

	if (!t || !btf_is_ptr(t)) {
		pr_warn("map '%s': %s spec is not PTR: %s.\n", p->map, p->field,
			t ? btf_kind_str(t) : "no type");
		return -EINVAL;
	}
	bytes = btf__resolve_size(p->btf, t->type);
	if (bytes < 0) {
		pr_warn("map '%s': no size of type [%u].\n", p->map, t->type);
		return (int)bytes;
	}
	err = set_size(p, size, (__u32)bytes, parts);
	if (!err)
		*id = t->type;
	return err;
}

/* __array(values, ...): of a map-in-map the inner maps, of a program array the programs. */
static int read_values(const struct parser *p)
{
	bool maps = p->def->map_type == BPF_MAP_TYPE_ARRAY_OF_MAPS ||
		    p->def->map_type == BPF_MAP_TYPE_HASH_OF_MAPS;
	const struct btf_type *t = btf__type_by_id(p->btf, p->member->type);
	char name[128];
	int err;

	if (!p->inner || (!maps && p->def->map_type != BPF_MAP_TYPE_PROG_ARRAY)) {
		pr_warn("map '%s': '%s' is not supported here.\n", p->map, p->field);
		return -ENOTSUP;
	}
	if (!p->last || !t || !btf_is_array(t) || btf_array(t)->nelems) {
		pr_warn("map '%s': '%s' must be an array without size, and last.\n", p->map,
			p->field);
		return -EINVAL;
	}
	err = set_size(p, &p->def->value_size, 4, 0);
	if (err)
		return err;
	t = plain(p->btf, btf_array(t)->type);
	t = t && btf_is_ptr(t) ? plain(p->btf, t->type) : NULL;
	if (!t || !(maps ? btf_is_struct(t) : btf_is_func_proto(t))) {
		pr_warn("map '%s': '%s' holds what it cannot.\n", p->map, p->field);
		return -EINVAL;
	}
	if (!maps)
		return 0;
	snprintf(name, sizeof(name), "%s.inner", p->map);
	err = parse_btf_map_def(name, p->btf, t, p->strict, p->inner, NULL);
	if (!err)
		p->def->parts |= MAP_DEF_INNER_MAP;
	return err;
}

static int read_pinning(const struct parser *p)
{
	int err = p->inner ? read_uint(p, &p->def->pinning) : -EINVAL;

	if (err)
		return err;
	if (p->def->pinning != PIN_NONE && p->def->pinning != PIN_BY_NAME) {
		pr_warn("map '%s': invalid pinning value %u.\n", p->map, p->def->pinning);
		return -EINVAL;
	}
	p->def->parts |= MAP_DEF_PINNING;
	return 0;
}

static int read_number(const struct parser *p, __u32 *to, int part)
{
	p->def->parts |= part;
	return read_uint(p, to);
}

static int read_size(const struct parser *p, __u32 *size, int part)
{
	__u32 value;
	int err = read_uint(p, &value);

	return err ? err : set_size(p, size, value, part);
}

static int read_field(const struct parser *p)
{
	struct btf_map_def *d = p->def;

	if (!strcmp(p->field, "type"))
		return read_number(p, &d->map_type, MAP_DEF_MAP_TYPE);
	if (!strcmp(p->field, "max_entries"))
		return read_number(p, &d->max_entries, MAP_DEF_MAX_ENTRIES);
	if (!strcmp(p->field, "map_flags"))
		return read_number(p, &d->map_flags, MAP_DEF_MAP_FLAGS);
	if (!strcmp(p->field, "numa_node"))
		return read_number(p, &d->numa_node, MAP_DEF_NUMA_NODE);
	if (!strcmp(p->field, "key_size"))
		return read_size(p, &d->key_size, MAP_DEF_KEY_SIZE);
	if (!strcmp(p->field, "value_size"))
		return read_size(p, &d->value_size, MAP_DEF_VALUE_SIZE);
	if (!strcmp(p->field, "key"))
		return read_type(p, &d->key_type_id, &d->key_size,
				 MAP_DEF_KEY_SIZE | MAP_DEF_KEY_TYPE);
	if (!strcmp(p->field, "value"))
		return read_type(p, &d->value_type_id, &d->value_size,
				 MAP_DEF_VALUE_SIZE | MAP_DEF_VALUE_TYPE);
	if (!strcmp(p->field, "values"))
		return read_values(p);
	if (!strcmp(p->field, "pinning"))
		return read_pinning(p);
	if (!strcmp(p->field, "map_extra")) {
		d->parts |= MAP_DEF_MAP_EXTRA;
		return read_ulong(p, &d->map_extra);
	}
	if (!p->strict)
		return 0;
	pr_warn("map '%s': unknown field '%s'.\n", p->map, p->field);
	return -ENOTSUP;
}

int parse_btf_map_def(const char *map_name, struct btf *btf, const struct btf_type *def_t,
		      bool strict, struct btf_map_def *map_def, struct btf_map_def *inner_def)
{
	struct parser p = {
		.map = map_name, .btf = btf, .strict = strict, .def = map_def, .inner = inner_def};
	const struct btf_member *m = btf_members(def_t);
	int count = btf_vlen(def_t), err;

	for (int i = 0; i < count; i++) {
		p.member = m + i;
		p.last = i == count - 1;
		p.field = btf__name_by_offset(btf, m[i].name_off);
		if (!p.field) {
			pr_warn("map '%s': invalid field #%d.\n", map_name, i);
			return -EINVAL;
		}
		err = read_field(&p);
		if (err)
			return err;
	}
	if (map_def->map_type != BPF_MAP_TYPE_UNSPEC)
		return 0;
	pr_warn("map '%s': map type isn't specified.\n", map_name);
	return -EINVAL;
}
