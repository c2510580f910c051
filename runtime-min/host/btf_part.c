/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/btf_part.h"

#include <errno.h>
#include <linux/btf.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/*
 * How much of a type is kept; more includes less. Of a pointer there is NAMED, which points to
 * nothing, as those in fields may, and CALLED, which has its target.
 */
enum { NOTHING, NAMED /* structs without fields */, WHOLE, CALLED /* and what pointers call */ };

/* What a part begins with; behind it the ids of the named types, those of the types that are kept
 * (with_ids), the types and the strings. */
struct head {
	uint32_t version;
	uint32_t with_ids;
	uint32_t type_count; /* the highest id of the kernel's types, and 1 */
	uint32_t needs, kept;
	uint32_t types_len, strs_len; /* bytes; types_len a multiple of 4 */
};
enum { VERSION = 1 };

/* Names by their offsets in the kernel's strings: where they are in the part's. */
struct name_slot {
	uint32_t from, to;
};

struct maker {
	const struct btf_needs *needs;
	const struct kernel_btf *kernel;
	uint8_t *kept;     /* how much of each type; by id */
	uint32_t *numbers; /* without ids: what a type becomes; 0: nothing */
	uint32_t *stack;   /* types whose parts are still to be marked */
	size_t depth, room;
	uint32_t *found; /* one for each need */
	uint32_t count;  /* types, and 1 */
	struct name_slot *names;
	size_t nr_names, name_room; /* a power of two */
	struct strbuf types, strs;
	int err;
};

static const struct btf_type *type_at(const struct maker *m, uint32_t id)
{
	return kernel_btf_type(m->kernel, id - 1);
}

static const char *name_of(const struct maker *m, const struct btf_type *t)
{
	return t->name_off < m->kernel->strs_len ? m->kernel->strs + t->name_off : "";
}

/* --- what is kept ------------------------------------------------------------------------------
 */

static void keep(struct maker *m, uint32_t id, uint8_t how)
{
	if (!id || id >= m->count)
		return;
	if (BTF_INFO_KIND(type_at(m, id)->info) == BTF_KIND_PTR)
		how = how == WHOLE ? NAMED : CALLED;
	if (m->kept[id] >= how)
		return;
	if (m->depth == m->room) {
		size_t room = m->room ? m->room * 2 : 1024;
		uint32_t *stack = realloc(m->stack, room * sizeof(*stack));
		if (!stack) {
			m->err = -ENOMEM;
			return;
		}
		m->stack = stack;
		m->room = room;
	}
	m->kept[id] = how;
	m->stack[m->depth++] = id;
}

static void keep_members(struct maker *m, const struct btf_type *t, uint8_t how)
{
	const struct btf_member *members = (const void *)(t + 1);

	for (uint32_t i = 0; how > NAMED && i < BTF_INFO_VLEN(t->info); i++)
		keep(m, members[i].type, how);
}

static void keep_params(struct maker *m, const struct btf_type *t)
{
	const struct btf_param *params = (const void *)(t + 1);

	keep(m, t->type, NAMED);
	for (uint32_t i = 0; i < BTF_INFO_VLEN(t->info); i++)
		keep(m, params[i].type, NAMED);
}

/* Marks what a type consists of. */
static void keep_parts(struct maker *m, uint32_t id)
{
	const struct btf_type *t = type_at(m, id);
	uint8_t how = m->kept[id];

	switch (BTF_INFO_KIND(t->info)) {
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		keep_members(m, t, how);
		break;
	case BTF_KIND_PTR:
		if (how == CALLED)
			keep(m, t->type, NAMED);
		break;
	case BTF_KIND_ARRAY: {
		const struct btf_array *a = (const void *)(t + 1);
		keep(m, a->type, how);
		keep(m, a->index_type, how);
		break;
	}
	case BTF_KIND_FUNC_PROTO:
		keep_params(m, t);
		break;
	case BTF_KIND_FUNC:
	case BTF_KIND_VAR:
	case BTF_KIND_TYPEDEF:
	case BTF_KIND_CONST:
	case BTF_KIND_VOLATILE:
	case BTF_KIND_RESTRICT:
	case BTF_KIND_TYPE_TAG:
		keep(m, t->type, how);
	}
}

/* --- what is asked for -------------------------------------------------------------------------
 */

/* Two bytes tell most names from those that are wanted. */
static uint16_t beginning(const char *name)
{
	return (uint16_t)((uint8_t)name[0] | (name[0] ? (uint8_t)name[1] << 8 : 0));
}

static void keep_if_wanted(struct maker *m, uint32_t id, const struct btf_type *t, const char *name)
{
	uint32_t kind = BTF_INFO_KIND(t->info);

	for (size_t i = 0; i < m->needs->count; i++) {
		const struct btf_need *n = &m->needs->all[i];
		if (n->how == BTF_NEED_FIELDS || n->how == BTF_NEED_TYPE) {
			size_t len = strlen(n->name);
			if (btf_kinds_fit(kind, n->kind) && !strncmp(name, n->name, len) &&
			    btf_essential_len(name) == len)
				keep(m, id, n->how == BTF_NEED_FIELDS ? WHOLE : NAMED);
		} else if (kind == n->kind && !m->found[i] && !strcmp(name, n->name)) {
			m->found[i] = id;
			if (n->how != BTF_NEED_TARGET)
				keep(m, id, n->how == BTF_NEED_STRUCT_OPS ? CALLED : NAMED);
		}
	}
}

/* The kinds that are asked for, as bits. */
static uint32_t wanted_kinds(const struct btf_needs *n)
{
	uint32_t kinds = 0;

	for (size_t i = 0; i < n->count; i++)
		for (uint32_t kind = 0; kind <= BTF_KIND_MAX; kind++)
			kinds |= btf_kinds_fit(kind, n->all[i].kind) ? 1u << kind : 0;
	return kinds;
}

/* Names are far from their types: they are looked at as seldom as can be. */
static void search(struct maker *m)
{
	const uint32_t kinds = wanted_kinds(m->needs);
	uint8_t wanted[(1 << 16) / 8] = {0};

	for (size_t i = 0; i < m->needs->count; i++) {
		uint16_t b = beginning(m->needs->all[i].name);
		wanted[b / 8] |= (uint8_t)(1 << b % 8);
	}
	for (uint32_t id = 1; id < m->count; id++) {
		const struct btf_type *t = type_at(m, id);
		if (!(kinds >> BTF_INFO_KIND(t->info) & 1))
			continue;
		const char *name = name_of(m, t);
		uint16_t b = beginning(name);
		if (wanted[b / 8] & 1 << b % 8 && *name)
			keep_if_wanted(m, id, t, name);
	}
	while (m->depth && !m->err)
		keep_parts(m, m->stack[--m->depth]);
}

/* --- writing it --------------------------------------------------------------------------------
 */

static bool grow_names(struct maker *m)
{
	size_t room = m->name_room ? m->name_room * 2 : 1024;
	struct name_slot *names = calloc(room, sizeof(*names));

	if (!names) {
		m->err = -ENOMEM;
		return false;
	}
	for (size_t i = 0; i < m->name_room; i++) {
		size_t at = m->names[i].from * UINT32_C(2654435761) & (room - 1);
		if (!m->names[i].from)
			continue;
		while (names[at].from)
			at = (at + 1) & (room - 1);
		names[at] = m->names[i];
	}
	free(m->names);
	m->names = names;
	m->name_room = room;
	return true;
}

/* A name's offset in the part's strings. */
static uint32_t name_at(struct maker *m, uint32_t from)
{
	if (!from || from >= m->kernel->strs_len ||
	    (m->nr_names * 2 >= m->name_room && !grow_names(m)))
		return 0;
	size_t at = from * UINT32_C(2654435761) & (m->name_room - 1);
	while (m->names[at].from && m->names[at].from != from)
		at = (at + 1) & (m->name_room - 1);
	if (!m->names[at].from) {
		const char *name = m->kernel->strs + from;
		m->names[at] = (struct name_slot){.from = from, .to = (uint32_t)m->strs.len};
		m->nr_names++;
		strbuf_add(&m->strs, name, strlen(name) + 1);
	}
	return m->names[at].to;
}

static uint32_t number_of(const struct maker *m, uint32_t id)
{
	if (id >= m->count)
		return 0;
	return m->needs->ids ? id : m->numbers[id];
}

static bool is_field_pointer(const struct maker *m, uint32_t id)
{
	return m->kept[id] == NAMED && BTF_INFO_KIND(type_at(m, id)->info) == BTF_KIND_PTR;
}

/* Without ids one pointer stands for all that fields are: it is number 1. */
static uint32_t number_types(struct maker *m)
{
	uint32_t kept = 0, next = 2;

	for (uint32_t id = 1; id < m->count; id++) {
		if (!m->kept[id])
			continue;
		kept++;
		if (m->numbers)
			m->numbers[id] = is_field_pointer(m, id) ? 1 : next++;
	}
	return kept;
}

static void write_members(struct maker *m, const struct btf_type *t)
{
	const struct btf_member *members = (const void *)(t + 1);

	for (uint32_t i = 0; i < BTF_INFO_VLEN(t->info); i++) {
		struct btf_member member = members[i];
		member.name_off = name_at(m, member.name_off);
		member.type = number_of(m, member.type);
		strbuf_add(&m->types, &member, sizeof(member));
	}
}

static void write_params(struct maker *m, const struct btf_type *t)
{
	const struct btf_param *params = (const void *)(t + 1);

	for (uint32_t i = 0; i < BTF_INFO_VLEN(t->info); i++) {
		struct btf_param param = {.type = number_of(m, params[i].type)};
		strbuf_add(&m->types, &param, sizeof(param));
	}
}

static void write_enums(struct maker *m, const struct btf_type *t, size_t size)
{
	const uint8_t *values = (const void *)(t + 1);

	for (uint32_t i = 0; i < BTF_INFO_VLEN(t->info); i++) {
		uint32_t value[3]; /* a name's offset, then one number or two */
		memcpy(value, values + i * size, size);
		value[0] = name_at(m, value[0]);
		strbuf_add(&m->types, value, size);
	}
}

/* What follows a type's struct btf_type. */
static void write_tail(struct maker *m, const struct btf_type *t)
{
	switch (BTF_INFO_KIND(t->info)) {
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		write_members(m, t);
		break;
	case BTF_KIND_FUNC_PROTO:
		write_params(m, t);
		break;
	case BTF_KIND_ENUM:
		write_enums(m, t, sizeof(struct btf_enum));
		break;
	case BTF_KIND_ENUM64:
		write_enums(m, t, sizeof(struct btf_enum64));
		break;
	case BTF_KIND_ARRAY: {
		struct btf_array a = *(const struct btf_array *)(t + 1);
		a.type = number_of(m, a.type);
		a.index_type = number_of(m, a.index_type);
		strbuf_add(&m->types, &a, sizeof(a));
		break;
	}
	case BTF_KIND_INT:
	case BTF_KIND_VAR:
		strbuf_add(&m->types, t + 1, sizeof(uint32_t));
	}
}

static bool refers(uint32_t kind)
{
	switch (kind) {
	case BTF_KIND_PTR:
	case BTF_KIND_TYPEDEF:
	case BTF_KIND_VOLATILE:
	case BTF_KIND_CONST:
	case BTF_KIND_RESTRICT:
	case BTF_KIND_FUNC:
	case BTF_KIND_FUNC_PROTO:
	case BTF_KIND_VAR:
	case BTF_KIND_TYPE_TAG:
		return true;
	default:
		return false;
	}
}

static void write_type(struct maker *m, uint32_t id)
{
	const struct btf_type *t = type_at(m, id);
	uint32_t kind = BTF_INFO_KIND(t->info);
	struct btf_type head = *t;
	bool empty = m->kept[id] == NAMED && (kind == BTF_KIND_STRUCT || kind == BTF_KIND_UNION);

	head.name_off = name_at(m, t->name_off);
	if (refers(kind))
		head.type = number_of(m, t->type);
	if (empty)
		head.info = kind << 24;
	strbuf_add(&m->types, &head, sizeof(head));
	if (!empty)
		write_tail(m, t);
}

static void write_types(struct maker *m)
{
	const struct btf_type pointer = {.info = BTF_KIND_PTR << 24};

	strbuf_putc(&m->strs, '\0');
	if (m->numbers)
		strbuf_add(&m->types, &pointer, sizeof(pointer));
	for (uint32_t id = 1; id < m->count; id++)
		if (m->kept[id] && !(m->numbers && is_field_pointer(m, id)))
			write_type(m, id);
}

static void write_part(struct maker *m, struct strbuf *ret)
{
	struct head h = {
		.version = VERSION,
		.with_ids = m->needs->ids,
		.type_count = m->count,
		.needs = (uint32_t)m->needs->count,
		.kept = number_types(m),
	};

	write_types(m);
	h.types_len = (uint32_t)m->types.len;
	h.strs_len = (uint32_t)m->strs.len;
	strbuf_add(ret, &h, sizeof(h));
	strbuf_add(ret, m->found, m->needs->count * sizeof(*m->found));
	for (uint32_t id = 1; id < m->count && m->needs->ids; id++)
		if (m->kept[id])
			strbuf_add(ret, &id, sizeof(id));
	strbuf_add(ret, m->types.data, m->types.len);
	strbuf_add(ret, m->strs.data, m->strs.len);
}

int btf_part_make(const struct btf_needs *n, const struct kernel_btf *kernel, struct strbuf *ret)
{
	struct maker m = {.needs = n, .kernel = kernel, .count = kernel->count + 1};

	m.kept = calloc(m.count, 1);
	m.found = calloc(n->count ? n->count : 1, sizeof(*m.found));
	m.numbers = n->ids ? NULL : calloc(m.count, sizeof(*m.numbers));
	if (!m.kept || !m.found || (!n->ids && !m.numbers))
		m.err = -ENOMEM;
	else
		search(&m);
	if (!m.err)
		write_part(&m, ret);
	int err = m.err                    ? m.err
		  : strbuf_error(&m.types) ? strbuf_error(&m.types)
		  : strbuf_error(&m.strs)  ? strbuf_error(&m.strs)
					   : strbuf_error(ret);
	strbuf_free(&m.types);
	strbuf_free(&m.strs);
	free(m.kept);
	free(m.numbers);
	free(m.stack);
	free(m.found);
	free(m.names);
	return err;
}

/* --- reading it --------------------------------------------------------------------------------
 */

/* The types with their ids, an empty one for each that is not kept. */
static int fill_up(const struct head *h, const uint8_t *ids, const uint8_t *types,
		   struct strbuf *ret)
{
	const struct kernel_btf all = {.types = types, .types_len = h->types_len};
	const struct btf_type nothing = {.info = BTF_KIND_FWD << 24};
	uint32_t next = 1, offset = 0;

	if (!strbuf_reserve(ret, (size_t)h->type_count * sizeof(nothing) + h->types_len))
		return -ENOMEM;
	for (uint32_t i = 0; i <= h->kept; i++) {
		uint32_t id = h->type_count, begin = offset;
		if (i < h->kept)
			memcpy(&id, ids + (size_t)i * sizeof(id), sizeof(id));
		if (id < next || id > h->type_count)
			return -EINVAL;
		struct btf_type *gap = (struct btf_type *)(ret->data + ret->len);
		for (uint32_t n = 0; n < id - next; n++)
			gap[n] = nothing;
		ret->len += (id - next) * sizeof(nothing);
		next = id + 1;
		if (i == h->kept)
			break;
		if (!kernel_btf_next(&all, &offset))
			return -EINVAL;
		strbuf_add(ret, types + begin, offset - begin);
	}
	return offset == h->types_len ? 0 : -EINVAL;
}

static int copy_names(const struct head *h, const uint8_t *found, uint32_t **names)
{
	*names = malloc(h->needs ? h->needs * sizeof(**names) : 1);
	if (!*names)
		return -ENOMEM;
	if (h->needs)
		memcpy(*names, found, h->needs * sizeof(**names));
	return 0;
}

int btf_part_expand(const struct btf_needs *n, const void *part, size_t size, struct strbuf *ret,
		    uint32_t **names)
{
	struct btf_header b = {.magic = BTF_MAGIC, .version = BTF_VERSION, .hdr_len = sizeof(b)};
	struct head h;

	if (size < sizeof(h))
		return -EINVAL;
	memcpy(&h, part, sizeof(h));
	size_t found_len = (size_t)h.needs * sizeof(uint32_t);
	size_t ids_len = h.with_ids ? (size_t)h.kept * sizeof(uint32_t) : 0;
	if (h.version != VERSION || h.needs != n->count || h.with_ids != n->ids ||
	    h.type_count > INT32_MAX / sizeof(struct btf_type) || h.types_len % 4 || !h.strs_len ||
	    size - sizeof(h) != found_len + ids_len + h.types_len + h.strs_len)
		return -EINVAL;
	const uint8_t *found = (const uint8_t *)part + sizeof(h), *ids = found + found_len;
	const uint8_t *types = ids + ids_len;
	size_t begin = ret->len;
	int err = 0;

	strbuf_add(ret, &b, sizeof(b));
	if (h.with_ids)
		err = fill_up(&h, ids, types, ret);
	else
		strbuf_add(ret, types, h.types_len);
	size_t types_len = ret->len - begin - sizeof(b);
	strbuf_add(ret, types + h.types_len, h.strs_len);
	if (!err)
		err = strbuf_error(ret);
	if (!err && names)
		err = copy_names(&h, found, names);
	if (err)
		return err;
	b.type_len = b.str_off = (uint32_t)types_len;
	b.str_len = h.strs_len;
	memcpy(ret->data + begin, &b, sizeof(b));
	return 0;
}
