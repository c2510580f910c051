/* SPDX-License-Identifier: BSD-2-Clause */
/* The fields of a struct, union or data section. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bindgen/private.h"
#include "btfgen/describe.h"

struct maker {
	struct plan *p;
	struct plan_type *t;
	struct name_scope names;
	struct plan_field *fields;
	struct plan_access *accesses;
	struct plan_tail *tails;
	const char **omitted;
	size_t field_room, access_room, tail_room, omitted_room;
	uint64_t end; /* of the fields so far */
	struct diag *d;
};

/* One more in a list of which *count are used; it is zeroed. */
static void *add(void **list, size_t size, size_t *count, size_t *room)
{
	if (*count == *room) {
		size_t more = *room ? 2 * *room : 8;
		void *grown = realloc(*list, more * size);
		if (!grown)
			return NULL;
		*list = grown;
		*room = more;
	}
	return memset((char *)*list + (*count)++ * size, 0, size);
}

static int fail(const struct maker *k)
{
	return plan_no_memory(k->d);
}

static const char *keep(struct maker *k, const char *text)
{
	return text ? arena_string(&k->p->memory, text) : NULL;
}

/* --- fields -------------------------------------------------------------------------------------
 */

/* Bytes up to offset that have no name. */
static int add_run(struct maker *k, uint64_t offset)
{
	uint64_t bytes = offset - k->end;
	struct plan_field *f;

	if (!bytes)
		return 0;
	f = add((void **)&k->fields, sizeof(*f), &k->t->field_count, &k->field_room);
	if (!f)
		return fail(k);
	f->offset = k->end;
	f->run_bytes = bytes;
	f->run_piece = 8;
	while (f->run_piece > k->t->align || k->end % f->run_piece || bytes % f->run_piece)
		f->run_piece /= 2;
	k->end = offset;
	return 0;
}

/* Go's compiler sizes a field twice, and so what is inside it twice as often with each step. */
enum { MAX_DEPTH_GO = 24 };

static int count_depth(struct maker *k, const struct plan_use *use)
{
	const struct plan_use *base = use;

	while (base->class == PLAN_TYPE && base->type->kind == PLAN_ALIAS)
		base = &base->type->target;
	if (base->class != PLAN_TYPE || base->type->depth < k->t->depth)
		return 0;
	k->t->depth = base->type->depth + 1;
	if (k->p->language == BINDINGS_GO && k->t->depth > MAX_DEPTH_GO)
		return diag_fail(
			k->d, ENOTSUP,
			"%s: more than %d types in each other, for which Go's compiler takes "
			"forever: choose others with --type",
			k->t->about, MAX_DEPTH_GO);
	return 0;
}

static int add_field(struct maker *k, const char *c_name, uint64_t offset,
		     const struct plan_use *use)
{
	int err = add_run(k, offset);
	struct plan_field *f =
		err ? NULL
		    : add((void **)&k->fields, sizeof(*f), &k->t->field_count, &k->field_room);

	if (!f)
		return fail(k);
	f->name = keep(k, name_add(&k->names, k->p->language, NAME_FIELD, c_name));
	f->c_name = c_name;
	f->offset = offset;
	f->use = *use;
	k->end = offset + use->bytes;
	if (use->align > k->t->field_align)
		k->t->field_align = use->align;
	return f->name ? count_depth(k, use) : fail(k);
}

/* --- accessors ----------------------------------------------------------------------------------
 */

static struct plan_access *add_access(struct maker *k, const char *c_name)
{
	struct plan_access *a =
		add((void **)&k->accesses, sizeof(*a), &k->t->access_count, &k->access_room);
	const char *setter = NULL;

	if (!a)
		return NULL;
	a->name = keep(
		k, name_add_pair(&k->names, k->p->language, NAME_FIELD, c_name, "set", &setter));
	a->setter = keep(k, setter);
	a->c_name = c_name;
	return a->name && a->setter ? a : NULL;
}

static bool is_aligned(const struct maker *k, uint64_t offset, const struct plan_use *use)
{
	return use->align <= k->t->align && offset % use->align == 0;
}

/* Rust has a function for what may be changed; Go's is one. */
static int name_place(struct maker *k, struct plan_access *a)
{
	char *name = str_printf("%s_mut", a->name);

	if (k->p->language == BINDINGS_RUST)
		a->setter =
			name ? keep(k, name_add(&k->names, BINDINGS_RUST, NAME_FIELD, name)) : NULL;
	free(name);
	return a->setter ? 0 : fail(k);
}

static int add_value(struct maker *k, const char *c_name, uint64_t offset,
		     const struct plan_use *use, bool in_union)
{
	struct plan_access *a = add_access(k, c_name);
	bool is_number = plan_is_number(use) || (use->class == PLAN_WIDE && !use->depth);

	if (!a)
		return fail(k);
	a->how = !is_number && is_aligned(k, offset, use) ? PLAN_PLACE : PLAN_VALUE;
	a->offset = offset;
	a->use = *use;
	a->in_union = in_union;
	return a->how == PLAN_PLACE ? name_place(k, a) : 0;
}

static int add_bits(struct maker *k, const struct slot *s, uint64_t base, bool in_union)
{
	struct plan_access *a = add_access(k, s->name);

	if (!a)
		return fail(k);
	a->how = PLAN_BITS;
	a->in_union = in_union;
	a->bit = base * 8 + s->bit_offset;
	a->bits = (unsigned)s->bit_size;
	struct scalar scalar = layout_scalar(k->p->m, s->type);
	a->is_bool = scalar.class == SCALAR_BOOL;
	int err = plan_use(k->p, s->type, k->t->name, s->name, &a->use, k->d);
	/* As a few bits C's char is a number. */
	if (!err && scalar.class == SCALAR_CHAR)
		a->use = (struct plan_use){
			.size = 1,
			.is_signed = model_type(k->p->m, scalar.id)->is_signed,
			.bytes = 1,
			.align = 1,
		};
	return err;
}

/* --- what holds nothing -------------------------------------------------------------------------
 */

static int add_omitted(struct maker *k, const struct slot *s)
{
	const char **o =
		add((void **)&k->omitted, sizeof(*o), &k->t->omitted_count, &k->omitted_room);
	struct strbuf text = {0};

	if (!o)
		return fail(k);
	describe_declaration(k->p->m, s->type, s->name, &text);
	*o = keep(k, strbuf_str(&text));
	strbuf_free(&text);
	return *o ? 0 : fail(k);
}

/* Rust's is a function of the type; Go has such functions in the package only. */
static const char *tail_name(struct maker *k, const char *c_name)
{
	if (k->p->language == BINDINGS_RUST)
		return name_add(&k->names, BINDINGS_RUST, NAME_FIELD, c_name);
	char *name = str_printf("view_%s_%s", k->t->name, c_name);
	const char *kept = name ? name_add(&k->p->names, BINDINGS_GO, NAME_TYPE, name) : NULL;
	free(name);
	return kept;
}

static int add_empty(struct maker *k, const struct slot *s, uint64_t offset,
		     const struct plan_use *use)
{
	struct plan_use element = *use;

	if (use->depth) {
		const struct type *array = model_type(k->p->m, model_resolve(k->p->m, s->type));
		element.lengths++;
		element.depth--;
		element.bytes = model_size(k->p->m, array->target);
	}
	if (!use->depth || !element.bytes)
		return add_omitted(k, s);
	struct plan_tail *tail =
		add((void **)&k->tails, sizeof(*tail), &k->t->tail_count, &k->tail_room);
	if (!tail)
		return fail(k);
	tail->name = keep(k, tail_name(k, s->name));
	tail->c_name = s->name;
	tail->offset = offset;
	tail->element = element;
	tail->is_copied = !is_aligned(k, offset, use);
	return tail->name ? 0 : fail(k);
}

/* --- slots --------------------------------------------------------------------------------------
 */

static int add_slots(struct maker *k, const struct record *r, uint64_t base, bool in_union);

/* Its fields are those of what it is in. */
static int add_anonymous(struct maker *k, const struct slot *s, uint64_t base, bool in_union)
{
	const struct record *inner;
	uint32_t id = model_resolve(k->p->m, s->type);
	const struct type *t = model_type(k->p->m, id);

	if (t->kind != TYPE_STRUCT && t->kind != TYPE_UNION)
		return 0; /* an array without a name: nobody can reach it */
	int err = layout_record(k->p->layout, id, &inner, k->d);
	return err ? err : add_slots(k, inner, base + s->byte_offset, in_union || inner->is_union);
}

static int add_slot(struct maker *k, const struct slot *s, uint64_t base, bool in_union)
{
	uint64_t offset = base + s->byte_offset;
	struct plan_use use;

	if (s->kind == SLOT_BITFIELD)
		return *s->name ? add_bits(k, s, base, in_union) : 0;
	if (s->kind != SLOT_FIELD)
		return 0;
	if (!*s->name)
		return add_anonymous(k, s, base, in_union);
	int err = plan_use(k->p, s->type, k->t->name, s->name, &use, k->d);
	if (err)
		return err;
	if (!use.bytes)
		return add_empty(k, s, offset, &use);
	if (!in_union && offset >= k->end && is_aligned(k, offset, &use))
		return add_field(k, s->name, offset, &use);
	return add_value(k, s->name, offset, &use, in_union);
}

static int add_slots(struct maker *k, const struct record *r, uint64_t base, bool in_union)
{
	int err = 0;

	for (size_t i = 0; i < r->slot_count && !err; i++)
		err = add_slot(k, &r->slots[i], base, in_union);
	return err;
}

/* Names that the type has already. */
static bool take_names(struct maker *k)
{
	static const char *const rust[] = {"view", "view_mut", "default", "clone", "fmt"};
	bool ok = true;

	for (size_t i = 0; k->p->language == BINDINGS_RUST && i < sizeof(rust) / sizeof(*rust); i++)
		ok = ok && name_reserve(&k->names, rust[i]);
	return ok;
}

static int finish(struct maker *k)
{
	struct arena *memory = &k->p->memory;
	struct plan_type *t = k->t;

	t->fields = arena_copy(memory, k->fields, t->field_count, sizeof(*k->fields));
	t->accesses = arena_copy(memory, k->accesses, t->access_count, sizeof(*k->accesses));
	t->tails = arena_copy(memory, k->tails, t->tail_count, sizeof(*k->tails));
	t->omitted = arena_copy(memory, k->omitted, t->omitted_count, sizeof(*k->omitted));
	return t->fields && t->accesses && t->tails && t->omitted ? 0 : fail(k);
}

int plan_record(struct plan *p, const struct record *r, struct plan_type *t, struct diag *d)
{
	struct maker k = {.p = p, .t = t, .d = d};

	t->align = r->align ? r->align : 1;
	/* A section ends with its last variable, a type with a whole unit of its alignment. */
	t->size = (t->size + t->align - 1) / t->align * t->align;
	t->field_align = 1;
	t->depth = 1;
	int err = take_names(&k) ? add_slots(&k, r, 0, r->is_union) : fail(&k);
	if (!err)
		err = add_run(&k, t->size);
	if (!err)
		err = finish(&k);
	free(k.fields);
	free(k.accesses);
	free(k.tails);
	free(k.omitted);
	name_scope_clear(&k.names);
	return err;
}
