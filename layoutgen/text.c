/* SPDX-License-Identifier: BSD-2-Clause */
#include "layoutgen/text.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

/* Columns of text before the comment, tabs being 8. */
enum { COMMENT_COLUMN = 48, TAB = 8 };

struct printer {
	struct strbuf *out;
	unsigned indent;
};

static void add_indent(struct printer *p)
{
	for (unsigned i = 0; i < p->indent; i++)
		strbuf_putc(p->out, '\t');
}

/* Ends a line with where the field is. begin is where the line's own text began. */
static void add_place(struct printer *p, const struct shape_field *f, size_t begin)
{
	size_t column = p->indent * TAB + (p->out->len - begin);

	strbuf_printf(p->out, "%*s", column < COMMENT_COLUMN ? (int)(COMMENT_COLUMN - column) : 1,
		      "");
	if (f->bits)
		strbuf_printf(p->out, "/* %5" PRIu64 ":%-2u %4" PRIu64 " bit%s */\n",
			      f->byte_offset, f->bit, f->bits, f->bits == 1 ? "" : "s");
	else
		strbuf_printf(p->out, "/* %5" PRIu64 " %7" PRIu64 " */\n", f->byte_offset,
			      f->byte_size);
}

static void add_dims(struct printer *p, const struct shape_field *f)
{
	for (size_t i = 0; i < f->dim_count; i++)
		strbuf_printf(p->out, "[%" PRIu32 "]", f->dims[i]);
}

static void add_hole(struct printer *p, const struct shape_hole *h)
{
	add_indent(p);
	if (h->bit || h->bit_size % 8)
		strbuf_printf(p->out, "/* hole: %" PRIu64 " bit%s at %" PRIu64 ":%u */\n",
			      h->bit_size, h->bit_size == 1 ? "" : "s", h->byte_offset, h->bit);
	else
		strbuf_printf(p->out, "/* hole: %" PRIu64 " byte%s at %" PRIu64 " */\n",
			      h->bit_size / 8, h->bit_size == 8 ? "" : "s", h->byte_offset);
}

static void add_body(struct printer *p, const struct shape_body *b);

static void add_field(struct printer *p, const struct shape_field *f)
{
	bool writes_out = f->body.field_count || f->body.value_count;

	add_indent(p);
	size_t begin = p->out->len;
	if (writes_out) {
		strbuf_printf(p->out, "%s {\n", shape_kind_name(f->kind));
		p->indent++;
		add_body(p, &f->body);
		p->indent--;
		add_indent(p);
		begin = p->out->len;
		strbuf_printf(p->out, "}%s%s", *f->name ? " " : "", f->name);
		add_dims(p, f);
	} else {
		strbuf_puts(p->out, f->declaration);
	}
	if (f->bits)
		strbuf_printf(p->out, " : %" PRIu64, f->bits);
	strbuf_putc(p->out, ';');
	add_place(p, f, begin);
}

static bool hole_comes_first(const struct shape_hole *h, const struct shape_field *f)
{
	if (h->byte_offset != f->byte_offset)
		return h->byte_offset < f->byte_offset;
	return h->bit < f->bit;
}

static void add_values(struct printer *p, const struct shape_value *values, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		add_indent(p);
		strbuf_printf(p->out, "%s = %s,\n", values[i].name, values[i].text);
	}
}

static void add_static(struct printer *p, const struct shape_field *f)
{
	add_indent(p);
	size_t begin = p->out->len;
	strbuf_printf(p->out, "static %s;", f->declaration);
	add_place(p, f, begin);
}

/* What is left of that which is between the fields. */
struct unseen {
	const struct shape_hole *holes;
	size_t hole_count;
	const struct shape_field *statics;
	size_t static_count;
};

/* What comes in front of the field, or, when that is NULL, all. */
static void add_unseen(struct printer *p, struct unseen *u, const struct shape_field *f)
{
	for (;;) {
		const struct shape_field *next = f;
		bool is_static =
			u->static_count && (!f || u->statics->byte_offset <= f->byte_offset);
		if (is_static)
			next = u->statics;
		if (u->hole_count && (!next || hole_comes_first(u->holes, next))) {
			add_hole(p, u->holes++);
			u->hole_count--;
		} else if (is_static) {
			add_static(p, u->statics++);
			u->static_count--;
		} else {
			return;
		}
	}
}

static void add_body(struct printer *p, const struct shape_body *b)
{
	struct unseen u = {b->holes, b->hole_count, b->statics, b->static_count};

	for (size_t i = 0; i < b->field_count; i++) {
		add_unseen(p, &u, &b->fields[i]);
		add_field(p, &b->fields[i]);
	}
	add_unseen(p, &u, NULL);
	add_values(p, b->values, b->value_count);
}

static void add_total(struct printer *p, const struct shape_type *t)
{
	size_t holes = t->self.body.hole_count;

	strbuf_printf(p->out, " /* size %" PRIu64 ", align %" PRIu64, t->self.byte_size, t->align);
	if (holes)
		strbuf_printf(p->out, ", %zu hole%s", holes, holes == 1 ? "" : "s");
	strbuf_puts(p->out, " */\n");
}

static void add_type(struct printer *p, const struct shape_type *t)
{
	const struct shape_field *self = &t->self;
	bool is_typedef = !strcmp(t->kind, "typedef");
	bool writes_out = self->body.field_count || self->body.value_count || !is_typedef;

	if (!writes_out) {
		strbuf_printf(p->out, "typedef %s;", self->declaration);
		add_total(p, t);
		return;
	}
	/* The second type of a name is no C; the number says which it is. */
	if (is_typedef)
		strbuf_printf(p->out, "typedef %s {\n", shape_kind_name(self->kind));
	else
		strbuf_printf(p->out, "%s %s {\n", t->kind, t->name);
	p->indent++;
	add_body(p, &self->body);
	p->indent--;
	strbuf_puts(p->out, "}");
	if (is_typedef) {
		strbuf_printf(p->out, " %s", t->name);
		add_dims(p, self);
	}
	strbuf_putc(p->out, ';');
	add_total(p, t);
}

int text_write(const struct shape *s, struct strbuf *out, struct diag *d)
{
	struct printer p = {.out = out};

	for (size_t i = 0; i < s->type_count; i++) {
		const struct shape_type *t = &s->types[i];
		bool writes_out = t->self.body.field_count || t->self.body.value_count;
		if (i && (writes_out || strcmp(t->kind, "typedef")))
			strbuf_putc(out, '\n');
		if (t->number > 1)
			strbuf_printf(out, "/* %s */\n", t->key);
		add_type(&p, t);
	}
	if (s->constant_count) {
		strbuf_puts(out, s->type_count ? "\nenum {\n" : "enum {\n");
		p.indent++;
		add_values(&p, s->constants, s->constant_count);
		strbuf_puts(out, "}; /* of all enums without a name */\n");
	}
	return strbuf_error(out) ? diag_fail(d, ENOMEM, "out of memory") : 0;
}
