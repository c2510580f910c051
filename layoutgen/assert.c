/* SPDX-License-Identifier: BSD-2-Clause */
#include "layoutgen/assert.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "btfgen/names.h"
#include "templates/template.h"

struct asserter {
	const struct object *o;
	struct template_data *data;
	struct template_data *type; /* the one being made */
	const char *key;
	size_t count; /* of types */
	struct diag *d;
};

/* Where a field is reached from: "in.list[0].". */
struct path {
	const char *text;
	bool in_cxx; /* every name in it can be one of C++ */
};

/* The number as C has it: a literal that fits its type, and the least one as a difference. */
static void set_value(struct template_data *item, const char *text)
{
	bool negative = *text == '-';
	unsigned long long n = strtoull(text + negative, NULL, 10);

	if (negative && n > INT64_MAX)
		template_setf(item, "value", "-%lluLL - 1", n - 1);
	else
		template_setf(item, "value", "%s%s", text, n > INT64_MAX ? "ULL" : "LL");
}

static struct template_data *add_value(struct template_data *to, const char *list,
				       const struct shape_value *v)
{
	struct template_data *item = template_add(to, list);

	template_set(item, "name", v->name);
	set_value(item, v->text);
	return item;
}

static void add_values(struct asserter *a, const struct shape_body *b, bool c_only)
{
	for (size_t i = 0; i < b->value_count; i++)
		template_flag(add_value(a->type, "values", &b->values[i]), "c_only", c_only);
}

/* The first element of an array. */
static void add_zeros(struct strbuf *text, size_t dims)
{
	while (dims--)
		strbuf_puts(text, "[0]");
}

static int add_fields(struct asserter *a, const struct path *path, const struct shape_body *b);

static int add_inner(struct asserter *a, const struct path *path, const struct shape_field *f)
{
	struct strbuf text = {0};

	strbuf_printf(&text, "%s%s", path->text, f->name);
	add_zeros(&text, f->dim_count);
	strbuf_putc(&text, '.');
	int err = strbuf_error(&text) ? diag_fail(a->d, ENOMEM, "out of memory") : 0;
	const struct path inner = {strbuf_str(&text),
				   path->in_cxx && !name_is_cxx_keyword(f->name)};
	if (!err)
		err = add_fields(a, *f->name ? &inner : path, &f->body);
	strbuf_free(&text);
	return err;
}

static void set_first(struct template_data *item, size_t dims)
{
	struct strbuf text = {0};

	add_zeros(&text, dims);
	template_set(item, "element_of", strbuf_error(&text) ? NULL : strbuf_str(&text));
	strbuf_free(&text);
}

static int add_field(struct asserter *a, const struct path *path, const struct shape_field *f)
{
	if (name_is_c_keyword(f->name))
		return diag_fail(a->d, ENOTSUP,
				 "%s: %s, field %s: no header of C can have this name", a->o->path,
				 a->key, f->name);
	if (*f->name && (!f->bits || f->is_long)) {
		/* sizeof does not want an array without a length; its elements have one. */
		bool is_open = !f->byte_size && f->element_size;
		struct template_data *item = template_add(a->type, "fields");
		template_setf(item, "field", "%s%s", path->text, f->name);
		template_set_number(item, "offset", f->byte_offset);
		template_set_number(item, "bytes", is_open ? f->element_size : f->byte_size);
		template_flag(item, "has_size", f->byte_size);
		template_flag(item, "has_element", is_open);
		set_first(item, f->dim_count);
		template_flag(item, "is_long", f->is_long);
		template_flag(item, "c_only", !path->in_cxx || name_is_cxx_keyword(f->name));
	}
	/* C knows an anonymous enum's enumerators outside of the struct, C++ only in it. */
	add_values(a, &f->body, true);
	return add_inner(a, path, f);
}

static int add_fields(struct asserter *a, const struct path *path, const struct shape_body *b)
{
	int err = 0;

	for (size_t i = 0; !err && i < b->field_count; i++)
		err = add_field(a, path, &b->fields[i]);
	return err;
}

/* What has the fields: the type, or of a typedef of an array what its elements are. */
static void set_element(struct asserter *a, const struct shape_type *t)
{
	struct strbuf text = {0};

	if (t->self.dim_count) {
		strbuf_printf(&text, "__typeof__((*(%s *)0)", t->key);
		add_zeros(&text, t->self.dim_count);
		strbuf_putc(&text, ')');
	} else {
		strbuf_puts(&text, t->key);
	}
	template_set(a->type, "element", strbuf_str(&text));
	strbuf_free(&text);
}

static int add_type(struct asserter *a, const struct shape_type *t)
{
	static const struct path top = {"", true};
	const struct shape_body *b = &t->self.body;

	if (!strcmp(t->kind, "section"))
		return 0;
	if (!strcmp(t->kind, "typedef") && !b->field_count && !b->value_count)
		return 0;
	if (t->number > 1)
		return diag_fail(a->d, ENOTSUP,
				 "%s: it has different types of the name %s %s, and a header of C "
				 "can have one; choose with --type",
				 a->o->path, t->kind, t->name);
	a->key = t->key;
	a->type = template_add(a->data, "types");
	a->count++;
	template_set(a->type, "type", t->key);
	set_element(a, t);
	template_set_number(a->type, "bytes", t->self.byte_size);
	/* A typedef of an array without a length has none. */
	template_flag(a->type, "has_size", t->self.byte_size || !t->self.dim_count);
	template_list(a->type, "fields");
	template_list(a->type, "values");
	add_values(a, b, false);
	return add_fields(a, &top, b);
}

int assert_write(const struct object *o, const struct shape *s, struct strbuf *out, struct diag *d)
{
	struct asserter a = {.o = o, .data = template_data_new(), .d = d};
	int err = 0;

	if (s->big_endian)
		err = diag_fail(d, ENOTSUP,
				"%s: big-endian: a header written by hand has its fields at the "
				"right places, but reads them in the wrong order; use \"wbpf-gen "
				"header\"",
				o->path);
	template_set_comment(a.data, "file", o->file);
	template_list(a.data, "types");
	for (size_t i = 0; !err && i < s->type_count; i++)
		err = add_type(&a, &s->types[i]);
	template_list(a.data, "constants");
	/* Those of an object can be of a header that the user half does not include. */
	size_t constants = o->is_header ? s->constant_count : 0;
	for (size_t i = 0; i < constants; i++)
		add_value(a.data, "constants", &s->constants[i]);
	if (!err && !a.count && !constants)
		err = diag_fail(d, ENOENT,
				"%s: no struct, union or enum to assert; name one with --type",
				o->path);
	if (!err)
		err = template_render("assert.h.tmpl", a.data, out, d);
	template_data_free(a.data);
	return err;
}
