/* SPDX-License-Identifier: BSD-2-Clause */
#include "btfgen/order.h"

#include <errno.h>
#include <stdlib.h>

struct chooser {
	const struct model *m;
	struct order *order;
	bool *seen;
};

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
	if (!ret->ids || !ret->has || !c.seen) {
		free(c.seen);
		order_free(ret);
		return diag_fail(d, ENOMEM, "out of memory");
	}
	for (size_t i = 0; i < root_count; i++)
		choose(&c, roots[i]);
	free(c.seen);
	return 0;
}

void order_free(struct order *o)
{
	if (!o)
		return;
	free(o->ids);
	free(o->has);
	*o = (struct order){0};
}
