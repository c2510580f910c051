/* SPDX-License-Identifier: BSD-2-Clause */
/* Declaration tags that say how something is to be written: "wit:variant=kind", "wit:case=1". */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "witgen/private.h"

#define PREFIX "wit:"

/* What is behind "wit:NAME" or "wit:NAME=" in a tag's text. */
static const char *value_of(const char *text, const char *name)
{
	size_t len = strlen(name);

	text += strlen(PREFIX);
	if (strncmp(text, name, len) != 0)
		return NULL;
	text += len;
	return *text == '=' ? text + 1 : !*text ? text : NULL;
}

static int tag_fail(const struct wit_types *w, const struct type *tag, const char *why,
		    struct diag *d)
{
	const struct type *t = model_type(w->m, tag->target);
	const char *name = *t->name ? t->name : "{...}", *member = "";

	if (tag->component >= 0 && (uint32_t)tag->component < t->count &&
	    (t->kind == TYPE_STRUCT || t->kind == TYPE_UNION))
		member = t->members[tag->component].name;
	return diag_fail(d, EINVAL, "%s %s%s%s: the declaration tag '%s' %s",
			 type_kind_name(t->kind), name, *member ? "." : "", member, tag->name, why);
}

static bool is_union(const struct wit_types *w, const struct type *t, int32_t component)
{
	if (component < 0)
		return t->kind == TYPE_UNION;
	return t->kind == TYPE_STRUCT && (uint32_t)component < t->count &&
	       model_type(w->m, model_resolve(w->m, t->members[component].type))->kind ==
		       TYPE_UNION;
}

static int check_tag(const struct wit_types *w, const struct type *tag, struct diag *d)
{
	const struct type *t = model_type(w->m, tag->target);
	const char *value;

	if ((value = value_of(tag->name, "variant"))) {
		if (!*value)
			return tag_fail(w, tag, "names no field that says which member it is", d);
		if (!is_union(w, t, tag->component))
			return tag_fail(w, tag,
					"is for a union, or for a struct's member that is one", d);
		return 0;
	}
	if ((value = value_of(tag->name, "case")))
		return *value ? 0 : tag_fail(w, tag, "names no value", d);
	if ((value = value_of(tag->name, "bytes")))
		return *value ? tag_fail(w, tag, "takes no value", d) : 0;
	return tag_fail(w, tag,
			"is unknown: there are wit:variant=FIELD, wit:case=VALUE and wit:bytes", d);
}

static bool is_wit_tag(const struct type *t)
{
	return t->kind == TYPE_DECL_TAG && !strncmp(t->name, PREFIX, strlen(PREFIX));
}

static int by_target(const void *a, const void *b, void *model)
{
	uint32_t ids[] = {*(const uint32_t *)a, *(const uint32_t *)b};
	uint32_t targets[] = {model_type(model, ids[0])->target, model_type(model, ids[1])->target};

	if (targets[0] != targets[1])
		return targets[0] < targets[1] ? -1 : 1;
	return ids[0] < ids[1] ? -1 : ids[0] > ids[1];
}

int wit_tags_find(struct wit_types *w, struct diag *d)
{
	size_t count = 0;

	for (uint32_t id = 1; id < model_count(w->m); id++)
		count += is_wit_tag(model_type(w->m, id));
	w->tags = calloc(count + 1, sizeof(*w->tags));
	if (!w->tags)
		return wit_no_memory(d);
	for (uint32_t id = 1; id < model_count(w->m); id++) {
		if (!is_wit_tag(model_type(w->m, id)))
			continue;
		int err = check_tag(w, model_type(w->m, id), d);
		if (err)
			return err;
		w->tags[w->tag_count++] = id;
	}
	qsort_r(w->tags, w->tag_count, sizeof(*w->tags), by_target, (void *)(uintptr_t)w->m);
	return 0;
}

const char *wit_tag(const struct wit_types *w, uint32_t id, int32_t component, const char *name)
{
	size_t low = 0, high = w->tag_count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (model_type(w->m, w->tags[middle])->target < id)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < w->tag_count; low++) {
		const struct type *tag = model_type(w->m, w->tags[low]);
		if (tag->target != id)
			break;
		const char *value = tag->component == component ? value_of(tag->name, name) : NULL;
		if (value)
			return value;
	}
	return NULL;
}
