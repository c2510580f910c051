/* SPDX-License-Identifier: BSD-2-Clause */
#include "bindgen/plan.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bindgen/private.h"
#include "btfgen/cnames.h"
#include "btfgen/describe.h"

int plan_no_memory(struct diag *d)
{
	return diag_fail(d, ENOMEM, "out of memory");
}

int plan_new(const struct object *obj, enum binding_language language, struct plan **ret,
	     struct diag *d)
{
	struct plan *p = calloc(1, sizeof(*p));

	*ret = NULL;
	if (!p)
		return plan_no_memory(d);
	p->obj = obj;
	p->m = obj->model;
	p->language = language;
	p->by_id = calloc(model_count(p->m), sizeof(struct plan_type *));
	int err = p->by_id ? layout_new(p->m, &p->layout, d) : plan_no_memory(d);
	if (err)
		plan_free(p);
	else
		*ret = p;
	return err;
}

void plan_free(struct plan *p)
{
	if (!p)
		return;
	layout_free(p->layout);
	name_scope_clear(&p->names);
	arena_free(&p->memory);
	free(p->by_id);
	free(p->types);
	free(p);
}

struct name_scope *plan_names(struct plan *p)
{
	return &p->names;
}

const struct plan_type *const *plan_types(const struct plan *p, size_t *ret_count)
{
	*ret_count = p->count;
	return p->types;
}

const struct model *plan_model(const struct plan *p)
{
	return p->m;
}

bool plan_big_endian(const struct plan *p)
{
	return model_big_endian(p->m);
}

const struct plan_use *plan_base(const struct plan_use *use)
{
	while (!use->depth && use->class == PLAN_TYPE && use->type->kind == PLAN_ALIAS)
		use = &use->type->target;
	return use;
}

bool plan_is_number(const struct plan_use *use)
{
	const struct plan_use *base = plan_base(use);

	return !base->depth && (base->class == PLAN_INTEGER || base->class == PLAN_FLOAT ||
				(base->class == PLAN_TYPE && base->type->kind == PLAN_ENUM));
}

bool plan_is_swapped(const struct plan *p, const struct plan_use *use)
{
	struct plan_use one = *use;

	one.depth = 0;
	const struct plan_use *base = plan_base(&one);
	return plan_big_endian(p) && plan_is_number(&one) &&
	       (base->class == PLAN_TYPE ? base->type->size : base->size) > 1;
}

int plan_add(struct plan *p, const struct plan_type *t, struct diag *d)
{
	if (p->count == p->capacity) {
		size_t capacity = p->capacity ? 2 * p->capacity : 64;
		const struct plan_type **types = realloc(p->types, capacity * sizeof(*types));
		if (!types)
			return plan_no_memory(d);
		p->types = types;
		p->capacity = capacity;
	}
	p->types[p->count++] = t;
	return 0;
}

int plan_name(struct plan *p, struct plan_type *t, const char *name, struct diag *d)
{
	const char *prefix = p->language == BINDINGS_GO && t->kind == PLAN_RECORD ? "view" : "";

	t->name = name_add_pair(&p->names, p->language, NAME_TYPE, name, prefix, &t->viewer);
	return t->name ? 0 : plan_no_memory(d);
}

/* --- enums --------------------------------------------------------------------------------------
 */

static const char *about(struct plan *p, uint32_t id)
{
	struct strbuf text = {0};

	describe_type(p->m, id, &text);
	char *copy = strbuf_error(&text) ? NULL : arena_string(&p->memory, strbuf_str(&text));
	strbuf_free(&text);
	return copy;
}

/* In Rust the constants of an enum are its own; in Go they are the package's. */
static int add_constants(struct plan *p, const struct type *t, struct plan_type *e, struct diag *d)
{
	struct plan_constant *list = arena_alloc(&p->memory, t->count, sizeof(*list));
	struct name_scope own = {0};
	bool is_own = p->language == BINDINGS_RUST && e->kind == PLAN_ENUM;
	int err = list ? 0 : plan_no_memory(d);

	for (uint32_t i = 0; i < t->count && !err; i++) {
		const char *name = name_add(is_own ? &own : &p->names, p->language, NAME_CONSTANT,
					    t->values[i].name);
		list[i].name = name ? arena_string(&p->memory, name) : NULL;
		list[i].c_name = t->values[i].name;
		list[i].value = t->values[i].value;
		if (!list[i].name)
			err = plan_no_memory(d);
	}
	name_scope_clear(&own);
	e->constants = list;
	e->constant_count = t->count;
	e->is_signed = t->is_signed;
	e->size = t->size;
	return err;
}

/* --- definitions --------------------------------------------------------------------------------
 */

static struct plan_type *new_type(struct plan *p, uint32_t id, enum plan_kind kind)
{
	struct plan_type *t = arena_alloc(&p->memory, 1, sizeof(*t));

	if (!t)
		return NULL;
	t->kind = kind;
	t->about = about(p, id);
	t->size = model_size(p->m, id);
	return t->about ? t : NULL;
}

static int define(struct plan *p, uint32_t id, const char *name, struct plan_type **ret,
		  struct diag *d);

static int define_record(struct plan *p, uint32_t id, struct plan_type *t, struct diag *d)
{
	const struct record *r;
	int err = layout_record(p->layout, id, &r, d);

	return err ? err : plan_record(p, r, t, d);
}

static bool has_words_of(const char *a, const char *b)
{
	char *ta = name_make(BINDINGS_GO, NAME_TYPE, a), *tb = name_make(BINDINGS_GO, NAME_TYPE, b);
	bool same = ta && tb && !strcmp(ta, tb);

	free(ta);
	free(tb);
	return same;
}

/* "typedef struct event event" and "typedef struct { ... } event" define one type, not two. */
static bool names_its_target(const struct plan *p, const struct type *t, uint32_t target)
{
	const struct type *named = model_type(p->m, target);

	if (named->kind != TYPE_STRUCT && named->kind != TYPE_UNION && named->kind != TYPE_ENUM)
		return false;
	if (*named->name)
		return has_words_of(named->name, t->name);
	return !p->by_id[target] || p->by_id[target]->kind == PLAN_CONSTANTS;
}

static int define_typedef(struct plan *p, uint32_t id, struct plan_type **ret, struct diag *d)
{
	const struct type *t = model_type(p->m, id);
	uint32_t target = model_skip_modifiers(p->m, t->target);

	if (names_its_target(p, t, target)) {
		int err = define(p, target, t->name, ret, d);
		p->by_id[id] = *ret;
		return err;
	}
	struct plan_type *alias = new_type(p, id, PLAN_ALIAS);
	*ret = alias;
	if (!alias)
		return plan_no_memory(d);
	int err = plan_use(p, t->target, t->name, "", &alias->target, d);
	if (!err)
		err = plan_name(p, alias, t->name, d);
	p->by_id[id] = alias;
	return err ? err : plan_add(p, alias, d);
}

/* Something is of an enum that was taken for constants alone. */
static int name_constants(struct plan *p, const struct type *t, struct plan_type *made,
			  const char *name, struct diag *d)
{
	made->kind = PLAN_ENUM;
	int err = plan_name(p, made, name, d);
	return err ? err : add_constants(p, t, made, d);
}

/* A name that the caller chose; NULL for an enum: its constants alone. */
static int define(struct plan *p, uint32_t id, const char *name, struct plan_type **ret,
		  struct diag *d)
{
	const struct type *t = model_type(p->m, id);

	*ret = p->by_id[id];
	if (*ret)
		return name && !(*ret)->name ? name_constants(p, t, *ret, name, d) : 0;
	if (t->kind == TYPE_TYPEDEF)
		return define_typedef(p, id, ret, d);
	bool is_enum = t->kind == TYPE_ENUM;
	struct plan_type *made = new_type(p, id,
					  !is_enum ? PLAN_RECORD
					  : name   ? PLAN_ENUM
						   : PLAN_CONSTANTS);
	if (!made)
		return plan_no_memory(d);
	*ret = p->by_id[id] = made;
	int err = name ? plan_name(p, made, name, d) : 0;
	if (!err)
		err = is_enum ? add_constants(p, t, made, d) : define_record(p, id, made, d);
	return err ? err : plan_add(p, made, d);
}

/* --- uses ---------------------------------------------------------------------------------------
 */

static void use_scalar(struct scalar s, struct plan_use *ret)
{
	ret->size = s.size;
	/* Text: C's char has a sign here, and none there. */
	ret->is_signed = s.class != SCALAR_CHAR && (s.is_signed || s.class == SCALAR_SIGNED);
	ret->class = s.class == SCALAR_FLOAT   ? PLAN_FLOAT
		     : s.class == SCALAR_BYTES ? PLAN_BYTES
		     : s.size > 8              ? PLAN_WIDE
					       : PLAN_INTEGER;
}

static int use_type(struct plan *p, uint32_t id, const char *parent, const char *field,
		    struct plan_use *ret, struct diag *d)
{
	const struct type *t = model_type(p->m, id);
	char *made = *t->name ? NULL : str_printf("%s%s%s", parent, *field ? "_" : "", field);
	struct plan_type *type = NULL;

	if (!*t->name && !made)
		return plan_no_memory(d);
	int err = define(p, id, made ? made : t->name, &type, d);
	free(made);
	if (err)
		return err;
	ret->class = PLAN_TYPE;
	ret->type = type;
	return 0;
}

/* A number that has a type in both languages, and whose name says no more than that. */
static bool is_plain(const struct plan *p, uint32_t typedef_id)
{
	static const char *const more[] = {"uint", "ulong", "ushort"};
	const char *name = model_type(p->m, typedef_id)->name;

	for (size_t i = 0; i < sizeof(more) / sizeof(*more); i++)
		if (!strcmp(name, more[i]))
			return true;
	return model_size(p->m, typedef_id) <= 8 && cnames_is_plain(p->m, typedef_id);
}

static bool is_type(const struct plan *p, uint32_t id)
{
	const struct type *t = model_type(p->m, id);

	return t->kind == TYPE_STRUCT || t->kind == TYPE_UNION || t->kind == TYPE_ENUM ||
	       (t->kind == TYPE_TYPEDEF && !is_plain(p, id));
}

/* Takes the arrays off; *ret_id is what they are of. */
static int use_lengths(struct plan *p, uint32_t id, struct plan_use *ret, uint32_t *ret_id,
		       struct diag *d)
{
	size_t depth = 0;

	id = model_skip_modifiers(p->m, id);
	for (uint32_t at = id; model_type(p->m, at)->kind == TYPE_ARRAY; depth++)
		at = model_skip_modifiers(p->m, model_type(p->m, at)->target);
	uint32_t *lengths = arena_alloc(&p->memory, depth, sizeof(*lengths));
	if (!lengths)
		return plan_no_memory(d);
	for (size_t i = 0; i < depth; i++) {
		lengths[i] = model_type(p->m, id)->count;
		id = model_skip_modifiers(p->m, model_type(p->m, id)->target);
	}
	ret->lengths = lengths;
	ret->depth = depth;
	*ret_id = id;
	return 0;
}

/* What C says and the language cannot: pointers, bool, char, typedefs of numbers. */
static int use_note(struct plan *p, uint32_t id, struct plan_use *ret, struct diag *d)
{
	const struct type *t = model_type(p->m, model_resolve(p->m, id));
	bool shown = t->kind == TYPE_INT && !t->is_bool && !t->is_char && t->size <= 8 &&
		     !type_is_long(t);

	if (shown || ret->class == PLAN_TYPE || ret->class == PLAN_FLOAT)
		return 0;
	ret->note = about(p, id);
	return ret->note ? 0 : plan_no_memory(d);
}

int plan_use(struct plan *p, uint32_t id, const char *parent, const char *field,
	     struct plan_use *ret, struct diag *d)
{
	uint32_t of = 0;

	*ret = (struct plan_use){
		.bytes = model_size(p->m, id),
		.align = layout_align(p->layout, id),
	};
	if (!ret->align)
		ret->align = 1;
	int err = use_lengths(p, id, ret, &of, d);
	if (err)
		return err;
	if (is_type(p, of))
		err = use_type(p, of, parent, field, ret, d);
	else
		use_scalar(layout_scalar(p->m, of), ret);
	return err ? err : use_note(p, of, ret, d);
}

int plan_define(struct plan *p, uint32_t id, const char *hint, struct plan_use *ret, struct diag *d)
{
	return plan_use(p, id, hint ? hint : "type", "", ret, d);
}

int plan_constants(struct plan *p, uint32_t id, struct diag *d)
{
	struct plan_type *made;

	return define(p, id, NULL, &made, d);
}

int plan_section(struct plan *p, uint32_t datasec, const char *name, const struct plan_type **ret,
		 struct diag *d)
{
	struct plan_type *t = new_type(p, datasec, PLAN_RECORD);

	if (!t)
		return plan_no_memory(d);
	t->size = model_type(p->m, datasec)->size;
	t->about = arena_string(&p->memory, model_type(p->m, datasec)->name);
	*ret = t;
	int err = plan_name(p, t, name, d);
	if (!err)
		err = define_record(p, datasec, t, d);
	return err ? err : plan_add(p, t, d);
}
