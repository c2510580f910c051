/* SPDX-License-Identifier: BSD-2-Clause */
/* One type in two layouts. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "layoutgen/compare.h"

struct scoped {
	const struct shape_field *field;
	bool is_last; /* nothing that takes room lies behind it, but what it shares a union with */
};

/* The fields that one name space holds: those of a struct and of its anonymous members. */
struct scope {
	struct scoped *fields; /* in their order */
	struct scoped *sorted; /* by name */
	size_t count, capacity;
};

struct comparer {
	const struct comparison_sides *sides;
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

static bool add(struct scope *s, const struct shape_field *f, bool is_last)
{
	if (s->count == s->capacity) {
		size_t capacity = s->capacity ? 2 * s->capacity : 16;
		void *fields = realloc(s->fields, capacity * sizeof(*s->fields));
		if (!fields)
			return false;
		s->fields = fields;
		s->capacity = capacity;
	}
	s->fields[s->count++] = (struct scoped){f, is_last};
	return true;
}

/* Adds the fields of a struct or union, which is the last thing itself or not. */
static bool collect(const struct shape_field *of, bool is_last, struct scope *s)
{
	size_t last = shape_first_last(of);
	bool ok = true;

	for (size_t i = 0; ok && i < of->body.field_count; i++) {
		const struct shape_field *f = &of->body.fields[i];
		bool this_last = is_last && i >= last;
		ok = *f->name ? add(s, f, this_last) : collect(f, this_last, s);
	}
	return ok;
}

static int by_name(const void *a, const void *b)
{
	const struct scoped *x = a, *y = b;

	return strcmp(x->field->name, y->field->name);
}

static bool scope_init(const struct shape_field *f, struct scope *s)
{
	if (!collect(f, true, s))
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

static const struct scoped *find(const struct scope *s, const struct scoped *f)
{
	return s->count ? bsearch(f, s->sorted, s->count, sizeof(*s->sorted), by_name) : NULL;
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

/* Only of arrays without a size: of others the size tells. */
static bool same_elements(const struct shape_field *a, const struct shape_field *b)
{
	return !a->element_known || !b->element_known || a->element_size == b->element_size;
}

static void add_elements(struct comparer *c, const struct shape_field *a,
			 const struct shape_field *b)
{
	strbuf_printf(c->out,
		      "each element resized from %" PRIu64 " to %" PRIu64
		      " byte%s, so an old reader misreads those behind the first",
		      a->element_size, b->element_size, b->element_size == 1 ? "" : "s");
}

/* The typedef that a type's spelling names, itself or as what an array's elements are, or NULL. */
static const struct shape_type *typedef_of(const struct shape *s, const char *spelling)
{
	static const char *const qualifiers[] = {"const ", "volatile "};

	for (size_t i = 0; i < sizeof(qualifiers) / sizeof(qualifiers[0]); i++)
		if (!strncmp(spelling, qualifiers[i], strlen(qualifiers[i])))
			spelling += strlen(qualifiers[i]);
	size_t length = strcspn(spelling, " *([");
	if (spelling[length] && spelling[length] != '[')
		return NULL;
	char *name = strndup(spelling, length);
	const struct shape_type *ret = name ? shape_find(s, "typedef", name) : NULL;
	free(name);
	return ret;
}

/* Two types that are spelled alike: what the first typedefs on the way that differ are of. */
static void find_targets(const struct comparer *c, const char **a, const char **b)
{
	/* No typedef is of itself, but in a file that was written by hand. */
	for (unsigned i = 0; i < 64 && !strcmp(*a, *b); i++) {
		const struct shape_type *x = typedef_of(c->sides->old, *a);
		const struct shape_type *y = typedef_of(c->sides->new, *b);
		if (!x || !y)
			return;
		*a = x->self.type;
		*b = y->self.type;
	}
}

/* "pid (int)". When no spelling tells them apart, what they are does. */
static void add_spelling(struct comparer *c, const struct shape_field *f, const char *target,
			 bool by_target)
{
	strbuf_puts(c->out, f->type);
	if (by_target)
		strbuf_printf(c->out, " (%s)", target);
	else if (*f->of)
		strbuf_printf(c->out, " (%s)", f->of);
	else
		strbuf_printf(c->out, " (%s)", shape_kind_name(f->kind));
}

static void add_retyped(struct comparer *c, const struct shape_field *a,
			const struct shape_field *b)
{
	const char *x = a->type, *y = b->type;

	if (strcmp(x, y)) {
		strbuf_printf(c->out, "retyped from %s to %s", x, y);
		return;
	}
	find_targets(c, &x, &y);
	bool by_target = strcmp(x, y) != 0;
	strbuf_puts(c->out, "retyped from ");
	add_spelling(c, a, x, by_target);
	strbuf_puts(c->out, " to ");
	add_spelling(c, b, y, by_target);
}

/* Does the spelling of the types, or of what the typedefs in it are of, tell them apart? */
static bool same_spelling(const struct comparer *c, const struct shape_field *a,
			  const struct shape_field *b)
{
	const char *x = a->type, *y = b->type;

	find_targets(c, &x, &y);
	return !strcmp(x, y);
}

/* The line of a field that is in both; nothing when it did not change. */
static void compare_field(struct comparer *c, const struct place *at, const struct scoped *old,
			  const struct scoped *new)
{
	const struct shape_field *a = old->field, *b = new->field;
	bool moved = a->byte_offset - at->old != b->byte_offset - at->new || a->bit != b->bit;
	bool resized = !same_size(a, b), restrided = !same_elements(a, b);
	bool retyped = !same_kind(a, b) || (!resized && !same_dims(a, b));
	bool covered = (old->is_last && !new->is_last) && shape_is_open(c->sides->old, a);
	const char *separator = "";

	if (!moved && !resized && !restrided && !retyped && !covered)
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
	if (retyped || ((resized || restrided) && !same_spelling(c, a, b))) {
		strbuf_puts(c->out, separator);
		add_retyped(c, a, b);
		separator = ", ";
	}
	if (restrided) {
		strbuf_puts(c->out, separator);
		add_elements(c, a, b);
		separator = ", ";
	}
	if (covered)
		strbuf_printf(c->out, "%sa field now lies behind it, where %s elements were",
			      separator, a->dim_count ? "its" : "the last array's");
	strbuf_putc(c->out, '\n');
	bool harmless = !moved && !retyped && !restrided && !covered && only_grew(a, b);
	judge(c, harmless ? VERDICT_READS : VERDICT_BROKEN);
}

static bool compare_body(struct comparer *c, const struct place *at, const struct shape_field *a,
			 const struct shape_field *b);

/* What an anonymous type inside a named field holds: by its place from that field on. */
static bool compare_inner(struct comparer *c, const struct place *at, const struct shape_field *a,
			  const struct shape_field *b)
{
	char *prefix = str_printf("%s%s.", at->prefix, a->name);
	const struct place inner = {prefix, a->byte_offset, b->byte_offset};

	bool ok = prefix && compare_body(c, &inner, a, b);
	free(prefix);
	return ok;
}

/* The line of a field that is in only one of them. */
static void add_only(struct comparer *c, const struct place *at, const struct shape_field *f,
		     const char *what)
{
	strbuf_printf(c->out, "  %s%s: %s (%s at ", at->prefix, f->name, what, f->type);
	add_place(f, c->out);
	strbuf_puts(c->out, ")\n");
}

static bool compare_fields(struct comparer *c, const struct place *at, const struct scope *a,
			   const struct scope *b)
{
	bool ok = true;

	for (size_t i = 0; ok && i < a->count; i++) {
		const struct scoped *other = find(b, &a->fields[i]);
		if (!other) {
			add_only(c, at, a->fields[i].field, "removed");
			judge(c, VERDICT_BROKEN);
			continue;
		}
		compare_field(c, at, &a->fields[i], other);
		ok = compare_inner(c, at, a->fields[i].field, other->field);
	}
	for (size_t i = 0; ok && i < b->count; i++) {
		if (find(a, &b->fields[i]))
			continue;
		add_only(c, at, b->fields[i].field, "added");
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

static bool compare_body(struct comparer *c, const struct place *at, const struct shape_field *a,
			 const struct shape_field *b)
{
	struct scope x = {0}, y = {0};
	bool ok = true;

	if (a->body.field_count || b->body.field_count)
		ok = scope_init(a, &x) && scope_init(b, &y) && compare_fields(c, at, &x, &y);
	if (ok && (a->body.value_count || b->body.value_count))
		ok = compare_values(c, at, &a->body, &b->body, true) &&
		     compare_values(c, at, &b->body, &a->body, false);
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
		if (!strcmp(a->kind, "typedef")) {
			strbuf_puts(c->out, "  ");
			add_retyped(c, x, y);
			strbuf_putc(c->out, '\n');
		} else {
			strbuf_puts(c->out, "  retyped: its values have a sign in only one\n");
		}
		judge(c, VERDICT_BROKEN);
	}
	if (x->byte_size != y->byte_size) {
		strbuf_printf(c->out, "  size: %" PRIu64 " bytes, now %" PRIu64 "\n", x->byte_size,
			      y->byte_size);
		judge(c, is_record(x) && !x->dim_count && y->byte_size > x->byte_size
				 ? VERDICT_READS
				 : VERDICT_BROKEN);
	}
	if (!same_elements(x, y)) {
		strbuf_puts(c->out, "  ");
		add_elements(c, x, y);
		strbuf_putc(c->out, '\n');
		judge(c, VERDICT_BROKEN);
	}
	if (a->align != b->align) {
		strbuf_printf(c->out, "  alignment: %" PRIu64 ", now %" PRIu64 "\n", a->align,
			      b->align);
		judge(c, VERDICT_READS);
	}
}

int compare_type(const struct comparison_sides *sides, const struct shape_type *old,
		 const struct shape_type *new, struct strbuf *out)
{
	struct comparer c = {.sides = sides, .out = out, .verdict = VERDICT_SAME};
	const struct place top = {.prefix = ""};

	compare_whole(&c, old, new);
	if (!compare_body(&c, &top, &old->self, &new->self))
		return -ENOMEM;
	return (int)c.verdict;
}
