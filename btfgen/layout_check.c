/* SPDX-License-Identifier: BSD-2-Clause */
#include <errno.h>

#include "btfgen/layout.h"

static uint64_t round_up(uint64_t n, uint64_t unit)
{
	return (n + unit - 1) / unit * unit;
}

/* The rules of C, from the slots alone: not how they were made, but what C does with them. */
struct ruler {
	uint64_t bit;   /* end of what has been placed */
	uint64_t align; /* bytes */
	uint64_t run;   /* slots of a run that are to come */
};

/* Its bytes are what C places. */
static bool is_in_run(const struct layout *l, const struct slot *s)
{
	return model_big_endian(layout_model(l)) &&
	       (s->kind == SLOT_BITFIELD || (s->kind == SLOT_PAD_BITS && s->bit_size % 8));
}

static uint64_t place(const struct layout *l, const struct record *r, const struct slot *s,
		      struct ruler *at)
{
	uint64_t bit = r->is_union ? 0 : at->bit;
	bool is_bytes = is_in_run(l, s);
	bool has_type = !is_bytes && (s->kind == SLOT_FIELD || s->kind == SLOT_BITFIELD);
	uint64_t align = has_type ? layout_align(l, s->type) : 1, unit = 8ULL * s->unit;

	if (s->kind == SLOT_BITFIELD)
		unit = 8 * model_size(layout_model(l), s->type);
	if (r->packed)
		align = 1;
	if (s->kind == SLOT_FIELD || s->kind == SLOT_PAD_BYTES)
		bit = round_up(bit, 8 * align);
	else if (!is_bytes && !r->packed && bit % unit + s->bit_size > unit)
		bit = round_up(bit, unit);
	if (align > at->align)
		at->align = align;
	if (bit + s->bit_size > at->bit)
		at->bit = bit + s->bit_size;
	return bit;
}

static int slot_fail(const struct layout *l, const struct record *r, size_t i, const char *what,
		     struct diag *d)
{
	const struct type *t = model_type(layout_model(l), r->id);

	return diag_fail(d, EINVAL, "layout of %s %s (type %u), slot %zu (%s): %s",
			 type_kind_name(t->kind), *t->name ? t->name : "(anonymous)", r->id, i,
			 i < r->slot_count && *r->slots[i].name ? r->slots[i].name : "padding",
			 what);
}

static int check_slot(const struct layout *l, const struct record *r, size_t i, struct ruler *at,
		      struct diag *d)
{
	const struct slot *s = &r->slots[i];
	uint64_t begin =
		i && !r->is_union ? r->slots[i - 1].bit_offset + r->slots[i - 1].bit_size : 0;

	if (s->bit_offset != begin)
		return slot_fail(l, r, i, "does not begin where the one before it ends", d);
	if (s->bit_offset + s->bit_size > 8 * r->size)
		return slot_fail(l, r, i, "reaches past the end", d);
	if (s->kind == SLOT_FIELD && s->bit_size != 8 * model_size(layout_model(l), s->type))
		return slot_fail(l, r, i, "has another size than its type", d);
	if (s->byte_offset != s->bit_offset / 8)
		return slot_fail(l, r, i, "byte and bit offset disagree", d);
	if (place(l, r, s, at) != s->bit_offset)
		return slot_fail(l, r, i, "C for wasm32 would put it elsewhere", d);
	return 0;
}

/* Runs begin and end with bytes, and hold all the bits that lie in these. */
static int check_run(const struct layout *l, const struct record *r, size_t i, struct ruler *at,
		     struct diag *d)
{
	const struct slot *s = &r->slots[i];
	uint64_t bits = 0;

	if (!at->run && !s->run_slots)
		return is_in_run(l, s) ? slot_fail(l, r, i, "is in no run of bytes", d) : 0;
	if (at->run) {
		at->run--;
		return s->run_slots ? slot_fail(l, r, i, "begins a run inside of one", d) : 0;
	}
	at->run = s->run_slots - 1;
	for (size_t n = 0; n < s->run_slots; n++, bits += s[n - 1].bit_size)
		if (i + n >= r->slot_count || s[n].run_bit != bits)
			return slot_fail(l, r, i, "its run does not hold its bits", d);
	if (s->bit_offset % 8 || (bits + 7) / 8 != s->run_bytes || (!r->is_union && bits % 8))
		return slot_fail(l, r, i, "its run does not begin and end with bytes", d);
	return 0;
}

int layout_check(const struct layout *l, const struct record *r, struct diag *d)
{
	struct ruler at = {.align = 1};

	for (size_t i = 0; i < r->slot_count; i++) {
		int err = check_slot(l, r, i, &at, d);
		if (!err)
			err = check_run(l, r, i, &at, d);
		if (err)
			return err;
	}
	if (at.bit != 8 * r->size)
		return slot_fail(l, r, r->slot_count, "the slots end before the type does", d);
	if (r->aligned)
		at.align = r->aligned;
	if (at.align != r->align)
		return slot_fail(l, r, r->slot_count, "the alignment is not what the slots give",
				 d);
	if (model_type(layout_model(l), r->id)->kind != TYPE_DATASEC && r->size % r->align)
		return slot_fail(l, r, r->slot_count, "the size is no multiple of the alignment",
				 d);
	return 0;
}
