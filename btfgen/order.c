/* SPDX-License-Identifier: BSD-2-Clause */
#include "btfgen/order.h"

#include <errno.h>
#include <stdlib.h>

struct chooser {
	const struct model *m;
	struct order *order;
	bool *seen;
	uint32_t *pointees; /* of pointers into an arena, not yet chosen; each once */
	size_t pointee_count;
	bool *pointed_to;
};

/* A user follows such a pointer, so it sees what is there; but not before what points to it, which
 * it may contain. */
static void note_pointee(struct chooser *c, uint32_t id)
{
	uint32_t target;

	if (!model_arena_pointer(c->m, id, &target))
		return;
	target = model_resolve(c->m, target);
	if (c->pointed_to[target])
		return;
	c->pointed_to[target] = true;
	c->pointees[c->pointee_count++] = target;
}

/* Puts a type behind all that it contains by value. The model is sound, so this ends. */
static void choose(struct chooser *c, uint32_t id)
{
	const struct type *t = model_type(c->m, id);
	bool written = false;

	if (!id || c->seen[id])
		return;
	c->seen[id] = true;
	switch (t->kind) {
	case TYPE_STRUCT:
	case TYPE_UNION:
		for (uint32_t i = 0; i < t->count; i++)
			choose(c, t->members[i].type);
		written = *t->name;
		break;
	case TYPE_ENUM:
		written = true;
		break;
	case TYPE_TYPEDEF:
		written = model_has_size(c->m, id);
		choose(c, t->target);
		break;
	case TYPE_ARRAY:
	case TYPE_CONST:
	case TYPE_VOLATILE:
	case TYPE_RESTRICT:
	case TYPE_TYPE_TAG:
		choose(c, t->target);
		break;
	case TYPE_PTR:
		note_pointee(c, id);
		break;
	default:
		break;
	}
	if (written) {
		c->order->has[id] = true;
		c->order->ids[c->order->count++] = id;
	}
}

int order_types(const struct model *m, const uint32_t *roots, size_t root_count, struct order *ret,
		struct diag *d)
{
	struct chooser c = {.m = m, .order = ret};

	*ret = (struct order){
		.ids = calloc(model_count(m), sizeof(*ret->ids)),
		.has = calloc(model_count(m), sizeof(*ret->has)),
	};
	c.seen = calloc(model_count(m), sizeof(*c.seen));
	c.pointed_to = calloc(model_count(m), sizeof(*c.pointed_to));
	c.pointees = calloc(model_count(m), sizeof(*c.pointees));
	bool ok = ret->ids && ret->has && c.seen && c.pointed_to && c.pointees;
	for (size_t i = 0; ok && i < root_count; i++)
		choose(&c, roots[i]);
	for (size_t i = 0; ok && i < c.pointee_count; i++)
		choose(&c, c.pointees[i]);
	free(c.seen);
	free(c.pointed_to);
	free(c.pointees);
	if (ok)
		return 0;
	order_free(ret);
	return diag_fail(d, ENOMEM, "out of memory");
}

void order_free(struct order *o)
{
	if (!o)
		return;
	free(o->ids);
	free(o->has);
	*o = (struct order){0};
}
