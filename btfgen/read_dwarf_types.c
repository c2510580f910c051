/* SPDX-License-Identifier: BSD-2-Clause */
#include "btfgen/read_dwarf.h"

#include <dwarf.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "btfgen/names.h"

enum { LLVM_ANNOTATION = 0x6000 }; /* DW_TAG_LLVM_annotation, of clang's own range */

/* Limits for files that were made to have none: no program's types come near. */
enum { MAX_TYPES = 1 << 20, MAX_LIST = 1 << 16, MAX_CHAIN = 64, MAX_STEPS = 1 << 24 };

struct dwarf_entry {
	Dwarf_Die die;
	Dwarf_Off offset;
	uint32_t dimension; /* of an array of arrays: how many lengths are off already; of a pointer
			     * 1 for the type tag that stands behind it */
	/* Behind a pointer: a struct or union is only declared, since its inside does not matter
	 * and may be half a kernel. */
	bool shallow;
	uint32_t by; /* index of the entry that wanted it, plus 1; 0: it was asked for */
};

bool dwarf_next(Dwarf_Die *die)
{
	Dwarf_Off before = dwarf_dieoffset(die);
	Dwarf_Die next;

	if (dwarf_siblingof(die, &next) != 0 || dwarf_dieoffset(&next) <= before)
		return false;
	*die = next;
	return true;
}

static const char *name_of(Dwarf_Die *die)
{
	const char *name = dwarf_diename(die);

	return name ? name : "";
}

/* The name of a record's first field of a type, "" if it has none. */
static const char *field_of(Dwarf_Die *record, Dwarf_Off type)
{
	Dwarf_Attribute a;
	Dwarf_Die field, target;

	if (dwarf_child(record, &field) != 0)
		return "";
	for (int i = 0; i < MAX_LIST; i++) {
		if (dwarf_tag(&field) == DW_TAG_member && dwarf_attr(&field, DW_AT_type, &a) &&
		    dwarf_formref_die(&a, &target) && dwarf_dieoffset(&target) == type)
			return name_of(&field);
		if (!dwarf_next(&field))
			break;
	}
	return "";
}

/* An anonymous type is known by what it is in. */
static int fail(const struct dwarf_types *t, Dwarf_Die *die, int err, const char *what)
{
	const char *name = name_of(die), *in = "", *field = "";
	Dwarf_Off inner = dwarf_dieoffset(die);

	for (uint32_t by = t->current; !*name && !*in && by; by = t->entries[by - 1].by) {
		struct dwarf_entry e = t->entries[by - 1];
		in = name_of(&e.die);
		if (!*field)
			field = field_of(&e.die, inner);
		inner = e.offset;
	}
	return diag_fail(t->d, err, "debug information at 0x%" PRIx64 " (%s%s%s%s%s): %s",
			 (uint64_t)dwarf_dieoffset(die), *field ? "field " : "", field,
			 *field && *in ? " " : "", *in ? "in " : "",
			 *name ? name
			 : *in ? in
			       : "anonymous",
			 what);
}

static uint32_t no_memory(const struct dwarf_types *t)
{
	diag_fail(t->d, ENOMEM, "out of memory");
	return 0;
}

static size_t hash(const struct dwarf_entry *e)
{
	uint64_t h = (e->offset * 4 + 2 * e->dimension + e->shallow) * 0x9e3779b97f4a7c15ULL;

	return (size_t)(h >> 20);
}

static bool is_same(const struct dwarf_entry *a, const struct dwarf_entry *b)
{
	return a->offset == b->offset && a->dimension == b->dimension && a->shallow == b->shallow;
}

static uint32_t *slot_of(struct dwarf_types *t, const struct dwarf_entry *e)
{
	size_t at = hash(e) & (t->slot_count - 1);

	while (t->slots[at] && !is_same(&t->entries[t->slots[at] - 1], e))
		at = (at + 1) & (t->slot_count - 1);
	return &t->slots[at];
}

static bool grow(struct dwarf_types *t)
{
	size_t capacity = t->capacity ? 2 * t->capacity : 256;
	struct dwarf_entry *entries = realloc(t->entries, capacity * sizeof(*entries));
	if (!entries)
		return false;
	t->entries = entries;
	uint32_t *slots = calloc(2 * capacity, sizeof(*slots));
	if (!slots)
		return false;
	free(t->slots);
	t->slots = slots;
	t->slot_count = 2 * capacity;
	t->capacity = capacity;
	for (size_t i = 0; i < t->count; i++)
		*slot_of(t, &t->entries[i]) = (uint32_t)i + 1;
	return true;
}

static uint32_t want_entry(struct dwarf_types *t, struct dwarf_entry e)
{
	if (t->count == t->capacity && !grow(t))
		return no_memory(t);
	uint32_t *slot = slot_of(t, &e);
	if (*slot)
		return t->known + *slot - 1;
	if (t->count >= MAX_TYPES) {
		fail(t, &e.die, EINVAL, "too many types");
		return 0;
	}
	e.by = t->current;
	t->entries[t->count++] = e;
	*slot = (uint32_t)t->count;
	return t->known + (uint32_t)t->count - 1;
}

static enum type_kind kind_of(int tag)
{
	switch (tag) {
	case DW_TAG_structure_type:
	case DW_TAG_class_type:
		return TYPE_STRUCT;
	case DW_TAG_union_type:
		return TYPE_UNION;
	case DW_TAG_enumeration_type:
		return TYPE_ENUM;
	case DW_TAG_typedef:
		return TYPE_TYPEDEF;
	case DW_TAG_const_type:
		return TYPE_CONST;
	case DW_TAG_restrict_type:
		return TYPE_RESTRICT;
	case DW_TAG_volatile_type:
	case DW_TAG_atomic_type: /* laid out as the type without it */
		return TYPE_VOLATILE;
	case DW_TAG_pointer_type:
		return TYPE_PTR;
	case DW_TAG_array_type:
		return TYPE_ARRAY;
	case DW_TAG_subroutine_type:
		return TYPE_FUNC_PROTO;
	default:
		return TYPE_VOID;
	}
}

/* Bytes, as far as a type says it itself or through typedefs, else 0. (dwarf_aggregate_size() goes
 * round in circles where a file does.) */
static uint64_t own_size(Dwarf_Die *die)
{
	Dwarf_Attribute a;
	Dwarf_Die at = *die;

	for (int i = 0; i < MAX_CHAIN; i++) {
		int size = dwarf_bytesize(&at);
		if (size >= 0)
			return (uint64_t)size;
		if (dwarf_tag(&at) == DW_TAG_pointer_type)
			return 8;
		if (dwarf_tag(&at) == DW_TAG_array_type || !dwarf_attr(&at, DW_AT_type, &a) ||
		    !dwarf_formref_die(&a, &at))
			return 0;
	}
	return 0;
}

/* Does the model have it from BTF already? The names of one program's types are good witnesses, the
 * sizes make it sure. */
static uint32_t find_known(const struct dwarf_types *t, Dwarf_Die *die)
{
	enum type_kind kind = kind_of(dwarf_tag(die));
	const char *name = name_of(die);

	if (t->known <= 1 || !*name ||
	    (kind != TYPE_STRUCT && kind != TYPE_UNION && kind != TYPE_ENUM &&
	     kind != TYPE_TYPEDEF))
		return 0;
	uint32_t id = model_find(t->m, kind, name);
	if (!id || id >= t->known || own_size(die) != model_size(t->m, id))
		return 0;
	return id;
}

uint32_t dwarf_want(struct dwarf_types *t, Dwarf_Die *die)
{
	uint32_t id = find_known(t, die);

	return id ? id
		  : want_entry(t,
			       (struct dwarf_entry){.die = *die, .offset = dwarf_dieoffset(die)});
}

static bool is_void(int tag)
{
	return tag == DW_TAG_unspecified_type;
}

/* Is there a struct or union at the end, so that it matters whether its inside is wanted? Not of an
 * array of them, which has none that are only declared. */
static bool leads_to_record(Dwarf_Die *die)
{
	Dwarf_Attribute a;
	Dwarf_Die at = *die;

	for (int i = 0; i < MAX_CHAIN; i++) {
		switch (kind_of(dwarf_tag(&at))) {
		case TYPE_STRUCT:
		case TYPE_UNION:
			return true;
		case TYPE_TYPEDEF:
		case TYPE_CONST:
		case TYPE_VOLATILE:
		case TYPE_RESTRICT:
			if (!dwarf_attr(&at, DW_AT_type, &a) || !dwarf_formref_die(&a, &at))
				return false;
			break;
		default:
			return false;
		}
	}
	return true;
}

/* What a DIE's DW_AT_type refers to; *ret is 0 for void. */
static int want_target(struct dwarf_types *t, Dwarf_Die *die, bool shallow, uint32_t *ret)
{
	Dwarf_Attribute attribute;
	Dwarf_Die target;

	*ret = 0;
	if (!dwarf_attr(die, DW_AT_type, &attribute))
		return 0;
	if (!dwarf_formref_die(&attribute, &target))
		return fail(t, die, EINVAL, "refers to a type that is not there");
	if (is_void(dwarf_tag(&target)))
		return 0;
	if (!shallow || !leads_to_record(&target))
		*ret = dwarf_want(t, &target);
	else if (!*name_of(&target) && (kind_of(dwarf_tag(&target)) == TYPE_STRUCT ||
					kind_of(dwarf_tag(&target)) == TYPE_UNION))
		return 0;
	else
		*ret = want_entry(t, (struct dwarf_entry){.die = target,
							  .offset = dwarf_dieoffset(&target),
							  .shallow = true});
	return *ret ? 0 : t->d->err;
}

static int get_number(const struct dwarf_types *t, Dwarf_Die *die, unsigned attribute,
		      uint64_t missing, uint64_t *ret)
{
	Dwarf_Attribute a;
	Dwarf_Word value = 0;

	*ret = missing;
	if (!dwarf_attr(die, attribute, &a))
		return 0;
	if (dwarf_formudata(&a, &value))
		return fail(t, die, ENOTSUP, "a size or offset that is no number");
	*ret = value;
	return 0;
}

static void *new_list(struct dwarf_types *t, size_t count, size_t size)
{
	free(t->list);
	t->list = calloc(count ? count : 1, size);
	if (!t->list)
		no_memory(t);
	return t->list;
}

/* How many children of a tag; *ret_first is the first child of any. */
static int count_children(struct dwarf_types *t, Dwarf_Die *die, int tag, Dwarf_Die *ret_first,
			  uint32_t *ret)
{
	*ret = 0;
	if (dwarf_child(die, ret_first) != 0)
		return 0;
	Dwarf_Die child = *ret_first;
	do
		*ret += dwarf_tag(&child) == tag;
	while (*ret <= MAX_LIST && t->steps++ < MAX_STEPS && dwarf_next(&child));
	return *ret > MAX_LIST || t->steps >= MAX_STEPS ? fail(t, die, EINVAL, "too many parts")
							: 0;
}

/* Before DWARF 4, a bitfield's place is counted from the highest bit of a unit. */
static int old_bit_offset(const struct dwarf_types *t, Dwarf_Die *die, uint64_t byte, uint64_t bits,
			  uint64_t *ret)
{
	Dwarf_Attribute a;
	Dwarf_Die type;
	uint64_t from_top, unit;

	int err = get_number(t, die, DW_AT_bit_offset, 0, &from_top);
	if (!err)
		err = get_number(t, die, DW_AT_byte_size, 0, &unit);
	if (err)
		return err;
	if (!unit && dwarf_attr(die, DW_AT_type, &a) && dwarf_formref_die(&a, &type))
		unit = own_size(&type);
	if (!unit)
		return fail(t, die, EINVAL, "a bitfield of no size");
	*ret = 8 * byte + 8 * unit - from_top - bits;
	return 0;
}

static int convert_member(struct dwarf_types *t, Dwarf_Die *die, struct member *m)
{
	uint64_t byte, bit, bits;

	m->name = name_of(die);
	int err = want_target(t, die, false, &m->type);
	if (!err)
		err = get_number(t, die, DW_AT_data_member_location, 0, &byte);
	if (!err)
		err = get_number(t, die, DW_AT_bit_size, 0, &bits);
	if (!err)
		err = get_number(t, die, DW_AT_data_bit_offset, 0, &bit);
	if (!err && byte > UINT32_MAX / 8)
		err = fail(t, die, EINVAL, "a field too far from its struct's start");
	if (!err && dwarf_hasattr(die, DW_AT_bit_offset))
		err = old_bit_offset(t, die, byte, bits, &bit);
	else if (!err && !dwarf_hasattr(die, DW_AT_data_bit_offset))
		bit = 8 * byte;
	if (err)
		return err;
	if (bit > UINT32_MAX || bits > UINT32_MAX)
		return fail(t, die, EINVAL, "a field too far from its struct's start");
	m->bit_offset = (uint32_t)bit;
	m->bit_size = (uint32_t)bits;
	return 0;
}

static int convert_record(struct dwarf_types *t, Dwarf_Die *die, struct type *to)
{
	Dwarf_Die child;
	uint32_t i = 0;

	int err = get_number(t, die, DW_AT_byte_size, 0, &to->size);
	if (!err)
		err = count_children(t, die, DW_TAG_member, &child, &to->count);
	struct member *members = err ? NULL : new_list(t, to->count, sizeof(*members));
	to->members = members;
	if (!members || !to->count)
		return err ? err : members ? 0 : -ENOMEM;
	do
		if (dwarf_tag(&child) == DW_TAG_member)
			err = convert_member(t, &child, &members[i++]);
	while (!err && i < to->count && dwarf_next(&child));
	return err;
}

static int convert_value(const struct dwarf_types *t, Dwarf_Die *die, bool is_signed,
			 struct enumerator *v)
{
	Dwarf_Attribute a;
	Dwarf_Word u = 0;
	Dwarf_Sword s = 0;

	v->name = name_of(die);
	if (!dwarf_attr(die, DW_AT_const_value, &a) ||
	    (is_signed ? dwarf_formsdata(&a, &s) : dwarf_formudata(&a, &u)))
		return fail(t, die, EINVAL, "an enumerator without a value");
	v->value = is_signed ? (uint64_t)s : u;
	return 0;
}

/* The base type below an enum says whether it is signed. */
static bool is_signed_enum(Dwarf_Die *die)
{
	Dwarf_Attribute a;
	Dwarf_Die base = *die;
	Dwarf_Word encoding = 0;

	for (int i = 0; i < MAX_CHAIN; i++) {
		if (!dwarf_attr(&base, DW_AT_type, &a) || !dwarf_formref_die(&a, &base))
			break;
		if (dwarf_tag(&base) == DW_TAG_base_type)
			return dwarf_attr(&base, DW_AT_encoding, &a) &&
			       !dwarf_formudata(&a, &encoding) &&
			       (encoding == DW_ATE_signed || encoding == DW_ATE_signed_char);
	}
	return false;
}

static int convert_enum(struct dwarf_types *t, Dwarf_Die *die, struct type *to)
{
	Dwarf_Die child;
	uint32_t i = 0;

	to->is_signed = is_signed_enum(die);
	int err = get_number(t, die, DW_AT_byte_size, 0, &to->size);
	if (!err)
		err = count_children(t, die, DW_TAG_enumerator, &child, &to->count);
	struct enumerator *values = err ? NULL : new_list(t, to->count, sizeof(*values));
	to->values = values;
	if (!values || !to->count)
		return err ? err : values ? 0 : -ENOMEM;
	do
		if (dwarf_tag(&child) == DW_TAG_enumerator)
			err = convert_value(t, &child, to->is_signed, &values[i++]);
	while (!err && i < to->count && dwarf_next(&child));
	return err;
}

static int convert_params(struct dwarf_types *t, Dwarf_Die *die, struct type *to)
{
	Dwarf_Die child;
	uint32_t named, open, i = 0;

	int err = count_children(t, die, DW_TAG_formal_parameter, &child, &named);
	if (!err)
		err = count_children(t, die, DW_TAG_unspecified_parameters, &child, &open);
	if (err)
		return err;
	to->count = named + !!open;
	struct param *params = new_list(t, to->count, sizeof(*params));
	to->params = params;
	if (!params)
		return -ENOMEM;
	if (!named)
		return 0;
	do {
		if (dwarf_tag(&child) != DW_TAG_formal_parameter)
			continue;
		err = want_target(t, &child, true, &params[i].type);
		if (!err && !params[i].type)
			err = fail(t, die, EINVAL, "a parameter of type void");
		i++;
	} while (!err && i < named && dwarf_next(&child));
	return err;
}

/* The length of one dimension, and whether there are more. */
static int dimension(struct dwarf_types *t, Dwarf_Die *die, uint32_t index, uint32_t *ret,
		     bool *ret_more)
{
	Dwarf_Die child;
	uint32_t count, i = 0;
	uint64_t length = 0, upper;

	if (dwarf_hasattr(die, DW_AT_GNU_vector))
		return fail(t, die, ENOTSUP, "a vector, which has no counterpart in BTF");
	int err = count_children(t, die, DW_TAG_subrange_type, &child, &count);
	if (err)
		return err;
	if (!count || count > MAX_CHAIN)
		return fail(t, die, EINVAL, "an array of no dimension, or of too many");
	do
		if (dwarf_tag(&child) == DW_TAG_subrange_type && i++ == index)
			break;
	while (dwarf_next(&child));
	err = get_number(t, &child, DW_AT_upper_bound, UINT64_MAX, &upper);
	if (!err)
		err = get_number(t, &child, DW_AT_count, upper + 1, &length);
	if (!err && length > UINT32_MAX)
		err = fail(t, die, EINVAL, "an array of more than 4 GiB");
	*ret = (uint32_t)length;
	*ret_more = index + 1 < count;
	return err;
}

static int convert_array(struct dwarf_types *t, const struct dwarf_entry *e, struct type *to)
{
	Dwarf_Die die = e->die;
	bool more = false;

	int err = dimension(t, &die, e->dimension, &to->count, &more);
	if (err)
		return err;
	if (!more)
		return want_target(t, &die, e->shallow, &to->target);
	to->target = want_entry(t, (struct dwarf_entry){.die = die,
							.offset = e->offset,
							.dimension = e->dimension + 1,
							.shallow = e->shallow});
	return to->target ? 0 : t->d->err;
}

static int convert_base(const struct dwarf_types *t, Dwarf_Die *die, struct type *to)
{
	uint64_t encoding;

	int err = get_number(t, die, DW_AT_byte_size, 0, &to->size);
	if (!err)
		err = get_number(t, die, DW_AT_encoding, 0, &encoding);
	if (err)
		return err;
	if (to->size > 16)
		return fail(t, die, ENOTSUP, "a base type of more than 16 bytes");
	to->kind = encoding == DW_ATE_float ? TYPE_FLOAT : TYPE_INT;
	to->int_bits = to->kind == TYPE_INT ? (uint8_t)(8 * to->size) : 0;
	switch (encoding) {
	case DW_ATE_signed:
	case DW_ATE_signed_char:
		to->is_signed = true;
		return 0;
	case DW_ATE_boolean:
		to->is_bool = true;
		return 0;
	case DW_ATE_float:
	case DW_ATE_unsigned:
	case DW_ATE_unsigned_char:
	case DW_ATE_UTF:
		return 0;
	default:
		return fail(t, die, ENOTSUP, "a base type that has no counterpart in BTF");
	}
}

/* A small atomic type is as large as the machine's next integer. The model has no type that is
 * larger than what it is made of. */
static int check_atomic(const struct dwarf_types *t, const struct dwarf_entry *e)
{
	Dwarf_Die die = e->die;
	uint64_t size = own_size(&die);

	if (e->shallow || size >= 8 || !(size & (size - 1)))
		return 0;
	return fail(
		t, &die, ENOTSUP,
		"an _Atomic type that is larger than it would be without _Atomic; make its size "
		"a power of two");
}

/* Does a type tag say that the pointer leads into an arena? Other tags change nothing here. */
static bool is_arena_pointer(struct dwarf_types *t, Dwarf_Die *die)
{
	Dwarf_Attribute a;
	Dwarf_Die child;

	if (dwarf_child(die, &child) != 0)
		return false;
	do {
		if (dwarf_tag(&child) != LLVM_ANNOTATION ||
		    strcmp(name_of(&child), "btf_type_tag") ||
		    !dwarf_attr(&child, DW_AT_const_value, &a))
			continue;
		const char *text = dwarf_formstring(&a);
		if (text && !strcmp(text, "arena"))
			return true;
	} while (t->steps++ < MAX_STEPS && dwarf_next(&child));
	return false;
}

/* What is in an arena is for the user to follow, so not only declared. */
static int convert_pointer(struct dwarf_types *t, const struct dwarf_entry *e, struct type *to)
{
	Dwarf_Die die = e->die;

	if (e->dimension) {
		to->kind = TYPE_TYPE_TAG;
		to->name = "arena";
		return want_target(t, &die, false, &to->target);
	}
	if (!is_arena_pointer(t, &die))
		return want_target(t, &die, true, &to->target);
	to->target = want_entry(
		t, (struct dwarf_entry){.die = die, .offset = e->offset, .dimension = 1});
	return to->target ? 0 : t->d->err;
}

static int convert(struct dwarf_types *t, const struct dwarf_entry *e, struct type *to)
{
	Dwarf_Die die = e->die;
	int tag = dwarf_tag(&die), err;

	*to = (struct type){.kind = kind_of(tag), .name = name_of(&die), .component = -1};
	switch (to->kind) {
	case TYPE_STRUCT:
	case TYPE_UNION:
		if (!e->shallow && !dwarf_hasattr(&die, DW_AT_declaration))
			return convert_record(t, &die, to);
		to->fwd = to->kind == TYPE_UNION ? FWD_UNION : FWD_STRUCT;
		to->kind = TYPE_FWD;
		return 0;
	case TYPE_ENUM:
		if (!dwarf_hasattr(&die, DW_AT_declaration))
			return convert_enum(t, &die, to);
		to->fwd = FWD_ENUM;
		to->kind = TYPE_FWD;
		return 0;
	case TYPE_FUNC_PROTO:
		to->name = "";
		err = convert_params(t, &die, to);
		return err ? err : want_target(t, &die, true, &to->target);
	case TYPE_ARRAY:
		to->name = "";
		return convert_array(t, e, to);
	case TYPE_VOID:
		if (tag == DW_TAG_base_type)
			return convert_base(t, &die, to);
		return fail(t, &die, ENOTSUP, "a type that C has not");
	case TYPE_TYPEDEF:
		return want_target(t, &die, e->shallow, &to->target);
	case TYPE_PTR:
		to->name = "";
		return convert_pointer(t, e, to);
	default:
		to->name = "";
		err = tag == DW_TAG_atomic_type ? check_atomic(t, e) : 0;
		if (err)
			return err;
		return want_target(t, &die, e->shallow, &to->target);
	}
}

int dwarf_add_wanted(struct dwarf_types *t)
{
	int err = 0;

	while (!err && t->added < t->count) {
		struct dwarf_entry e = t->entries[t->added];
		struct type type;
		t->current = (uint32_t)t->added + 1;
		err = convert(t, &e, &type);
		if (!err && !model_add(t->m, &type))
			err = diag_fail(t->d, ENOMEM, "out of memory");
		t->added++;
	}
	return err;
}

void dwarf_types_clear(struct dwarf_types *t)
{
	free(t->entries);
	free(t->slots);
	free(t->list);
	*t = (struct dwarf_types){0};
}
