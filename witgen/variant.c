/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tagged unions: the source says which field has the number of the member, and each member's
 * numbers. A member without a number is none of the cases; what no case has is "other", the bytes.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "witgen/private.h"

struct cases {
	struct wit_definition *def;
	struct kebab_scope scope;
	const char *c_name; /* of the union, for messages */
};

/* C has one scope for all enumerators. */
static bool find_enumerator(const struct model *m, const char *name, size_t len, uint64_t *ret)
{
	for (uint32_t id = 1; id < model_count(m); id++) {
		const struct type *t = model_type(m, id);
		for (uint32_t i = 0; t->kind == TYPE_ENUM && i < t->count; i++) {
			const char *here = t->values[i].name;
			if (!strncmp(here, name, len) && !here[len]) {
				*ret = t->values[i].value;
				return true;
			}
		}
	}
	return false;
}

static bool parse_number(const char *text, size_t len, uint64_t *ret)
{
	char copy[32], *end;

	if (!len || len >= sizeof(copy) || !strchr("-0123456789", *text))
		return false;
	memcpy(copy, text, len);
	copy[len] = '\0';
	errno = 0;
	*ret = *copy == '-' ? (uint64_t)strtoll(copy, &end, 0) : strtoull(copy, &end, 0);
	return !errno && end > copy && !*end;
}

static bool is_taken(const struct wit_definition *def, uint64_t value)
{
	for (size_t i = 0; i < def->field_count; i++)
		for (size_t k = 0; k < def->fields[i].value_count; k++)
			if (def->fields[i].values[k] == value)
				return true;
	return false;
}

static int add_value(struct wit_types *w, const struct cases *c, struct wit_field *field,
		     const char *text, size_t len, struct diag *d)
{
	uint64_t value;

	if (!parse_number(text, len, &value) && !find_enumerator(w->m, text, len, &value))
		return diag_fail(
			d, EINVAL,
			"union %s.%s: '%.*s' in its tag wit:case is neither a number nor an "
			"enumerator that the types have",
			c->c_name, field->c_name, (int)len, text);
	if (is_taken(c->def, value))
		return diag_fail(d, EINVAL, "union %s.%s: two cases have the value %.*s", c->c_name,
				 field->c_name, (int)len, text);
	uint64_t *values =
		realloc(field->values, (field->value_count + 1) * sizeof(*field->values));
	if (!values)
		return wit_no_memory(d);
	field->values = values;
	values[field->value_count++] = value;
	return 0;
}

/* "1", "EXEC,EXEC_AT", "-1, 0x10". */
static int add_values(struct wit_types *w, const struct cases *c, struct wit_field *field,
		      const char *text, struct diag *d)
{
	struct strbuf note = {0};
	int err = 0;

	strbuf_printf(&note, "for %s", text);
	for (;;) {
		text += strspn(text, " ");
		size_t len = strcspn(text, ","), end = len;
		while (end && text[end - 1] == ' ')
			end--;
		err = add_value(w, c, field, text, end, d);
		text += len;
		if (err || !*text)
			break;
		text++;
	}
	if (field->use.note.len)
		strbuf_printf(&note, ": %s", strbuf_str(&field->use.note));
	strbuf_free(&field->use.note);
	field->use.note = note;
	return err;
}

/* A member without a name has its type's tags. */
static const char *case_tag(const struct wit_types *w, uint32_t id, uint32_t index)
{
	const struct member *m = &model_type(w->m, id)->members[index];

	if (*m->name)
		return wit_tag(w, id, (int32_t)index, "case");
	return wit_tag(w, model_skip_modifiers(w->m, m->type), -1, "case");
}

static int add_case(struct wit_types *w, struct cases *c, uint32_t index, const char *path,
		    struct diag *d)
{
	uint32_t id = c->def->id;
	const struct member *m = &model_type(w->m, id)->members[index];
	const char *values = case_tag(w, id, index);
	struct wit_field *field = &c->def->fields[c->def->field_count];

	if (!values)
		return 0;
	const struct type *t = model_type(w->m, model_skip_modifiers(w->m, m->type));
	field->c_name = *m->name ? m->name : type_kind_name(t->kind);
	const char *name = kebab_add(&c->scope, field->c_name, "field");
	field->name = name ? arena_string(&w->texts, name) : NULL;
	c->def->field_count++;
	if (!field->name)
		return wit_no_memory(d);
	int err = wit_use_member(w, id, index, path, field, d);
	if (!err && field->use.depth >= WIT_MAX_DEPTH) {
		wit_use_clear(&field->use);
		strbuf_puts(&field->use.note, "too deep for WIT's tools, left out");
	}
	if (!err && field->use.depth > c->def->depth)
		c->def->depth = field->use.depth;
	return err ? err : add_values(w, c, field, values, d);
}

static int add_other(struct wit_types *w, struct cases *c, struct diag *d)
{
	struct wit_field *field = &c->def->fields[c->def->field_count++];
	const char *name = kebab_add(&c->scope, "other", "field");

	field->c_name = "other";
	field->selector = -1;
	field->name = name ? arena_string(&w->texts, name) : NULL;
	wit_use_union(model_type(w->m, c->def->id), &field->use);
	strbuf_free(&field->use.note);
	strbuf_puts(&field->use.note, "for anything else: the bytes");
	return field->name ? 0 : wit_no_memory(d);
}

static int add_cases(struct wit_types *w, struct cases *c, const char *path, struct diag *d)
{
	const struct type *t = model_type(w->m, c->def->id);
	int err = 0;

	c->def->fields = calloc((size_t)t->count + 1, sizeof(*c->def->fields));
	if (!c->def->fields)
		return wit_no_memory(d);
	c->def->depth = 1;
	for (uint32_t i = 0; i < t->count && !err; i++)
		err = add_case(w, c, i, path, d);
	if (!err && !c->def->field_count)
		err = diag_fail(
			d, EINVAL,
			"union %s: its tag wit:variant needs members with a tag wit:case=VALUE",
			c->c_name);
	return err ? err : add_other(w, c, d);
}

int wit_define_variant(struct wit_types *w, uint32_t id, const char *name,
		       struct wit_definition **ret, struct diag *d)
{
	const struct type *t = model_type(w->m, id);

	*ret = w->variants[id];
	if (*ret)
		return 0;
	struct cases c = {.def = calloc(1, sizeof(*c.def)), .c_name = *t->name ? t->name : name};
	*ret = w->variants[id] = c.def;
	if (!c.def)
		return wit_no_memory(d);
	c.def->id = id;
	c.def->form = WIT_VARIANT;
	int err = add_cases(w, &c, *t->name ? t->name : name, d);
	kebab_scope_clear(&c.scope);
	if (err)
		return err;
	if (c.def->field_count > WIT_MAX_FIELDS)
		return diag_fail(d, ENOTSUP, "union %s: %zu cases are more than WIT's tools take",
				 c.c_name, c.def->field_count);
	char *about = str_printf("union %s, %" PRIu64 " bytes, as what it holds",
				 *t->name ? t->name : "{...}", t->size);
	struct template_data *entry = wit_add_entry(w, c.def, *t->name ? t->name : name, about);
	wit_print_fields(c.def, "cases", entry);
	free(about);
	return c.def->name ? 0 : wit_no_memory(d);
}

static bool fits(uint64_t value, const struct wit_selector *s)
{
	if (s->bits >= 64)
		return true;
	if (!s->is_signed)
		return !(value >> s->bits);
	int64_t limit = (int64_t)1 << (s->bits - 1), number = (int64_t)value;
	return number >= -limit && number < limit;
}

int wit_check_selector(const struct wit_definition *variant, const struct wit_selector *s,
		       const char *record, struct diag *d)
{
	for (size_t i = 0; i < variant->field_count; i++)
		for (size_t k = 0; k < variant->fields[i].value_count; k++)
			if (!fits(variant->fields[i].values[k], s))
				return diag_fail(
					d, EINVAL,
					"struct %s: %s, which selects a member of a union, "
					"cannot be %" PRId64 ", as %s needs",
					record, s->c_name, (int64_t)variant->fields[i].values[k],
					variant->fields[i].c_name);
	return 0;
}
