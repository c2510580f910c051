/* SPDX-License-Identifier: BSD-2-Clause */
#include "btfgen/layout.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* A hole of more bytes than this is one array, not a row of unnamed bitfields. */
enum { MAX_PAD_UNITS_BYTES = 64 };

struct entry {
	struct record record;
	const char *error; /* why there is no record */
};

struct layout {
	const struct model *m;
	struct entry **entries; /* by type id, NULL for what is no record */
	uint32_t count;         /* of the ids that it knows */
	struct arena memory;    /* entries, and what they hold */
	struct slot *slots;     /* of the record that is being made */
	size_t slot_capacity;
};

/* A record being made. */
struct maker {
	struct layout *l;
	struct record *r;
	struct slot *slots; /* the layout's */
	size_t count;
	uint64_t bit; /* where the next slot begins */
	struct diag *d;
};

static struct slot *add_slot(struct maker *k, const struct slot *s)
{
	struct layout *l = k->l;

	if (k->count == l->slot_capacity) {
		size_t capacity = l->slot_capacity ? 2 * l->slot_capacity : 256;
		struct slot *slots = realloc(l->slots, capacity * sizeof(*slots));
		if (!slots) {
			diag_fail(k->d, ENOMEM, "out of memory");
			return NULL;
		}
		k->slots = l->slots = slots;
		l->slot_capacity = capacity;
	}
	k->slots[k->count] = *s;
	return &k->slots[k->count++];
}

static int add_hole(struct maker *k, enum slot_kind kind, uint64_t bits, unsigned unit)
{
	struct slot s = {
		.kind = kind,
		.name = "",
		.index = -1,
		.bit_offset = k->bit,
		.bit_size = bits,
		.byte_offset = k->bit / 8,
		.byte_size = kind == SLOT_PAD_BYTES ? bits / 8 : 0,
		.unit = unit,
	};

	k->bit += bits;
	return add_slot(k, &s) ? 0 : -ENOMEM;
}

/* The hole up to a bit: odd bits at its ends, and between them the largest units that lie aligned,
 * so that no piece moves under the rules for bitfields. */
static int fill_hole(struct maker *k, uint64_t end)
{
	int err = 0;

	while (!err && k->bit < end) {
		uint64_t left = end - k->bit, odd = k->bit % 8;
		if (odd || left < 8) {
			err = add_hole(k, SLOT_PAD_BITS, left < 8 - odd ? left : 8 - odd, 1);
		} else if (left / 8 > MAX_PAD_UNITS_BYTES) {
			err = add_hole(k, SLOT_PAD_BYTES, left / 8 * 8, 1);
		} else {
			unsigned unit = 8;
			while (8 * unit > left || k->bit % (8 * unit))
				unit /= 2;
			err = add_hole(k, SLOT_PAD_BITS, 8 * unit, unit);
		}
	}
	return err;
}

static const char *shown(const char *name)
{
	return *name ? name : "(anonymous)";
}

static int cannot(const struct maker *k, const char *field, const char *why)
{
	const struct type *t = model_type(k->l->m, k->r->id);

	return diag_fail(k->d, ENOTSUP, "%s %s (type %u), field %s: %s", type_kind_name(t->kind),
			 shown(t->name), k->r->id, shown(field), why);
}

static int add_field(struct maker *k, struct slot *s)
{
	if (!k->r->is_union) {
		if (s->bit_offset < k->bit)
			return cannot(k, s->name, "overlaps the field in front of it");
		int err = fill_hole(k, s->bit_offset);
		if (err)
			return err;
	}
	s->byte_offset = s->bit_offset / 8;
	s->byte_size = s->kind == SLOT_BITFIELD ? 0 : s->bit_size / 8;
	k->bit = s->bit_offset + s->bit_size;
	return add_slot(k, s) ? 0 : -ENOMEM;
}

/* Unnamed bitfields and unnamed scalars hold nothing that could be reached: holes. */
static bool is_hole(const struct model *m, const struct member *f)
{
	enum type_kind kind = model_type(m, model_resolve(m, f->type))->kind;

	return !*f->name && (f->bit_size || (kind != TYPE_STRUCT && kind != TYPE_UNION));
}

static int make_members(struct maker *k, const struct type *t)
{
	int err = 0;

	for (uint32_t i = 0; !err && i < t->count; i++) {
		const struct member *f = &t->members[i];
		if (is_hole(k->l->m, f))
			continue;
		struct slot s = {
			.kind = f->bit_size ? SLOT_BITFIELD : SLOT_FIELD,
			.name = f->name,
			.type = f->type,
			.index = (int32_t)i,
			.bit_offset = f->bit_offset,
			.bit_size = f->bit_size ? f->bit_size : 8 * model_size(k->l->m, f->type),
		};
		err = add_field(k, &s);
	}
	return err;
}

static int make_vars(struct maker *k, const struct type *t)
{
	int err = 0;

	if (t->count && !t->size)
		return cannot(k, model_type(k->l->m, t->vars[0].var)->name,
			      "the section's offsets are not known before it is linked");
	for (uint32_t i = 0; !err && i < t->count; i++) {
		const struct type *var = model_type(k->l->m, t->vars[i].var);
		if (var->kind != TYPE_VAR || var->linkage == VAR_STATIC)
			continue;
		struct slot s = {
			.kind = SLOT_FIELD,
			.name = var->name,
			.type = var->target,
			.var = t->vars[i].var,
			.index = (int32_t)i,
			.bit_offset = 8ULL * t->vars[i].offset,
			.bit_size = 8ULL * t->vars[i].size,
		};
		if (!model_has_size(k->l->m, var->target))
			return cannot(k, var->name, "of a type that has no size");
		if (t->vars[i].size != model_size(k->l->m, var->target))
			return cannot(k, var->name,
				      "the section gives it another size than its type");
		err = add_field(k, &s);
	}
	return err;
}

static int close_record(struct maker *k)
{
	uint64_t end = 8 * k->r->size;

	if (!k->r->is_union)
		return fill_hole(k, end);
	k->bit = 0;
	for (size_t i = 0; i < k->count; i++)
		if (k->slots[i].bit_size == end)
			return 0;
	return end ? add_hole(k, SLOT_PAD_BYTES, end, 1) : 0;
}

/* Slots whose bits share bytes, up to where a byte ends. In a union each is by itself. */
static void mark_run(struct maker *k, size_t first)
{
	struct slot *run = &k->slots[first];
	uint64_t bits = 0;

	do {
		struct slot *s = run + run->run_slots++;
		s->run_bit = bits;
		bits += s->bit_size;
	} while (!k->r->is_union && bits % 8 && first + run->run_slots < k->count);
	run->run_bytes = (uint32_t)((bits + 7) / 8);
}

static void mark_runs(struct maker *k)
{
	for (size_t i = 0; i < k->count; i++) {
		const struct slot *s = &k->slots[i];
		bool odd_hole = s->kind == SLOT_PAD_BITS && s->bit_size % 8;
		if (s->kind != SLOT_BITFIELD && !odd_hole)
			continue;
		mark_run(k, i);
		i += s->run_slots - 1;
	}
}

static uint64_t slot_align(const struct layout *l, const struct slot *s)
{
	bool is_bytes = s->kind == SLOT_BITFIELD && model_big_endian(l->m);

	if (s->kind != SLOT_FIELD && s->kind != SLOT_BITFIELD)
		return 1;
	return is_bytes ? 1 : layout_align(l, s->type);
}

/* Would C, left alone, put the slot where it is? */
static bool is_natural(const struct layout *l, const struct slot *s)
{
	uint64_t align = 8 * slot_align(l, s);

	if (s->kind == SLOT_FIELD)
		return s->bit_offset % align == 0;
	if (s->kind == SLOT_BITFIELD && !model_big_endian(l->m))
		return s->bit_offset % align + s->bit_size <= 8 * model_size(l->m, s->type);
	return true;
}

static void set_alignment(struct maker *k, enum type_kind kind)
{
	struct record *r = k->r;

	r->align = 1;
	for (size_t i = 0; i < k->count; i++) {
		uint64_t align = slot_align(k->l, &k->slots[i]);
		if (align > r->align)
			r->align = align;
		if (!is_natural(k->l, &k->slots[i]))
			r->packed = true;
	}
	/* A section ends with its last variable; nobody makes arrays of sections. */
	if (r->size % r->align && kind != TYPE_DATASEC)
		r->packed = true;
	if (!r->packed)
		return;
	while (r->size % r->align)
		r->align /= 2;
	r->aligned = r->align > 1 ? r->align : 0;
}

static int make_record(struct layout *l, uint32_t id, struct record *r, struct diag *d)
{
	const struct type *t = model_type(l->m, id);
	struct maker k = {.l = l, .r = r, .d = d, .slots = l->slots};

	*r = (struct record){.id = id, .size = t->size, .is_union = t->kind == TYPE_UNION};
	int err = t->kind == TYPE_DATASEC ? make_vars(&k, t) : make_members(&k, t);
	if (!err)
		err = close_record(&k);
	if (err)
		return err;
	if (model_big_endian(l->m))
		mark_runs(&k);
	set_alignment(&k, t->kind);
	r->slots = arena_copy(&l->memory, k.slots, k.count, sizeof(*k.slots));
	r->slot_count = k.count;
	return r->slots ? layout_check(l, r, d) : diag_fail(d, ENOMEM, "out of memory");
}

static int ensure(struct layout *l, uint32_t id);

/* The records that lie inside by value come first: their alignment is needed. */
static int ensure_inner(struct layout *l, uint32_t id, struct diag *d)
{
	const struct type *t = model_type(l->m, id);

	for (uint32_t i = 0; i < t->count; i++) {
		uint32_t of = t->kind == TYPE_DATASEC ? t->vars[i].var : t->members[i].type;
		if (model_type(l->m, of)->kind == TYPE_VAR)
			of = model_type(l->m, of)->target;
		of = model_element(l->m, of);
		enum type_kind kind = model_type(l->m, of)->kind;
		if (kind != TYPE_STRUCT && kind != TYPE_UNION)
			continue;
		int err = ensure(l, of);
		if (err)
			return err;
		if (l->entries[of]->error)
			return diag_fail(d, ENOTSUP, "%s", l->entries[of]->error);
	}
	return 0;
}

/* 0 also when the record turned out to be impossible; its entry says so. */
static int ensure(struct layout *l, uint32_t id)
{
	struct diag d = {0};

	if (l->entries[id])
		return 0;
	struct entry *e = arena_alloc(&l->memory, 1, sizeof(*e));
	if (!e)
		return -ENOMEM;
	l->entries[id] = e;
	int err = ensure_inner(l, id, &d);
	if (!err)
		err = make_record(l, id, &e->record, &d);
	if (err && err != -ENOMEM) {
		e->error = arena_string(&l->memory, d.text);
		err = e->error ? 0 : -ENOMEM;
	}
	return err;
}

int layout_new(const struct model *m, struct layout **ret, struct diag *d)
{
	*ret = NULL;
	struct layout *l = calloc(1, sizeof(*l));
	if (!l)
		return diag_fail(d, ENOMEM, "out of memory");
	l->m = m;
	l->count = model_count(m);
	l->entries = calloc(l->count, sizeof(*l->entries));
	int err = l->entries ? 0 : -ENOMEM;
	for (uint32_t id = 1; !err && id < l->count; id++) {
		enum type_kind kind = model_type(m, id)->kind;
		if (kind == TYPE_STRUCT || kind == TYPE_UNION || kind == TYPE_DATASEC)
			err = ensure(l, id);
	}
	if (err) {
		layout_free(l);
		return diag_fail(d, ENOMEM, "out of memory");
	}
	*ret = l;
	return 0;
}

void layout_free(struct layout *l)
{
	if (!l)
		return;
	arena_free(&l->memory);
	free(l->slots);
	free(l->entries);
	free(l);
}

const struct model *layout_model(const struct layout *l)
{
	return l->m;
}

int layout_record(const struct layout *l, uint32_t id, const struct record **ret, struct diag *d)
{
	const struct entry *e = id < l->count ? l->entries[id] : NULL;

	*ret = NULL;
	if (!e)
		return diag_fail(d, EINVAL, "type %u is no struct, union or data section", id);
	if (e->error)
		return diag_fail(d, ENOTSUP, "%s", e->error);
	*ret = &e->record;
	return 0;
}

uint64_t layout_align(const struct layout *l, uint32_t id)
{
	id = model_element(l->m, id);
	struct scalar s = layout_scalar(l->m, id);
	if (s.class == SCALAR_BYTES)
		return 1;
	if (s.class != SCALAR_NONE)
		return s.size;
	const struct entry *e = l->entries[id];
	return e && e->record.align ? e->record.align : 1;
}

static enum scalar_class class_of_int(const struct type *t)
{
	if (t->is_bool && t->size == 1)
		return SCALAR_BOOL;
	if (t->size == 1 && !strcmp(t->name, "char"))
		return SCALAR_CHAR;
	return t->is_signed ? SCALAR_SIGNED : SCALAR_UNSIGNED;
}

struct scalar layout_scalar(const struct model *m, uint32_t id)
{
	struct scalar s = {.id = model_resolve(m, id)};
	const struct type *t = model_type(m, s.id);

	switch (t->kind) {
	case TYPE_INT:
		s.class = class_of_int(t);
		break;
	case TYPE_FLOAT:
		s.class = t->size == 4 || t->size == 8 ? SCALAR_FLOAT : SCALAR_BYTES;
		break;
	case TYPE_PTR:
		s.class = SCALAR_POINTER;
		break;
	case TYPE_ENUM:
		s.class = SCALAR_ENUM;
		break;
	default:
		return s;
	}
	s.size = (unsigned)t->size;
	s.is_signed = t->is_signed;
	return s;
}
