// SPDX-License-Identifier: BSD-2-Clause
#include "skelgen/section.h"

#include <errno.h>
#include <stdlib.h>

#include "skelgen/declare.h"
#include "skelgen/ident.h"

struct section {
	const struct layout *layout;
	const struct object_map *map;
	const char *ident;
	struct template_data *data;
	struct strbuf fields;
	struct ident_scope scope;
	unsigned holes; /* so far */
	struct diag *d;
};

static void assert_that(struct section *s, const char *condition, const char *text)
{
	struct template_data *a = template_add(s->data, "asserts");

	template_set(a, "condition", condition);
	template_set(a, "text", text);
}

static void add_asserts(struct section *s, const char *name, const struct slot *slot)
{
	char *condition = str_printf("sizeof(s->%s->%s) == %llu", s->ident, name,
				     (unsigned long long)slot->byte_size);
	char *text = str_printf("unexpected size of '%s'", name);

	assert_that(s, condition, text);
	free(condition);
	free(text);
	condition = str_printf("__builtin_offsetof(__typeof__(*s->%s), %s) == %llu", s->ident, name,
			       (unsigned long long)slot->byte_offset);
	text = str_printf("unexpected offset of '%s'", name);
	assert_that(s, condition, text);
	free(condition);
	free(text);
}

static void new_line(struct section *s)
{
	strbuf_puts(&s->fields, s->fields.len ? "\n\t\t" : "\t\t");
}

static int add_var(struct section *s, const struct slot *slot)
{
	struct declare_options o = {.keep_const = s->map->role == MAP_KCONFIG, .indent = 2};
	const char *name = ident_add(&s->scope, slot->name);

	if (!name)
		return diag_fail(s->d, ENOMEM, "out of memory");
	new_line(s);
	int err = declare_slot(s->layout, slot, name, &o, &s->fields, s->d);
	add_asserts(s, name, slot);
	return err;
}

/* Neighbouring holes are one, with a name, as in bpftool's skeletons. */
static int add_hole(struct section *s, uint64_t bytes)
{
	char *wanted = bytes ? str_printf("__pad%u", s->holes++) : NULL;
	const char *name = wanted ? ident_add(&s->scope, wanted) : NULL;

	free(wanted);
	if (!bytes)
		return 0;
	if (!name)
		return diag_fail(s->d, ENOMEM, "out of memory");
	new_line(s);
	strbuf_printf(&s->fields, "char %s[%llu];", name, (unsigned long long)bytes);
	return 0;
}

static int add_slots(struct section *s, const struct record *r)
{
	uint64_t hole = 0; /* bytes */

	for (size_t i = 0; i < r->slot_count; i++) {
		const struct slot *slot = &r->slots[i];
		if (slot->kind != SLOT_FIELD) {
			hole += slot->kind == SLOT_PAD_BITS ? slot->unit : slot->byte_size;
			continue;
		}
		int err = add_hole(s, hole);
		if (!err)
			err = add_var(s, slot);
		if (err)
			return err;
		hole = 0;
	}
	return add_hole(s, hole);
}

int section_fill(const struct layout *l, const struct object_map *map, const char *ident,
		 struct template_data *data, struct diag *d)
{
	struct section s = {.layout = l, .map = map, .ident = ident, .data = data, .d = d};
	struct strbuf attributes = {0};
	int err = 0;

	template_list(data, "asserts");
	/* Constants that only the compiler knows have no variables, but are mapped all the same. */
	if (map->datasec) {
		const struct record *r;
		err = layout_record(l, map->datasec, &r, d);
		if (!err)
			err = add_slots(&s, r);
		if (!err)
			declare_attributes(r, &attributes);
	}
	template_set(data, "fields", strbuf_str(&s.fields));
	template_set(data, "attributes", strbuf_str(&attributes));
	strbuf_free(&attributes);
	strbuf_free(&s.fields);
	ident_scope_clear(&s.scope);
	return err;
}
