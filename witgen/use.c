/* SPDX-License-Identifier: BSD-2-Clause */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "btfgen/cnames.h"
#include "btfgen/describe.h"
#include "witgen/private.h"

void wit_use_clear(struct wit_use *u)
{
	strbuf_free(&u->type);
	strbuf_free(&u->note);
	if (u->element)
		wit_use_clear(u->element);
	free(u->element);
	*u = (struct wit_use){0};
}

static bool is_char(const struct model *m, uint32_t id)
{
	const struct type *t = model_type(m, model_resolve(m, id));

	return t->kind == TYPE_INT && t->size == 1 && !t->is_bool &&
	       (t->is_char || !strcmp(t->name, "char"));
}

void wit_use_integer(unsigned bits, bool is_signed, struct wit_use *ret)
{
	unsigned size = bits <= 8 ? 8 : bits <= 16 ? 16 : bits <= 32 ? 32 : 64;

	strbuf_printf(&ret->type, "%c%u", is_signed ? 's' : 'u', size);
	ret->kind = WIT_INTEGER;
	ret->is_signed = is_signed;
	ret->bits = size;
}

void wit_use_wide(bool is_signed, struct wit_use *ret)
{
	strbuf_puts(&ret->type, "tuple<u64, u64>");
	strbuf_puts(&ret->note, is_signed ? "signed, 128 bits: low, high" : "128 bits: low, high");
	ret->kind = WIT_WIDE;
	ret->is_signed = is_signed;
}

static void use_bytes(uint64_t size, struct wit_use *ret)
{
	strbuf_puts(&ret->type, "list<u8>");
	ret->kind = WIT_BYTES;
	ret->size = size;
	ret->depth = 1;
}

static void use_int(const struct type *t, struct wit_use *ret)
{
	if (t->is_bool) {
		strbuf_puts(&ret->type, "bool");
		ret->kind = WIT_BOOL;
	} else if (t->size == 16) {
		wit_use_wide(t->is_signed, ret);
	} else {
		wit_use_integer((unsigned)t->size * 8, t->is_signed, ret);
	}
}

static void use_float(const struct model *m, uint32_t id, struct wit_use *ret)
{
	const struct type *t = model_type(m, id);

	if (t->size == 4 || t->size == 8) {
		ret->kind = WIT_FLOAT;
		ret->bits = (unsigned)t->size * 8;
		strbuf_printf(&ret->type, "f%u", ret->bits);
		return;
	}
	use_bytes(t->size, ret);
	strbuf_printf(&ret->note, "the %" PRIu64 " bytes of a ", t->size);
	describe_type(m, id, &ret->note);
}

static void use_chars(const struct wit_types *w, const struct type *t, struct wit_use *ret)
{
	if (w->bytes) {
		use_bytes(t->count, ret);
		if (t->count)
			strbuf_printf(&ret->note, "char, %u bytes", t->count);
		else
			strbuf_puts(&ret->note, "char, as many bytes as there are");
		return;
	}
	ret->kind = WIT_STRING;
	ret->size = t->count;
	strbuf_puts(&ret->type, "string");
	if (t->count)
		strbuf_printf(&ret->note, "at most %u bytes", t->count);
}

static void use_list(const struct type *t, struct wit_use *ret)
{
	const struct wit_use *element = ret->element;

	ret->kind = WIT_LIST;
	ret->count = t->count;
	ret->size = t->count * element->size;
	ret->depth = element->depth + 1;
	strbuf_printf(&ret->type, "list<%s>", strbuf_str(&element->type));
	if (t->count)
		strbuf_printf(&ret->note, "%u element%s", t->count, t->count == 1 ? "" : "s");
	else
		strbuf_puts(&ret->note, "as many elements as there are");
	if (element->note.len)
		strbuf_printf(&ret->note, ", each: %s", strbuf_str(&element->note));
}

static int use_array(struct wit_types *w, const struct type *t, const char *hint,
		     struct wit_use *ret, struct diag *d)
{
	if (is_char(w->m, t->target)) {
		use_chars(w, t, ret);
		return 0;
	}
	ret->element = calloc(1, sizeof(*ret->element));
	if (!ret->element)
		return wit_no_memory(d);
	int err = wit_use_type(w, t->target, hint, ret->element, d);
	if (!err && ret->element->type.len)
		use_list(t, ret);
	else
		strbuf_puts(&ret->note, strbuf_str(&ret->element->note));
	return err;
}

void wit_use_union(const struct type *t, struct wit_use *ret)
{
	const char *separator = " of ";

	use_bytes(t->size, ret);
	strbuf_printf(&ret->note, "the %" PRIu64 " bytes of a union", t->size);
	for (uint32_t i = 0; i < t->count; i++) {
		if (!*t->members[i].name)
			continue;
		strbuf_printf(&ret->note, "%s%s", separator, t->members[i].name);
		separator = ", ";
	}
}

/* What is known by its name in the interface. */
static int use_definition(struct wit_types *w, uint32_t id, const char *hint, struct wit_use *ret,
			  struct diag *d)
{
	const struct wit_definition *def = &w->definitions[id];
	int err = wit_define(w, id, hint, d);

	if (err)
		return err;
	if (def->left_out) {
		strbuf_puts(&ret->note, "it holds nothing");
		return 0;
	}
	strbuf_printf(&ret->type, "%%%s", def->name);
	ret->kind = WIT_DEFINED;
	ret->def = def->same ? def->same : def;
	ret->depth = def->depth + 1;
	return 0;
}

/* hint is the name that the type gets when it needs one and has none. */
int wit_use_type(struct wit_types *w, uint32_t id, const char *hint, struct wit_use *ret,
		 struct diag *d)
{
	id = model_skip_modifiers(w->m, id);
	const struct type *t = model_type(w->m, id);

	ret->size = model_size(w->m, id);
	switch (t->kind) {
	case TYPE_INT:
		use_int(t, ret);
		return 0;
	case TYPE_FLOAT:
		use_float(w->m, id, ret);
		return 0;
	case TYPE_PTR:
		wit_use_integer(64, false, ret);
		describe_type(w->m, id, &ret->note);
		return 0;
	case TYPE_ARRAY:
		return use_array(w, t, hint, ret, d);
	case TYPE_UNION:
		if (*t->name)
			return use_definition(w, id, hint, ret, d);
		wit_use_union(t, ret);
		return 0;
	case TYPE_TYPEDEF:
		if (cnames_is_plain(w->m, id))
			return wit_use_type(w, t->target, hint, ret, d);
		return use_definition(w, id, hint, ret, d);
	case TYPE_STRUCT:
	case TYPE_ENUM:
		return use_definition(w, id, hint, ret, d);
	default: /* void, prototypes, what is only declared: no value has such a type */
		describe_type(w->m, id, &ret->note);
		return 0;
	}
}
