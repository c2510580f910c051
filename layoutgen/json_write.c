/* SPDX-License-Identifier: BSD-2-Clause */
#include <cjson/cJSON.h>
#include <errno.h>
#include <string.h>

#include "layoutgen/json.h"

/*
 * cJSON prints one object; lines and indentation are ours, so that a field is a line and a change
 * of one field is a change of one line.
 */
struct writer {
	struct strbuf *out;
	unsigned indent;
};

static void add_indent(struct writer *w)
{
	strbuf_putc(w->out, '\n');
	for (unsigned i = 0; i < w->indent; i++)
		strbuf_putc(w->out, '\t');
}

static void add_string(cJSON *o, const char *key, const char *value)
{
	if (*value)
		cJSON_AddStringToObject(o, key, value);
}

/* Appends "{...", left open: the lists come behind it. */
static void open_object(struct writer *w, cJSON *o)
{
	char *text = o ? cJSON_PrintUnformatted(o) : NULL;

	if (text)
		strbuf_add(w->out, text, strlen(text) - 1);
	else
		w->out->failed = true;
	cJSON_free(text);
	cJSON_Delete(o);
}

static void add_object(struct writer *w, cJSON *o)
{
	open_object(w, o);
	strbuf_putc(w->out, '}');
}

static void begin_list(struct writer *w, const char *key)
{
	strbuf_putc(w->out, ',');
	add_indent(w);
	strbuf_printf(w->out, "\"%s\":[", key);
	w->indent++;
}

static void begin_element(struct writer *w, size_t i)
{
	if (i)
		strbuf_putc(w->out, ',');
	add_indent(w);
}

static void end_list(struct writer *w, size_t count)
{
	w->indent--;
	if (count)
		add_indent(w);
	strbuf_putc(w->out, ']');
}

static void add_hole(struct writer *w, const struct shape_hole *h)
{
	cJSON *o = cJSON_CreateObject();
	bool whole = h->bit_size % 8 == 0 && !h->bit;

	cJSON_AddNumberToObject(o, "offset", (double)h->byte_offset);
	if (whole) {
		cJSON_AddNumberToObject(o, "size", (double)(h->bit_size / 8));
	} else {
		cJSON_AddNumberToObject(o, "bit", h->bit);
		cJSON_AddNumberToObject(o, "bits", (double)h->bit_size);
	}
	add_object(w, o);
}

static void add_body(struct writer *w, const struct shape_body *b, bool fields_always);

static void add_kind(cJSON *o, const struct shape_field *f)
{
	add_string(o, "type", f->type);
	cJSON_AddStringToObject(o, "kind", shape_kind_name(f->kind));
	if (f->is_signed)
		cJSON_AddTrueToObject(o, "signed");
	add_string(o, "of", f->of);
	cJSON *dims = f->dim_count ? cJSON_AddArrayToObject(o, "array") : NULL;
	for (size_t i = 0; i < f->dim_count; i++)
		cJSON_AddItemToArray(dims, cJSON_CreateNumber(f->dims[i]));
	if (f->element_known)
		cJSON_AddNumberToObject(o, "element", (double)f->element_size);
}

static void add_field(struct writer *w, const struct shape_field *f)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "name", f->name);
	cJSON_AddNumberToObject(o, "offset", (double)f->byte_offset);
	if (f->bits) {
		cJSON_AddNumberToObject(o, "bit", f->bit);
		cJSON_AddNumberToObject(o, "bits", (double)f->bits);
	} else {
		cJSON_AddNumberToObject(o, "size", (double)f->byte_size);
	}
	add_kind(o, f);
	open_object(w, o);
	w->indent++;
	add_body(w, &f->body, false);
	w->indent--;
	strbuf_putc(w->out, '}');
}

static void add_static(struct writer *w, const struct shape_field *f)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "name", f->name);
	cJSON_AddNumberToObject(o, "offset", (double)f->byte_offset);
	cJSON_AddNumberToObject(o, "size", (double)f->byte_size);
	cJSON_AddStringToObject(o, "type", f->type);
	add_object(w, o);
}

static void add_value(struct writer *w, const struct shape_value *v)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "name", v->name);
	cJSON_AddStringToObject(o, "value", v->text);
	add_object(w, o);
}

static void add_values(struct writer *w, const char *key, const struct shape_value *values,
		       size_t count)
{
	if (!count)
		return;
	begin_list(w, key);
	for (size_t i = 0; i < count; i++) {
		begin_element(w, i);
		add_value(w, &values[i]);
	}
	end_list(w, count);
}

static void add_body(struct writer *w, const struct shape_body *b, bool fields_always)
{
	if (b->field_count || fields_always) {
		begin_list(w, "fields");
		for (size_t i = 0; i < b->field_count; i++) {
			begin_element(w, i);
			add_field(w, &b->fields[i]);
		}
		end_list(w, b->field_count);
	}
	if (b->hole_count) {
		begin_list(w, "holes");
		for (size_t i = 0; i < b->hole_count; i++) {
			begin_element(w, i);
			add_hole(w, &b->holes[i]);
		}
		end_list(w, b->hole_count);
	}
	if (b->static_count) {
		begin_list(w, "statics");
		for (size_t i = 0; i < b->static_count; i++) {
			begin_element(w, i);
			add_static(w, &b->statics[i]);
		}
		end_list(w, b->static_count);
	}
	add_values(w, "values", b->values, b->value_count);
}

static void add_type(struct writer *w, const struct shape_type *t)
{
	cJSON *o = cJSON_CreateObject();
	bool is_typedef = !strcmp(t->kind, "typedef"), is_enum = !strcmp(t->kind, "enum");

	cJSON_AddStringToObject(o, "is", t->kind);
	cJSON_AddStringToObject(o, "name", t->name);
	if (t->number > 1)
		cJSON_AddNumberToObject(o, "number", t->number);
	cJSON_AddNumberToObject(o, "size", (double)t->self.byte_size);
	cJSON_AddNumberToObject(o, "align", (double)t->align);
	if (is_typedef)
		add_kind(o, &t->self);
	else if (is_enum && t->self.is_signed)
		cJSON_AddTrueToObject(o, "signed");
	open_object(w, o);
	w->indent++;
	add_body(w, &t->self.body, !is_typedef && !is_enum);
	w->indent--;
	strbuf_putc(w->out, '}');
}

int json_write(const struct shape *s, struct strbuf *out, struct diag *d)
{
	struct writer w = {.out = out, .indent = 1};

	strbuf_printf(out, "{\n\t\"wbpf_layout\":%d,\n\t\"byte_order\":\"%s\",\n",
		      LAYOUT_JSON_VERSION, s->big_endian ? "big" : "little");
	strbuf_printf(out, "\t\"pointer_size\":%u", s->pointer_size);
	begin_list(&w, "types");
	for (size_t i = 0; i < s->type_count; i++) {
		begin_element(&w, i);
		add_type(&w, &s->types[i]);
	}
	end_list(&w, s->type_count);
	add_values(&w, "constants", s->constants, s->constant_count);
	strbuf_puts(out, "\n}\n");
	return strbuf_error(out) ? diag_fail(d, ENOMEM, "out of memory") : 0;
}
