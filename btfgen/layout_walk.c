/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>
#include <stdlib.h>

#include "btfgen/layout.h"

struct walker {
	const struct layout *l;
	layout_visit *visit;
	void *context;
	struct layout_step *path;
	size_t capacity;
};

/* The anonymous struct or union that a field is, or is an array of. What a typedef or a tag names
 * is checked where it is defined; but the fields of a field without a name are those of what it is
 * in. */
static const struct record *anonymous_record(const struct layout *l, const struct slot *s)
{
	uint32_t id = *s->name ? s->type : model_resolve(layout_model(l), s->type);
	const struct type *t =
		model_type(layout_model(l), model_skip_modifiers(layout_model(l), id));

	while (t->kind == TYPE_ARRAY) {
		id = model_skip_modifiers(layout_model(l), t->target);
		t = model_type(layout_model(l), id);
	}
	if ((t->kind != TYPE_STRUCT && t->kind != TYPE_UNION) || (*s->name && *t->name))
		return NULL;
	const struct record *r;
	return layout_record(l, model_skip_modifiers(layout_model(l), id), &r, NULL) ? NULL : r;
}

static int walk(struct walker *w, const struct record *r, size_t depth, uint64_t base)
{
	int err = 0;

	if (depth == w->capacity) {
		size_t capacity = w->capacity ? 2 * w->capacity : 8;
		struct layout_step *path = realloc(w->path, capacity * sizeof(*path));
		if (!path)
			return -ENOMEM;
		w->path = path;
		w->capacity = capacity;
	}
	for (size_t i = 0; !err && i < r->slot_count; i++) {
		const struct slot *s = &r->slots[i];
		if (s->kind != SLOT_FIELD && s->kind != SLOT_BITFIELD)
			continue;
		w->path[depth] = (struct layout_step){r, s};
		if (*s->name)
			err = w->visit(w->context, w->path, depth + 1, base + s->byte_offset);
		const struct record *inner = anonymous_record(w->l, s);
		if (!err && inner)
			err = walk(w, inner, depth + 1, base + s->byte_offset);
	}
	return err;
}

int layout_walk(const struct layout *l, const struct record *r, layout_visit *visit, void *context)
{
	struct walker w = {.l = l, .visit = visit, .context = context};

	int err = walk(&w, r, 0, 0);
	free(w.path);
	return err;
}
