/* SPDX-License-Identifier: BSD-2-Clause */
#include "layoutgen/compare.h"

#include <errno.h>
#include <string.h>

struct job {
	struct comparison_sides sides;
	struct strbuf *out;
	struct comparison result;
};

static void count(struct job *j, enum verdict v)
{
	j->result.changed += v != VERDICT_SAME;
	j->result.broken += v == VERDICT_BROKEN;
	if (v > j->result.verdict)
		j->result.verdict = v;
}

/* How many types of the same kind and name there are from this one on. */
static size_t group_size(const struct shape *s, const struct shape_type *t)
{
	const struct shape_type *end = s->types + s->type_count, *first = t;

	while (t && t < end && !shape_compare_names(t, first))
		t++;
	return t ? (size_t)(t - first) : 0;
}

static int compare_pair(struct job *j, const struct shape_type *a, const struct shape_type *b)
{
	static const char *const texts[] = {
		[VERDICT_READS] = "changed; a reader built for the old layout still reads it",
		[VERDICT_BROKEN] = "changed; a reader built for the old layout misreads it",
	};
	struct strbuf lines = {0};

	int v = compare_type(&j->sides, a, b, &lines);
	if (v > VERDICT_SAME)
		strbuf_printf(j->out, "%s: %s\n%s", a->key, texts[v], strbuf_str(&lines));
	int err = v < 0 ? v : strbuf_error(&lines);
	strbuf_free(&lines);
	if (!err)
		count(j, (enum verdict)v);
	return err;
}

/* A typedef that writes out nothing is a spelling: what has it as its type is compared by itself,
 * and when the typedef is gone, nothing is. */
static bool is_spelling(const struct shape_type *t)
{
	const struct shape_body *b = &t->self.body;

	return !strcmp(t->kind, "typedef") && !b->field_count && !b->value_count;
}

/*
 * Types that share a name have no other order than that in which the object has them, and a
 * compiler may change it: when any of the new ones is the same, nothing changed.
 */
static int compare_one(struct job *j, const struct shape_type *a, const struct shape_type *group,
		       size_t group_count)
{
	for (size_t i = 0; group_count > 1 && i < group_count; i++) {
		struct strbuf lines = {0};
		int v = compare_type(&j->sides, a, &group[i], &lines);
		strbuf_free(&lines);
		if (v <= VERDICT_SAME)
			return v;
	}
	if (a->number <= group_count)
		return compare_pair(j, a, &group[a->number - 1]);
	if (is_spelling(a))
		return 0;
	strbuf_printf(j->out, "%s: removed\n", a->key);
	count(j, VERDICT_BROKEN);
	return 0;
}

static void compare_orders(struct job *j, const struct shape *old, const struct shape *new)
{
	if (old->big_endian == new->big_endian || !old->type_count)
		return;
	strbuf_printf(j->out, "byte order: %s, now %s\n", old->big_endian ? "big" : "little",
		      new->big_endian ? "big" : "little");
	j->result.other_order = true;
	j->result.verdict = VERDICT_BROKEN;
}

/* libbpf lays out the sections of objects in this machine's order alone. That the other's are
 * missing does not mean that its variables are. */
static bool is_unknown(const struct job *j, const struct shape_type *t)
{
	return (j->sides.old->big_endian || j->sides.new->big_endian) &&
	       !strcmp(t->kind, "section");
}

/* How many constants have the name of this one, from it on. */
static size_t name_count(const struct shape *s, const struct shape_value *v)
{
	const struct shape_value *end = s->constants + s->constant_count, *first = v;

	while (v && v < end && !strcmp(v->name, first->name))
		v++;
	return v ? (size_t)(v - first) : 0;
}

static bool share_value(const struct shape_value *a, size_t a_count, const struct shape_value *b,
			size_t b_count)
{
	/* Both are sorted. */
	for (size_t i = 0, n = 0; i < a_count && n < b_count;) {
		int order = strcmp(a[i].text, b[n].text);
		if (!order)
			return true;
		if (order < 0)
			i++;
		else
			n++;
	}
	return false;
}

/*
 * By name, and only what both have: a compiler leaves enums that no field is of out of an object,
 * so that one is missing tells nothing. Sources that were linked can have one name for two values.
 */
static void compare_constants(struct job *j)
{
	const struct shape *old = j->sides.old, *new = j->sides.new;
	bool changed = false;

	for (size_t i = 0, n; i < old->constant_count; i += n) {
		const struct shape_value *a = &old->constants[i];
		const struct shape_value *b = shape_find_constant(new, a->name);
		n = name_count(old, a);
		if (!b || share_value(a, n, b, name_count(new, b)))
			continue;
		if (!changed)
			strbuf_puts(j->out, "enum {...}: changed; a reader built for the old "
					    "layout misreads it\n");
		strbuf_printf(j->out, "  %s: changed from %s to %s\n", a->name, a->text, b->text);
		changed = true;
	}
	if (changed)
		count(j, VERDICT_BROKEN);
}

int compare_shapes(const struct shape *old, const struct shape *new, bool with_added,
		   struct strbuf *out, struct comparison *ret, struct diag *d)
{
	struct job j = {.sides = {old, new}, .out = out};
	int err = 0;

	compare_orders(&j, old, new);
	for (size_t i = 0; !err && i < old->type_count; i++) {
		const struct shape_type *a = &old->types[i];
		if (is_unknown(&j, a))
			continue;
		const struct shape_type *group = shape_find(new, a->kind, a->name);
		err = compare_one(&j, a, group, group_size(new, group));
	}
	for (size_t i = 0; !err && with_added && i < new->type_count; i++) {
		const struct shape_type *b = &new->types[i];
		const struct shape_type *group = shape_find(old, b->kind, b->name);
		if (b->number <= group_size(old, group) || is_spelling(b) || is_unknown(&j, b))
			continue;
		strbuf_printf(out, "%s: added\n", b->key);
		count(&j, VERDICT_READS);
	}
	compare_constants(&j);
	if (!err)
		err = strbuf_error(out);
	*ret = j.result;
	return err ? diag_fail(d, ENOMEM, "out of memory") : 0;
}
