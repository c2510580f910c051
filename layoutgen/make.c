/* SPDX-License-Identifier: BSD-2-Clause */
/* The shape of an object's types, from btfgen's layout. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "btfgen/describe.h"
#include "btfgen/layout.h"
#include "btfgen/order.h"
#include "btfgen/select.h"
#include "layoutgen/shape.h"

/* A type that gets an entry. */
struct entry {
	uint32_t id;
	struct shape_type type;
};

struct maker {
	const struct object *o;
	const struct model *m;
	const struct shape_options *options;
	struct layout *l;
	struct shape *s;
	uint32_t *roots;
	size_t root_count;
	const char **keys; /* by type id, NULL for what has no entry */
	bool *unnamed;     /* by type id: an enum without a name that is to be shown */
	struct diag *d;
};

static int no_memory(struct maker *k)
{
	return diag_fail(k->d, ENOMEM, "out of memory");
}

static const char *kind_word(enum type_kind kind)
{
	switch (kind) {
	case TYPE_STRUCT:
		return "struct";
	case TYPE_UNION:
		return "union";
	case TYPE_ENUM:
		return "enum";
	case TYPE_TYPEDEF:
		return "typedef";
	case TYPE_DATASEC:
		return "section";
	default:
		return NULL;
	}
}

/* The roots that the options choose, without the wanted shape. */
static int choose(struct maker *k, uint32_t **ret, size_t *ret_count)
{
	const struct select_options select = {
		.size = sizeof(select),
		.types = k->options->types,
		.all = k->options->all,
	};
	struct object alone = *k->o;

	*ret = NULL;
	*ret_count = 0;
	if (k->options->only_like)
		return 0;
	if (select.types && !select.all)
		alone.map_count = alone.root_count = 0;
	int err = select_types(&alone, &select, ret, ret_count, k->d);
	for (size_t i = 0; !err && select.types && !select.all && i < *ret_count; i++) {
		const struct type *t = model_type(k->m, (*ret)[i]);
		if (!model_has_size(k->m, (*ret)[i]))
			err = diag_fail(k->d, ENOTSUP,
					"%s: type %s has no size, so nothing can be of it",
					k->o->path, t->name);
	}
	return err;
}

static bool is_wanted(const struct maker *k, uint32_t id)
{
	const struct type *t = model_type(k->m, id);
	const char *word = kind_word(t->kind);

	return word && *t->name && k->options->like && shape_find(k->options->like, word, t->name);
}

/* Types first, and behind them the sections. */
static int find_roots(struct maker *k)
{
	uint32_t *chosen;
	size_t count;

	int err = choose(k, &chosen, &count);
	k->roots = calloc(model_count(k->m) + count, sizeof(*k->roots));
	if (!err && !k->roots)
		err = no_memory(k);
	for (size_t i = 0; !err && i < count; i++)
		k->roots[k->root_count++] = chosen[i];
	for (uint32_t id = 1; !err && id < model_count(k->m); id++)
		if (model_type(k->m, id)->kind != TYPE_DATASEC && is_wanted(k, id))
			k->roots[k->root_count++] = id;
	free(chosen);
	return err;
}

static bool takes_section(const struct maker *k, uint32_t id)
{
	if (!id)
		return false;
	if (is_wanted(k, id))
		return true;
	return !k->options->only_like && (!k->options->types || k->options->all);
}

static int by_name(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = shape_compare_names(&x->type, &y->type);

	return order ? order : x->id < y->id ? -1 : x->id > y->id;
}

/* The types that get an entry: all with a name that the roots hold, and the sections. */
static int list_entries(struct maker *k, struct entry **ret, size_t *ret_count)
{
	struct order order = {0};
	size_t count = 0;

	*ret = NULL;
	int err = order_types(k->m, k->roots, k->root_count, &order, k->d);
	if (err)
		return err;
	struct entry *entries = calloc(order.count + k->o->map_count + 1, sizeof(*entries));
	for (size_t i = 0; entries && i < order.count; i++) {
		if (*model_type(k->m, order.ids[i])->name)
			entries[count++].id = order.ids[i];
		else
			k->unnamed[order.ids[i]] = true;
	}
	for (size_t i = 0; entries && i < k->o->map_count; i++)
		if (takes_section(k, k->o->maps[i].datasec))
			entries[count++].id = k->o->maps[i].datasec;
	order_free(&order);
	if (!entries)
		return no_memory(k);
	for (size_t i = 0; i < count; i++) {
		const struct type *t = model_type(k->m, entries[i].id);
		entries[i].type.kind = kind_word(t->kind);
		entries[i].type.name = t->name;
	}
	qsort(entries, count, sizeof(*entries), by_name);
	*ret = entries;
	*ret_count = count;
	return 0;
}

static enum shape_kind scalar_kind(enum scalar_class class)
{
	switch (class) {
	case SCALAR_SIGNED:
		return SHAPE_SIGNED;
	case SCALAR_BOOL:
		return SHAPE_BOOL;
	case SCALAR_CHAR:
		return SHAPE_CHAR;
	case SCALAR_FLOAT:
		return SHAPE_FLOAT;
	case SCALAR_BYTES:
		return SHAPE_BYTES;
	case SCALAR_POINTER:
		return SHAPE_POINTER;
	case SCALAR_ENUM:
		return SHAPE_ENUM;
	default:
		return SHAPE_UNSIGNED;
	}
}

static const char *text_of(struct maker *k, const struct strbuf *b)
{
	const char *ret = strbuf_error(b) ? NULL : shape_string(k->s, strbuf_str(b));

	if (!ret)
		no_memory(k);
	return ret;
}

/* How the type is spelled, alone and with a name. */
static int describe(struct maker *k, uint32_t id, struct shape_field *f)
{
	struct strbuf text = {0};

	describe_type(k->m, id, &text);
	f->type = text_of(k, &text);
	text.len = 0;
	describe_declaration(k->m, id, f->name, &text);
	f->declaration = text_of(k, &text);
	strbuf_free(&text);
	return f->type && f->declaration ? 0 : -ENOMEM;
}

/* What is known of the way from a field's type down to what it is made of. */
struct way {
	uint32_t id;      /* where it ends */
	uint32_t written; /* the anonymous type that is written out here, or 0 */
	uint32_t last_typedef;
	size_t dims;
};

static struct way follow(struct maker *k, uint32_t id, uint32_t *dims)
{
	struct way w = {.id = id};

	for (;; w.id = model_type(k->m, w.id)->target) {
		const struct type *t = model_type(k->m, w.id);
		switch (t->kind) {
		case TYPE_TYPEDEF:
			w.last_typedef = w.id;
			break;
		case TYPE_ARRAY:
			if (dims)
				dims[w.dims] = t->count;
			w.dims++;
			break;
		case TYPE_CONST:
		case TYPE_VOLATILE:
		case TYPE_RESTRICT:
		case TYPE_TYPE_TAG:
			break;
		default:
			if (!w.last_typedef && !*t->name)
				w.written = w.id;
			return w;
		}
	}
}

static int make_body(struct maker *k, uint32_t id, uint64_t base, struct shape_body *ret);

/* All of a field but its name and place, which the caller has set. */
static int make_field(struct maker *k, uint32_t id, struct shape_field *f)
{
	struct way w = follow(k, id, NULL);
	uint32_t *dims = shape_alloc(k->s, w.dims, sizeof(*dims));
	if (!dims)
		return no_memory(k);
	follow(k, id, dims);
	const struct type *t = model_type(k->m, w.id);
	struct scalar scalar = layout_scalar(k->m, w.id);

	f->kind = t->kind == TYPE_STRUCT  ? SHAPE_STRUCT
		  : t->kind == TYPE_UNION ? SHAPE_UNION
					  : scalar_kind(scalar.class);
	f->is_signed = f->kind == SHAPE_ENUM && t->is_signed;
	f->dims = dims;
	f->dim_count = w.dims;
	if (w.dims && !f->byte_size) {
		f->element_size = model_size(k->m, w.id);
		f->element_known = true;
	}
	const char *of = k->keys[w.id];
	if (!of && !*t->name && w.last_typedef)
		of = k->keys[w.last_typedef];
	f->of = of ? of : "";
	/* The fields of a field without a name are those of what it is in. */
	if (!*f->name && !w.dims && (f->kind == SHAPE_STRUCT || f->kind == SHAPE_UNION))
		w.written = w.id;
	int err = describe(k, id, f);
	if (w.written)
		k->unnamed[w.written] = false;
	if (!err && w.written)
		err = make_body(k, w.written, f->byte_offset, &f->body);
	return err;
}

static void add_hole(struct shape_body *b, const struct slot *s, uint64_t base, uint64_t *end)
{
	struct shape_hole *last = b->hole_count ? &b->holes[b->hole_count - 1] : NULL;

	if (last && *end == s->bit_offset)
		last->bit_size += s->bit_size;
	else
		b->holes[b->hole_count++] = (struct shape_hole){
			.byte_offset = base + s->byte_offset,
			.bit_size = s->bit_size,
			.bit = (unsigned)(s->bit_offset % 8),
		};
	*end = s->bit_offset + s->bit_size;
}

static int add_slots(struct maker *k, const struct record *r, uint64_t base, struct shape_body *b)
{
	uint64_t hole_end = 0;
	int err = 0;

	for (size_t i = 0; !err && i < r->slot_count; i++) {
		const struct slot *s = &r->slots[i];
		if (s->kind == SLOT_PAD_BITS || s->kind == SLOT_PAD_BYTES) {
			if (!r->is_union)
				add_hole(b, s, base, &hole_end);
			continue;
		}
		struct shape_field *f = &b->fields[b->field_count++];
		f->name = shape_string(k->s, s->name);
		if (!f->name)
			return no_memory(k);
		f->byte_offset = base + s->byte_offset;
		f->byte_size = s->byte_size;
		if (s->kind == SLOT_BITFIELD) {
			f->bit = (unsigned)(s->bit_offset % 8);
			f->bits = s->bit_size;
			f->is_long = type_is_long(model_type(k->m, model_resolve(k->m, s->type)));
		}
		err = make_field(k, s->type, f);
	}
	return err;
}

static int make_value(struct maker *k, const struct type *t, uint32_t i, struct shape_value *v)
{
	uint64_t n = t->values[i].value;
	char text[24];

	if (t->is_signed)
		snprintf(text, sizeof(text), "%" PRId64, (int64_t)n);
	else
		snprintf(text, sizeof(text), "%" PRIu64, n);
	v->name = shape_string(k->s, t->values[i].name);
	v->text = shape_string(k->s, text);
	return v->name && v->text ? 0 : no_memory(k);
}

static int make_values(struct maker *k, const struct type *t, struct shape_body *b)
{
	int err = 0;

	b->values = shape_alloc(k->s, t->count, sizeof(*b->values));
	if (!b->values)
		return no_memory(k);
	for (uint32_t i = 0; !err && i < t->count; i++)
		err = make_value(k, t, i, &b->values[b->value_count++]);
	return err;
}

static int make_body(struct maker *k, uint32_t id, uint64_t base, struct shape_body *b)
{
	const struct type *t = model_type(k->m, id);
	const struct record *r;

	if (t->kind == TYPE_ENUM)
		return make_values(k, t, b);
	if (t->kind != TYPE_STRUCT && t->kind != TYPE_UNION && t->kind != TYPE_DATASEC)
		return 0;
	int err = layout_record(k->l, id, &r, k->d);
	if (err)
		return err;
	b->fields = shape_alloc(k->s, r->slot_count, sizeof(*b->fields));
	b->holes = shape_alloc(k->s, r->slot_count, sizeof(*b->holes));
	if (!b->fields || !b->holes)
		return no_memory(k);
	return add_slots(k, r, base, b);
}

/* btfgen's layout, which is what skeletons show, has a hole where static variables are. What they
 * take of holes is none. */
static int split_holes(struct maker *k, struct shape_body *b)
{
	const struct shape_field *v = b->statics, *end = v + b->static_count;
	struct shape_hole *holes =
		shape_alloc(k->s, b->hole_count + b->static_count, sizeof(*holes));
	size_t count = 0;

	if (!holes)
		return no_memory(k);
	for (size_t i = 0; i < b->hole_count; i++) {
		uint64_t at = b->holes[i].byte_offset, stop = at + b->holes[i].bit_size / 8;
		for (; at < stop; v++) {
			uint64_t from = v < end && v->byte_offset < stop ? v->byte_offset : stop;
			if (from > at)
				holes[count++] = (struct shape_hole){.byte_offset = at,
								     .bit_size = 8 * (from - at)};
			if (from == stop)
				break;
			if (v->byte_offset + v->byte_size > at)
				at = v->byte_offset + v->byte_size;
		}
	}
	b->holes = holes;
	b->hole_count = count;
	return 0;
}

static int add_statics(struct maker *k, uint32_t section, struct shape_body *b)
{
	const struct type *t = model_type(k->m, section);
	int err = 0;

	b->statics = shape_alloc(k->s, t->count, sizeof(*b->statics));
	if (!b->statics)
		return no_memory(k);
	for (uint32_t i = 0; !err && i < t->count; i++) {
		const struct type *var = model_type(k->m, t->vars[i].var);
		if (var->kind != TYPE_VAR || var->linkage != VAR_STATIC)
			continue;
		struct shape_field *f = &b->statics[b->static_count++];
		f->byte_offset = t->vars[i].offset;
		f->byte_size = t->vars[i].size;
		f->name = shape_string(k->s, var->name);
		if (!f->name)
			return no_memory(k);
		err = describe(k, var->target, f);
	}
	return err ? err : split_holes(k, b);
}

static int make_type(struct maker *k, uint32_t id, struct shape_type *type)
{
	const struct type *t = model_type(k->m, id);
	struct shape_field *self = &type->self;

	self->name = type->name;
	if (t->kind == TYPE_DATASEC) {
		const struct record *r;
		int err = layout_record(k->l, id, &r, k->d);
		if (err)
			return err;
		self->kind = SHAPE_STRUCT;
		self->of = self->type = self->declaration = "";
		self->byte_size = r->size;
		type->align = r->align;
		err = make_body(k, id, 0, &self->body);
		return err ? err : add_statics(k, id, &self->body);
	}
	self->byte_size = model_size(k->m, id);
	type->align = layout_align(k->l, id);
	int err = make_field(k, t->kind == TYPE_TYPEDEF ? t->target : id, self);
	if (!err && t->kind != TYPE_TYPEDEF) {
		self->of = "";
		err = make_body(k, id, 0, &self->body);
	}
	return err;
}

/* All keys come first: types refer to each other by them. */
static int add_types(struct maker *k, const struct entry *entries, size_t count)
{
	int err = 0;

	k->s->types = shape_alloc(k->s, count, sizeof(*k->s->types));
	k->keys = calloc(model_count(k->m), sizeof(*k->keys));
	if (!k->s->types || !k->keys)
		return no_memory(k);
	for (size_t i = 0; i < count; i++) {
		struct shape_type *t = &k->s->types[i];
		*t = entries[i].type;
		bool again = i && !shape_compare_names(t, &t[-1]);
		t->number = again ? t[-1].number + 1 : 1;
		t->name = shape_string(k->s, t->name);
		t->key = t->name ? shape_key(k->s, t->kind, t->name, t->number) : NULL;
		if (!t->key)
			return no_memory(k);
		k->keys[entries[i].id] = t->key;
	}
	k->s->type_count = count;
	for (size_t i = 0; !err && i < count; i++)
		err = make_type(k, entries[i].id, &k->s->types[i]);
	if (!err)
		shape_finish(k->s);
	return err;
}

/* In C all enumerators share one name space, so one that is looked for can be in any enum: it can
 * have got a name. */
static bool is_constant(const struct maker *k, uint32_t id, uint32_t i)
{
	const struct shape *like = k->options->like;

	if (k->unnamed[id])
		return true;
	return like && shape_find_constant(like, model_type(k->m, id)->values[i].name);
}

static bool may_have_constants(const struct maker *k, uint32_t id)
{
	const struct shape *like = k->options->like;

	return model_type(k->m, id)->kind == TYPE_ENUM &&
	       (k->unnamed[id] || (like && like->constant_count));
}

/* Comes after the types: what a field or a typedef writes out itself is no constant. */
static int add_constants(struct maker *k)
{
	size_t room = 0, count = 0;
	int err = 0;

	for (uint32_t id = 1; id < model_count(k->m); id++)
		if (may_have_constants(k, id))
			for (uint32_t i = 0; i < model_type(k->m, id)->count; i++)
				room += is_constant(k, id, i);
	struct shape_value *values = shape_alloc(k->s, room, sizeof(*values));
	if (!values)
		return no_memory(k);
	for (uint32_t id = 1; !err && id < model_count(k->m); id++) {
		const struct type *t = model_type(k->m, id);
		if (!may_have_constants(k, id))
			continue;
		for (uint32_t i = 0; !err && i < t->count; i++)
			if (is_constant(k, id, i))
				err = make_value(k, t, i, &values[count++]);
	}
	if (err)
		return err;
	k->s->constants = values;
	k->s->constant_count = shape_sort_constants(values, count);
	return 0;
}

static int make(struct maker *k)
{
	struct entry *entries = NULL;
	size_t count = 0;

	int err = find_roots(k);
	if (!err)
		err = layout_new(k->m, &k->l, k->d);
	k->unnamed = calloc(model_count(k->m), sizeof(*k->unnamed));
	if (!err && !k->unnamed)
		err = no_memory(k);
	if (!err)
		err = list_entries(k, &entries, &count);
	if (!err)
		err = add_types(k, entries, count);
	if (!err)
		err = add_constants(k);
	free(entries);
	return err;
}

int shape_make(const struct object *o, const struct shape_options *options, struct shape **ret,
	       struct diag *d)
{
	static const struct shape_options none = {0};
	struct maker k = {
		.o = o,
		.m = o->model,
		.options = options ? options : &none,
		.s = shape_new(),
		.d = d,
	};

	*ret = NULL;
	int err = k.s ? 0 : no_memory(&k);
	if (!err) {
		k.s->big_endian = model_big_endian(o->model);
		k.s->pointer_size = model_pointer_size(o->model);
		err = make(&k);
	}
	if (err) {
		shape_free(k.s);
		if (strncmp(d->text, o->path, strlen(o->path)))
			diag_prefix(d, "%s: ", o->path);
	} else {
		*ret = k.s;
	}
	layout_free(k.l);
	free(k.roots);
	free(k.keys);
	free(k.unnamed);
	return err;
}
