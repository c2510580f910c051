/* SPDX-License-Identifier: BSD-2-Clause */
#include "btfgen/model.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "btfgen/model_check.h"
#include "btfgen/names.h"

/* How deep types may nest, so that the functions that follow them need no limit of their own; and
 * bytes of a name, of which the kernel takes 511. */
enum { MAX_DEPTH = 128, MAX_NAME = 1023 };

/* What can be walked from a type, and must end: */
enum walk {
	WALK_VALUE,    /* what is inside it by value; pointers end the walk */
	WALK_SPELLING, /* what its declaration is spelled with; structs and unions end the walk */
	WALK_COUNT,
};

struct node {
	uint8_t height; /* of the walk below it, 0 while not known */
	bool active;    /* being walked */
};

struct check {
	const struct model *m;
	struct diag *d;
	struct node *nodes;
	enum walk walk;
};

static int fail(const struct check *c, uint32_t id, const char *field, const char *what)
{
	const struct type *t = model_type(c->m, id);

	if (field)
		return diag_fail(c->d, EINVAL, "%s %s (type %u), %s: %s", type_kind_name(t->kind),
				 *t->name ? t->name : "(anonymous)", id,
				 *field ? field : "(anonymous)", what);
	return diag_fail(c->d, EINVAL, "%s %s (type %u): %s", type_kind_name(t->kind),
			 *t->name ? t->name : "(anonymous)", id, what);
}

static bool in_range(const struct check *c, uint32_t id)
{
	return id < model_count(c->m);
}

static bool is_too_long(const char *name)
{
	return strnlen(name, MAX_NAME + 1) > MAX_NAME;
}

static bool bad_name(const char *name, bool may_be_empty)
{
	if (!*name)
		return !may_be_empty;
	size_t n = name_identifier_length(name);
	return !n || n > MAX_NAME;
}

static bool is_power_of_two(uint64_t n)
{
	return n && !(n & (n - 1));
}

/* The type alone: its ids, names and sizes. */
static int check_members(struct check *c, uint32_t id, const struct type *t)
{
	for (uint32_t i = 0; i < t->count; i++) {
		const struct member *m = &t->members[i];
		if (bad_name(m->name, true))
			return fail(c, id, m->name, "the name is no identifier");
		if (!in_range(c, m->type))
			return fail(c, id, m->name, "its type does not exist");
		if (t->kind == TYPE_UNION && m->bit_offset)
			return fail(c, id, m->name, "a union's field that does not begin at 0");
		if (t->kind == TYPE_STRUCT && i && m->bit_offset < m[-1].bit_offset)
			return fail(c, id, m->name, "begins before the field in front of it");
		if (!m->bit_size && m->bit_offset % 8)
			return fail(c, id, m->name, "begins inside a byte and is no bitfield");
	}
	return 0;
}

static int check_params(struct check *c, uint32_t id, const struct type *t)
{
	for (uint32_t i = 0; i < t->count; i++) {
		if (!in_range(c, t->params[i].type))
			return fail(c, id, NULL, "a parameter of a type that does not exist");
		if (!t->params[i].type && i + 1 < t->count)
			return fail(c, id, NULL, "a parameter of type void");
	}
	return 0;
}

static bool holds(const struct type *t, uint64_t value)
{
	unsigned unused = 64 - 8 * (unsigned)t->size;

	return t->is_signed ? (int64_t)(value << unused) >> unused == (int64_t)value
			    : value << unused >> unused == value;
}

static int check_values(struct check *c, uint32_t id, const struct type *t)
{
	if (!is_power_of_two(t->size) || t->size > 8)
		return fail(c, id, NULL, "an enum of a size other than 1, 2, 4 or 8 bytes");
	for (uint32_t i = 0; i < t->count; i++) {
		if (bad_name(t->values[i].name, false))
			return fail(c, id, t->values[i].name, "the name is no identifier");
		if (!holds(t, t->values[i].value))
			return fail(c, id, t->values[i].name, "does not fit the enum's size");
	}
	return 0;
}

static int check_vars(struct check *c, uint32_t id, const struct type *t)
{
	uint64_t end = 0;

	for (uint32_t i = 0; i < t->count; i++) {
		const struct section_var *v = &t->vars[i];
		const struct type *var = model_type(c->m, v->var);
		if (var->kind != TYPE_VAR && var->kind != TYPE_FUNC)
			return fail(c, id, NULL, "lists something that is no variable");
		/* An object that no linker has seen has all offsets and the size 0. */
		if (!t->size)
			continue;
		if (v->offset < end || (uint64_t)v->offset + v->size > t->size)
			return fail(c, id, var->name,
				    "overlaps another variable or the section's end");
		end = (uint64_t)v->offset + v->size;
	}
	return 0;
}

static int check_scalar(struct check *c, uint32_t id, const struct type *t)
{
	if (t->kind == TYPE_INT && (!is_power_of_two(t->size) || t->size > 16))
		return fail(c, id, NULL, "an integer of a size other than 1, 2, 4, 8 or 16 bytes");
	if (t->kind == TYPE_INT && (!t->int_bits || t->int_bits > 8 * t->size))
		return fail(c, id, NULL, "an integer that is wider than its size");
	if (t->kind == TYPE_FLOAT && t->size != 12 && (!is_power_of_two(t->size) || t->size > 16))
		return fail(c, id, NULL, "a float of a size other than 2, 4, 8, 12 or 16 bytes");
	return 0;
}

/* gcc gives prototypes behind pointers to functions a function without a name. */
static bool must_have_name(enum type_kind kind)
{
	return kind == TYPE_INT || kind == TYPE_FLOAT || kind == TYPE_FWD || kind == TYPE_TYPEDEF ||
	       kind == TYPE_VAR;
}

static bool has_identifier(enum type_kind kind)
{
	return kind == TYPE_FWD || kind == TYPE_TYPEDEF || kind == TYPE_FUNC || kind == TYPE_VAR ||
	       kind == TYPE_STRUCT || kind == TYPE_UNION || kind == TYPE_ENUM;
}

static int check_one(struct check *c, uint32_t id)
{
	const struct type *t = model_type(c->m, id);

	if (t->kind <= TYPE_VOID || t->kind >= TYPE_KIND_COUNT)
		return fail(c, id, NULL, "of a kind that does not exist");
	if (!in_range(c, t->target))
		return fail(c, id, NULL, "refers to a type that does not exist");
	if ((must_have_name(t->kind) && !*t->name) ||
	    (has_identifier(t->kind) && bad_name(t->name, true)))
		return fail(c, id, NULL, "the name is no identifier");
	if (!has_identifier(t->kind) && (is_too_long(t->name) || !name_is_printable(t->name)))
		return fail(c, id, NULL, "the name is too long or has control characters");
	if (t->size > UINT32_MAX)
		return fail(c, id, NULL, "of more than 4 GiB");
	switch (t->kind) {
	case TYPE_INT:
	case TYPE_FLOAT:
		return check_scalar(c, id, t);
	case TYPE_STRUCT:
	case TYPE_UNION:
		return check_members(c, id, t);
	case TYPE_ENUM:
		return check_values(c, id, t);
	case TYPE_FUNC_PROTO:
		return check_params(c, id, t);
	case TYPE_DATASEC:
		return check_vars(c, id, t);
	case TYPE_FUNC:
		if (model_type(c->m, t->target)->kind != TYPE_FUNC_PROTO)
			return fail(c, id, NULL, "has no prototype");
		return 0;
	default:
		return 0;
	}
}

/* The walks: the types below a type, one after the other. Returns false after the last. */
static bool child(const struct check *c, const struct type *t, uint32_t i, uint32_t *ret)
{
	bool value = c->walk == WALK_VALUE;

	switch (t->kind) {
	case TYPE_STRUCT:
	case TYPE_UNION:
		if (!value || i >= t->count)
			return false;
		*ret = t->members[i].type;
		return true;
	case TYPE_ARRAY:
	case TYPE_TYPEDEF:
	case TYPE_CONST:
	case TYPE_VOLATILE:
	case TYPE_RESTRICT:
	case TYPE_TYPE_TAG:
	case TYPE_VAR:
		*ret = t->target;
		return i == 0;
	case TYPE_PTR:
	case TYPE_FUNC:
		*ret = t->target;
		return !value && i == 0;
	case TYPE_FUNC_PROTO:
		if (value || i > t->count)
			return false;
		*ret = i ? t->params[i - 1].type : t->target;
		return true;
	default:
		return false;
	}
}

static int walk(struct check *c, uint32_t id, unsigned depth)
{
	const struct type *t = model_type(c->m, id);
	struct node *n = &c->nodes[id];
	uint32_t below;
	unsigned height = 1;

	if (n->height)
		return 0;
	if (n->active)
		return fail(c, id, NULL, "contains itself");
	if (depth >= MAX_DEPTH)
		return fail(c, id, NULL, "nests too deep");
	n->active = true;
	for (uint32_t i = 0; child(c, t, i, &below); i++) {
		int err = walk(c, below, depth + 1);
		if (err)
			return err;
		if (c->nodes[below].height >= height)
			height = c->nodes[below].height + 1u;
	}
	n->active = false;
	if (height > MAX_DEPTH)
		return fail(c, id, NULL, "nests too deep");
	n->height = (uint8_t)height;
	return 0;
}

static int walk_all(struct check *c, enum walk kind)
{
	c->walk = kind;
	c->nodes = calloc(model_count(c->m), sizeof(*c->nodes));
	if (!c->nodes)
		return diag_fail(c->d, ENOMEM, "out of memory");
	int err = 0;
	for (uint32_t id = 1; !err && id < model_count(c->m); id++)
		err = walk(c, id, 0);
	free(c->nodes);
	c->nodes = NULL;
	return err;
}

/* With all walks known to end: do a type's parts have a size, and fit into it? */
static int check_array(struct check *c, uint32_t id)
{
	uint64_t size = 1;
	uint32_t at = id;

	for (; model_type(c->m, at)->kind == TYPE_ARRAY;
	     at = model_resolve(c->m, model_type(c->m, at)->target)) {
		size *= model_type(c->m, at)->count;
		if (size > UINT32_MAX)
			return fail(c, id, NULL, "an array of more than 4 GiB");
	}
	if (!model_has_size(c->m, id))
		return fail(c, id, NULL, "an array of something that has no size");
	if (size * model_type(c->m, at)->size > UINT32_MAX)
		return fail(c, id, NULL, "an array of more than 4 GiB");
	return 0;
}

static int check_fields_fit(struct check *c, uint32_t id, const struct type *t)
{
	for (uint32_t i = 0; i < t->count; i++) {
		const struct member *m = &t->members[i];
		uint64_t bits = 8 * model_size(c->m, m->type);
		if (!model_has_size(c->m, m->type))
			return fail(c, id, m->name, "a field of a type that has no size");
		if (m->bit_size) {
			enum type_kind kind = model_type(c->m, model_resolve(c->m, m->type))->kind;
			if (kind != TYPE_INT && kind != TYPE_ENUM)
				return fail(c, id, m->name, "a bitfield that is no integer");
			if (m->bit_size > bits)
				return fail(c, id, m->name, "a bitfield wider than its type");
			bits = m->bit_size;
		}
		if (m->bit_offset + bits > 8 * t->size)
			return fail(c, id, m->name, "reaches past the end");
	}
	return 0;
}

static int check_fit(struct check *c, uint32_t id)
{
	const struct type *t = model_type(c->m, id);

	if (t->kind == TYPE_ARRAY)
		return check_array(c, id);
	if (t->kind == TYPE_STRUCT || t->kind == TYPE_UNION)
		return check_fields_fit(c, id, t);
	return 0;
}

int model_check(const struct model *m, struct diag *d)
{
	struct check c = {.m = m, .d = d};
	uint32_t count = model_count(m);
	int err = 0;

	for (uint32_t id = 1; !err && id < count; id++)
		err = check_one(&c, id);
	if (!err)
		err = walk_all(&c, WALK_VALUE);
	if (!err)
		err = walk_all(&c, WALK_SPELLING);
	/* Arrays first: a field's size is a product that must not overflow. */
	for (uint32_t id = 1; !err && id < count; id++)
		if (model_type(m, id)->kind == TYPE_ARRAY)
			err = check_fit(&c, id);
	for (uint32_t id = 1; !err && id < count; id++)
		if (model_type(m, id)->kind != TYPE_ARRAY)
			err = check_fit(&c, id);
	if (!err)
		err = model_check_written(m, d);
	return err;
}
