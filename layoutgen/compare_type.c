/* SPDX-License-Identifier: BSD-2-Clause */
/* One type in two layouts. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "layoutgen/compare.h"

/* The fields that one name space holds: those of a struct and of its anonymous members. */
struct scope {
	const struct shape_field **fields; /* in their order */
	const struct shape_field **sorted; /* by name */
	size_t count, capacity;
};

struct comparer {
	struct strbuf *out;
	enum verdict verdict;
};

/* A pair of bodies: what stands before their fields' names, and where they begin. */
struct place {
	const char *prefix; /* "in.", or "" */
	uint64_t old, new;  /* bytes from the type's start */
};

static void judge(struct comparer *c, enum verdict v)
{
	if (v > c->verdict)
		c->verdict = v;
}

static bool collect(const struct shape_body *b, struct scope *s)
{
	bool ok = true;

	for (size_t i = 0; ok && i < b->field_count; i++) {
		const struct shape_field *f = &b->fields[i];
		if (!*f->name) {
			ok = collect(&f->body, s);
			continue;
		}
		if (s->count == s->capacity) {
			size_t capacity = s->capacity ? 2 * s->capacity : 16;
			void *fields = realloc(s->fields, capacity * sizeof(*s->fields));
			if (!fields)
				return false;
			s->fields = fields;
			s->capacity = capacity;
		}
		s->fields[s->count++] = f;
	}
	return ok;
}

static int by_name(const void *a, const void *b)
{
	const struct shape_field *x = *(const struct shape_field *const *)a;
	const struct shape_field *y = *(const struct shape_field *const *)b;

	return strcmp(x->name, y->name);
}

static bool scope_init(const struct shape_body *b, struct scope *s)
{
	if (!collect(b, s))
		return false;
	s->sorted = calloc(s->count + 1, sizeof(*s->sorted));
	if (!s->sorted)
		return false;
	if (s->count) {
		memcpy(s->sorted, s->fields, s->count * sizeof(*s->sorted));
		qsort(s->sorted, s->count, sizeof(*s->sorted), by_name);
	}
	return true;
}

static void scope_free(struct scope *s)
{
	free(s->fields);
	free(s->sorted);
}

static const struct shape_field *find(const struct scope *s, const struct shape_field *f)
{
	const struct shape_field **found =
		s->count ? bsearch(&f, s->sorted, s->count, sizeof(*s->sorted), by_name) : NULL;

	return found ? *found : NULL;
}

/* "8", and for a bitfield "8 bit 3". */
static void add_place(const struct shape_field *f, struct strbuf *out)
{
	strbuf_printf(out, "%" PRIu64, f->byte_offset);
	if (f->bits)
		strbuf_printf(out, " bit %u", f->bit);
}

static void add_amount(const struct shape_field *f, struct strbuf *out)
{
	uint64_t n = f->bits ? f->bits : f->byte_size;

	strbuf_printf(out, "%" PRIu64 " %s%s", n, f->bits ? "bit" : "byte", n == 1 ? "" : "s");
}

static bool is_record(const struct shape_field *f)
{
	return f->kind == SHAPE_STRUCT || f->kind == SHAPE_UNION;
}

static bool same_dims(const struct shape_field *a, const struct shape_field *b)
{
	return a->dim_count == b->dim_count &&
	       (!a->dim_count || !memcmp(a->dims, b->dims, a->dim_count * sizeof(*a->dims)));
}

/* Do both hold the same kind of thing, whatever its size and place? */
static bool same_kind(const struct shape_field *a, const struct shape_field *b)
{
	if (a->kind != b->kind || a->dim_count != b->dim_count)
		return false;
	if (a->kind == SHAPE_POINTER)
		return true;
	/* A sign that an enum gets has an entry of its own. */
	return !strcmp(a->of, b->of) && (*a->of || a->is_signed == b->is_signed);
}

static bool same_size(const struct shape_field *a, const struct shape_field *b)
{
	return a->byte_size == b->byte_size && a->bits == b->bits;
}

/* A struct by itself that grew: what it holds has an entry of its own, what is behind it moves. */
static bool only_grew(const struct shape_field *a, const struct shape_field *b)
{
	return is_record(a) && !a->dim_count && same_kind(a, b) && b->byte_size > a->byte_size;
}

/* The line of a field that is in both; nothing when it did not change. */
static void compare_field(struct comparer *c, const struct place *at, const struct shape_field *a,
			  const struct shape_field *b)
{
	bool moved = a->byte_offset - at->old != b->byte_offset - at->new || a->bit != b->bit;
	bool resized = !same_size(a, b);
	bool retyped = !same_kind(a, b) || (!resized && !same_dims(a, b));
	const char *separator = "";

	if (!moved && !resized && !retyped)
		return;
	strbuf_printf(c->out, "  %s%s: ", at->prefix, a->name);
	if (moved) {
		strbuf_puts(c->out, "moved from ");
		add_place(a, c->out);
		strbuf_puts(c->out, " to ");
		add_place(b, c->out);
		separator = ", ";
	}
	if (resized) {
		strbuf_printf(c->out, "%sresized from ", separator);
		add_amount(a, c->out);
		strbuf_puts(c->out, " to ");
		add_amount(b, c->out);
		separator = ", ";
	}
	if (retyped || (resized && strcmp(a->type, b->type)))
		strbuf_printf(c->out, "%sretyped from %s to %s", separator, a->type, b->type);
	strbuf_putc(c->out, '\n');
	judge(c, moved || retyped || !only_grew(a, b) ? VERDICT_BROKEN : VERDICT_READS);
}

static bool compare_body(struct comparer *c, const struct place *at, const struct shape_body *a,
			 const struct shape_body *b);

/* What an anonymous type inside a named field holds: by its place from that field on. */
static bool compare_inner(struct comparer *c, const struct place *at, const struct shape_field *a,
			  const struct shape_field *b)
{
	char *prefix = str_printf("%s%s.", at->prefix, a->name);
	const struct place inner = {prefix, a->byte_offset, b->byte_offset};

	bool ok = prefix && compare_body(c, &inner, &a->body, &b->body);
	free(prefix);
	return ok;
}

static bool compare_fields(struct comparer *c, const struct place *at, const struct scope *a,
			   const struct scope *b)
{
	bool ok = true;

	for (size_t i = 0; ok && i < a->count; i++) {
		const struct shape_field *other = find(b, a->fields[i]);
		if (!other) {
			strbuf_printf(c->out, "  %s%s: removed (%s at ", at->prefix,
				      a->fields[i]->name, a->fields[i]->type);
			add_place(a->fields[i], c->out);
			strbuf_puts(c->out, ")\n");
			judge(c, VERDICT_BROKEN);
			continue;
		}
		compare_field(c, at, a->fields[i], other);
		ok = compare_inner(c, at, a->fields[i], other);
	}
	for (size_t i = 0; ok && i < b->count; i++) {
		if (find(a, b->fields[i]))
			continue;
		strbuf_printf(c->out, "  %s%s: added (%s at ", at->prefix, b->fields[i]->name,
			      b->fields[i]->type);
		add_place(b->fields[i], c->out);
		strbuf_puts(c->out, ")\n");
		judge(c, VERDICT_READS);
	}
	return ok;
}

static int value_by_name(const void *a, const void *b)
{
	return strcmp(((const struct shape_value *)a)->name, ((const struct shape_value *)b)->name);
}

/* C has names once in an enum; BTF need not. */
static int value_by_both(const void *a, const void *b)
{
	int order = value_by_name(a, b);

	return order ? order
		     : strcmp(((const struct shape_value *)a)->text,
			      ((const struct shape_value *)b)->text);
}

static int value_by_text(const void *a, const void *b)
{
	return strcmp(((const struct shape_value *)a)->text, ((const struct shape_value *)b)->text);
}

typedef int order_fn(const void *a, const void *b);

static struct shape_value *sorted_values(const struct shape_body *b, order_fn *order)
{
	struct shape_value *ret = calloc(b->value_count + 1, sizeof(*ret));

	if (ret && b->value_count) {
		memcpy(ret, b->values, b->value_count * sizeof(*ret));
		qsort(ret, b->value_count, sizeof(*ret), order);
	}
	return ret;
}

/* The values of "from" that "to" does not have: removed or added, and the changed ones once. */
static bool compare_values(struct comparer *c, const struct place *at,
			   const struct shape_body *from, const struct shape_body *to, bool removed)
{
	struct shape_value *names = sorted_values(to, value_by_both);
	struct shape_value *texts = sorted_values(to, value_by_text);
	bool ok = names && texts;

	for (size_t i = 0; ok && i < from->value_count; i++) {
		const struct shape_value *v = &from->values[i], *w;
		if (bsearch(v, names, to->value_count, sizeof(*names), value_by_both))
			continue;
		w = bsearch(v, names, to->value_count, sizeof(*names), value_by_name);
		if (w && !removed)
			continue;
		if (w) {
			strbuf_printf(c->out, "  %s%s: changed from %s to %s\n", at->prefix,
				      v->name, v->text, w->text);
			judge(c, VERDICT_BROKEN);
			continue;
		}
		w = bsearch(v, texts, to->value_count, sizeof(*texts), value_by_text);
		strbuf_printf(c->out, "  %s%s: %s (%s%s%s)\n", at->prefix, v->name,
			      removed ? "removed" : "added", v->text, removed && w ? ", now " : "",
			      removed && w ? w->name : "");
		/* A value that nobody sends any more is none that is misread. */
		judge(c, removed && w ? VERDICT_BROKEN : VERDICT_READS);
	}
	free(names);
	free(texts);
	return ok;
}

static bool compare_body(struct comparer *c, const struct place *at, const struct shape_body *a,
			 const struct shape_body *b)
{
	struct scope x = {0}, y = {0};
	bool ok = true;

	if (a->field_count || b->field_count)
		ok = scope_init(a, &x) && scope_init(b, &y) && compare_fields(c, at, &x, &y);
	if (ok && (a->value_count || b->value_count))
		ok = compare_values(c, at, a, b, true) && compare_values(c, at, b, a, false);
	scope_free(&x);
	scope_free(&y);
	return ok;
}

/* What concerns the type as a whole. */
static void compare_whole(struct comparer *c, const struct shape_type *a,
			  const struct shape_type *b)
{
	const struct shape_field *x = &a->self, *y = &b->self;

	if (!same_kind(x, y) || (same_size(x, y) && !same_dims(x, y))) {
		if (*x->type && *y->type && strcmp(x->type, y->type))
			strbuf_printf(c->out, "  retyped from %s to %s\n", x->type, y->type);
		else
			strbuf_puts(c->out, "  retyped: its values have a sign in only one\n");
		judge(c, VERDICT_BROKEN);
	}
	if (x->byte_size != y->byte_size) {
		strbuf_printf(c->out, "  size: %" PRIu64 " bytes, now %" PRIu64 "\n", x->byte_size,
			      y->byte_size);
		judge(c, is_record(x) && !x->dim_count && y->byte_size > x->byte_size
				 ? VERDICT_READS
				 : VERDICT_BROKEN);
	}
	if (a->align != b->align) {
		strbuf_printf(c->out, "  alignment: %" PRIu64 ", now %" PRIu64 "\n", a->align,
			      b->align);
		judge(c, VERDICT_READS);
	}
}

int compare_type(const struct shape_type *old, const struct shape_type *new, struct strbuf *out)
{
	struct comparer c = {.out = out, .verdict = VERDICT_SAME};
	const struct place top = {.prefix = ""};

	compare_whole(&c, old, new);
	if (!compare_body(&c, &top, &old->self.body, &new->self.body))
		return -ENOMEM;
	return (int)c.verdict;
}
