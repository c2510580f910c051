/* SPDX-License-Identifier: BSD-2-Clause */
#include <cjson/cJSON.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "btfgen/names.h"
#include "layoutgen/json.h"

enum {
	MAX_DEPTH = 128,      /* of fields inside fields, as in the type model */
	MAX_TEXT = 64 << 10,  /* bytes of a name or a type's spelling */
	MAX_DIMS = MAX_DEPTH, /* of an array */
};

/* The largest size that the layout knows: beyond it nothing in BTF reaches. */
#define MAX_NUMBER ((double)UINT32_MAX)

struct reader {
	const char *file;
	struct shape *s;
	const char *type, *field; /* where we are, for messages */
	struct diag *d;
};

static int bad(struct reader *r, const char *key, const char *what)
{
	return diag_fail(r->d, EINVAL, "%s: %s%s%s%s: \"%s\" %s", r->file,
			 r->type ? r->type : "the layout", r->field ? ", field " : "",
			 r->field ? r->field : "", r->field && !*r->field ? "(anonymous)" : "", key,
			 what);
}

static const cJSON *get(const cJSON *o, const char *key)
{
	return cJSON_GetObjectItemCaseSensitive(o, key);
}

/* A whole number from 0 to max; missing is dflt, or an error when that is negative. */
static int get_number(struct reader *r, const cJSON *o, const char *key, double max, double dflt,
		      uint64_t *ret)
{
	const cJSON *v = get(o, key);

	if (!v && dflt >= 0) {
		*ret = (uint64_t)dflt;
		return 0;
	}
	if (!v)
		return bad(r, key, "is missing");
	double n = v->valuedouble;
	/* The comparisons are false for what is no number. */
	if (!cJSON_IsNumber(v) || !(n >= 0 && n <= max) || n != (double)(uint64_t)n)
		return bad(r, key, "is no whole number in the range that it can have");
	*ret = (uint64_t)n;
	return 0;
}

/* The text goes to terminals and into C, so what can steer them is refused. */
static int get_text(struct reader *r, const cJSON *o, const char *key, bool needed,
		    const char **ret)
{
	const cJSON *v = get(o, key);

	*ret = "";
	if (!v && !needed)
		return 0;
	if (!v)
		return bad(r, key, "is missing");
	if (!cJSON_IsString(v))
		return bad(r, key, "is no string");
	size_t n = 0;
	for (const unsigned char *c = (const void *)v->valuestring; *c; c++, n++)
		if (*c < ' ' || *c == 0x7f || n >= MAX_TEXT)
			return bad(r, key, "is too long or has control characters");
	*ret = shape_string(r->s, v->valuestring);
	return *ret ? 0 : diag_fail(r->d, ENOMEM, "out of memory");
}

static int get_name(struct reader *r, const cJSON *o, bool may_be_empty, const char **ret)
{
	int err = get_text(r, o, "name", true, ret);

	if (!err && !(*ret[0] ? name_is_identifier(*ret) : may_be_empty))
		err = bad(r, "name", "is no identifier");
	return err;
}

static int get_flag(struct reader *r, const cJSON *o, const char *key, bool *ret)
{
	const cJSON *v = get(o, key);

	*ret = cJSON_IsTrue(v);
	return !v || cJSON_IsBool(v) ? 0 : bad(r, key, "is neither true nor false");
}

/* The list and how long it is; NULL when there is none. */
static int get_list(struct reader *r, const cJSON *o, const char *key, const cJSON **ret,
		    size_t *ret_count)
{
	*ret = get(o, key);
	*ret_count = 0;
	if (*ret && !cJSON_IsArray(*ret))
		return bad(r, key, "is no list");
	for (const cJSON *i = *ret ? (*ret)->child : NULL; i; i = i->next)
		++*ret_count;
	return 0;
}

static int get_kind(struct reader *r, const cJSON *o, enum shape_kind *ret)
{
	const cJSON *v = get(o, "kind");

	for (int k = 0; cJSON_IsString(v) && k < SHAPE_KIND_COUNT; k++) {
		*ret = (enum shape_kind)k;
		if (!strcmp(v->valuestring, shape_kind_name(*ret)))
			return 0;
	}
	return bad(r, "kind", v ? "is none of those that there are" : "is missing");
}

static int read_dims(struct reader *r, const cJSON *o, struct shape_field *f)
{
	const cJSON *list, *i;

	int err = get_list(r, o, "array", &list, &f->dim_count);
	if (err)
		return err;
	if (f->dim_count > MAX_DIMS)
		return bad(r, "array", "has too many dimensions");
	uint32_t *dims = shape_alloc(r->s, f->dim_count, sizeof(*dims));
	if (!dims)
		return diag_fail(r->d, ENOMEM, "out of memory");
	f->dims = dims;
	cJSON_ArrayForEach(i, list)
	{
		double n = i->valuedouble;
		if (!cJSON_IsNumber(i) || !(n >= 0 && n <= MAX_NUMBER) || n != (double)(uint32_t)n)
			return bad(r, "array", "has a length that is no whole number");
		*dims++ = (uint32_t)n;
	}
	return 0;
}

static int read_what(struct reader *r, const cJSON *o, struct shape_field *f)
{
	int err = get_kind(r, o, &f->kind);
	if (!err)
		err = get_text(r, o, "type", true, &f->type);
	if (!err && !*f->type)
		err = bad(r, "type", "is empty");
	if (!err)
		err = get_text(r, o, "of", false, &f->of);
	if (!err)
		err = get_flag(r, o, "signed", &f->is_signed);
	/* Of others it means nothing. */
	f->is_signed &= f->kind == SHAPE_ENUM;
	if (!err)
		err = read_dims(r, o, f);
	/* Of an array that has a size, or of no array, it means nothing. */
	if (!err && f->dim_count && !f->byte_size && get(o, "element")) {
		err = get_number(r, o, "element", MAX_NUMBER, -1, &f->element_size);
		f->element_known = true;
	}
	return err;
}

static int read_body(struct reader *r, const cJSON *o, uint64_t end, unsigned depth,
		     struct shape_body *b);

static int read_place(struct reader *r, const cJSON *o, uint64_t end, struct shape_field *f)
{
	uint64_t bit = 0;

	int err = get_number(r, o, "offset", MAX_NUMBER, -1, &f->byte_offset);
	if (!err && get(o, "bits")) {
		err = get_number(r, o, "bits", 128, -1, &f->bits);
		if (!err && !f->bits)
			err = bad(r, "bits", "is 0");
		if (!err)
			err = get_number(r, o, "bit", 7, -1, &bit);
		f->bit = (unsigned)bit;
	} else if (!err) {
		err = get_number(r, o, "size", MAX_NUMBER, -1, &f->byte_size);
	}
	if (!err && f->byte_offset + f->byte_size + (f->bit + f->bits + 7) / 8 > end)
		err = bad(r, "offset", "puts the field past the end of what it is in");
	return err;
}

static int read_field(struct reader *r, const cJSON *o, uint64_t end, unsigned depth,
		      struct shape_field *f)
{
	r->field = NULL;
	if (!cJSON_IsObject(o))
		return bad(r, "fields", "has something in it that is no field");
	int err = get_name(r, o, true, &f->name);
	r->field = f->name;
	if (!err)
		err = read_place(r, o, end, f);
	if (!err)
		err = read_what(r, o, f);
	if (!err && !*f->name && f->kind != SHAPE_STRUCT && f->kind != SHAPE_UNION)
		err = bad(r, "name", "is empty, and the field is no struct or union");
	if (err)
		return err;
	/* An array's fields are those of its first element, which a flexible one has not. */
	if (f->byte_size)
		end = f->byte_offset + f->byte_size;
	else if (f->dim_count)
		end = UINT64_MAX;
	return read_body(r, o, end, depth + 1, &f->body);
}

static bool is_decimal(const char *s)
{
	size_t sign = *s == '-', n = strspn(s + sign, "0123456789");

	return n && n <= 20 && !s[sign + n];
}

static int read_values(struct reader *r, const cJSON *o, const char *key, struct shape_value **ret,
		       size_t *ret_count)
{
	const cJSON *list, *i;
	size_t count;

	int err = get_list(r, o, key, &list, &count);
	if (err)
		return err;
	*ret = shape_alloc(r->s, count, sizeof(**ret));
	if (!*ret)
		return diag_fail(r->d, ENOMEM, "out of memory");
	cJSON_ArrayForEach(i, list)
	{
		struct shape_value *v = &(*ret)[(*ret_count)++];
		err = get_name(r, i, false, &v->name);
		if (!err)
			err = get_text(r, i, "value", true, &v->text);
		if (!err && !is_decimal(v->text))
			err = bad(r, "value", "is no decimal number in a string");
		if (err)
			return err;
	}
	return 0;
}

static int read_body(struct reader *r, const cJSON *o, uint64_t end, unsigned depth,
		     struct shape_body *b)
{
	const cJSON *list, *i;
	size_t count;

	if (depth > MAX_DEPTH)
		return bad(r, "fields", "nests too deep");
	int err = get_list(r, o, "fields", &list, &count);
	if (err)
		return err;
	b->fields = shape_alloc(r->s, count, sizeof(*b->fields));
	if (!b->fields)
		return diag_fail(r->d, ENOMEM, "out of memory");
	cJSON_ArrayForEach(i, list)
	{
		err = read_field(r, i, end, depth, &b->fields[b->field_count++]);
		if (err)
			return err;
	}
	return read_values(r, o, "values", &b->values, &b->value_count);
}

static int read_is(struct reader *r, const cJSON *o, struct shape_type *t)
{
	static const char *const words[] = {"enum", "section", "struct", "typedef", "union"};
	const cJSON *v = get(o, "is");

	for (size_t i = 0; cJSON_IsString(v) && i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(v->valuestring, words[i]))
			t->kind = words[i];
	return t->kind ? 0 : bad(r, "is", v ? "is no kind of type that there is" : "is missing");
}

/* What a struct, union, enum or section is follows from "is"; a typedef says it. */
static int read_self(struct reader *r, const cJSON *o, struct shape_type *t)
{
	struct shape_field *self = &t->self;

	if (!strcmp(t->kind, "typedef"))
		return read_what(r, o, self);
	self->kind = !strcmp(t->kind, "enum")    ? SHAPE_ENUM
		     : !strcmp(t->kind, "union") ? SHAPE_UNION
						 : SHAPE_STRUCT;
	self->type = self->of = "";
	int err = get_flag(r, o, "signed", &self->is_signed);
	self->is_signed &= self->kind == SHAPE_ENUM;
	return err;
}

static int read_type(struct reader *r, const cJSON *o, struct shape_type *t)
{
	uint64_t number = 0;

	r->type = r->field = NULL;
	if (!cJSON_IsObject(o))
		return bad(r, "types", "has something in it that is no type");
	int err = read_is(r, o, t);
	if (!err && !strcmp(t->kind, "section"))
		err = get_text(r, o, "name", true, &t->name);
	else if (!err)
		err = get_name(r, o, false, &t->name);
	if (!err)
		err = get_number(r, o, "number", MAX_NUMBER, 1, &number);
	if (err)
		return err;
	t->number = (unsigned)number;
	t->key = shape_key(r->s, t->kind, t->name, t->number);
	if (!t->key)
		return diag_fail(r->d, ENOMEM, "out of memory");
	r->type = t->key;
	t->self.name = t->name;
	err = get_number(r, o, "size", MAX_NUMBER, -1, &t->self.byte_size);
	if (!err)
		err = get_number(r, o, "align", MAX_NUMBER, -1, &t->align);
	if (!err)
		err = read_self(r, o, t);
	/* As in read_field(): a typedef can be of an array without elements. */
	uint64_t end = t->self.dim_count && !t->self.byte_size ? UINT64_MAX : t->self.byte_size;
	if (!err)
		err = read_body(r, o, end, 0, &t->self.body);
	if (err)
		return err;
	r->field = json_field_twice(&t->self.body, &err);
	if (err)
		return diag_fail(r->d, ENOMEM, "out of memory");
	return r->field ? bad(r, "fields", "has this one twice") : 0;
}

static int by_key(const void *a, const void *b)
{
	const struct shape_type *x = a, *y = b;
	int order = shape_compare_names(x, y);

	return order ? order : x->number < y->number ? -1 : x->number > y->number;
}

static int read_types(struct reader *r, const cJSON *root)
{
	const cJSON *list, *i;
	size_t count;

	int err = get_list(r, root, "types", &list, &count);
	if (!err && !list)
		err = bad(r, "types", "is missing");
	if (err)
		return err;
	r->s->types = shape_alloc(r->s, count, sizeof(*r->s->types));
	if (!r->s->types)
		return diag_fail(r->d, ENOMEM, "out of memory");
	cJSON_ArrayForEach(i, list)
	{
		err = read_type(r, i, &r->s->types[r->s->type_count++]);
		if (err)
			return err;
	}
	struct shape_type *types = r->s->types;
	qsort(types, count, sizeof(*types), by_key);
	for (size_t t = 0; t < count; t++) {
		bool again = t && !shape_compare_names(&types[t - 1], &types[t]);
		unsigned number = again ? types[t - 1].number + 1 : 1;
		r->type = types[t].key;
		r->field = NULL;
		if (types[t].number < number)
			return bad(r, "types", "has this one twice");
		if (types[t].number > number)
			return bad(r, "types", "lacks those of this name with lower numbers");
	}
	shape_finish(r->s);
	return 0;
}

static int read_constants(struct reader *r, const cJSON *root)
{
	r->type = r->field = NULL;
	int err = read_values(r, root, "constants", &r->s->constants, &r->s->constant_count);
	if (!err)
		r->s->constant_count = shape_sort_constants(r->s->constants, r->s->constant_count);
	return err;
}

static int read_root(struct reader *r, const cJSON *root)
{
	uint64_t version, pointer_size;
	const char *order;

	if (!cJSON_IsObject(root) || !get(root, "wbpf_layout"))
		return diag_fail(r->d, EINVAL,
				 "%s: no layout: \"wbpf_layout\" is missing; write one with "
				 "wbpf-gen layout --format json",
				 r->file);
	int err = get_number(r, root, "wbpf_layout", MAX_NUMBER, -1, &version);
	if (!err && version != LAYOUT_JSON_VERSION)
		err = diag_fail(r->d, ENOTSUP,
				"%s: a layout of version %u, and this wbpf-gen reads version %d",
				r->file, (unsigned)version, LAYOUT_JSON_VERSION);
	if (!err)
		err = get_text(r, root, "byte_order", true, &order);
	if (err)
		return err;
	r->s->big_endian = !strcmp(order, "big");
	if (!r->s->big_endian && strcmp(order, "little"))
		return bad(r, "byte_order", "is neither \"little\" nor \"big\"");
	err = get_number(r, root, "pointer_size", 8, -1, &pointer_size);
	if (!err && pointer_size != 4 && pointer_size != 8)
		err = bad(r, "pointer_size", "is neither 4 nor 8");
	if (err)
		return err;
	r->s->pointer_size = (unsigned)pointer_size;
	err = read_types(r, root);
	return err ? err : read_constants(r, root);
}

bool json_is_meant(const struct strbuf *text)
{
	const char *s = strbuf_str(text);

	return s[strspn(s, " \t\r\n")] == '{';
}

int json_read(const char *name, const struct strbuf *text, struct shape **ret, struct diag *d)
{
	struct reader r = {.file = name, .s = shape_new(), .d = d};
	const char *begin = strbuf_str(text), *end = begin;

	*ret = NULL;
	if (!r.s)
		return diag_fail(d, ENOMEM, "out of memory");
	cJSON *root = cJSON_ParseWithLengthOpts(begin, text->len + 1, &end, 1);
	int err;
	if (root) {
		err = read_root(&r, root);
	} else {
		unsigned line = 1;
		for (const char *s = begin; s < end; s++)
			line += *s == '\n';
		err = diag_fail(d, EINVAL, "%s: line %u: no JSON, or cut off", name, line);
	}
	cJSON_Delete(root);
	if (err)
		shape_free(r.s);
	else
		*ret = r.s;
	return err;
}
