/* SPDX-License-Identifier: BSD-2-Clause */
#include "skelgen/declare.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "btfgen/describe.h"

/* Fixed-width typedefs that every C file with <stdint.h> and <linux/types.h> has. */
static bool is_known_typedef(const char *name)
{
	static const char *const names[] = {
		"__u8",    "__u16",   "__u32",   "__u64",    "__s8",     "__s16",
		"__s32",   "__s64",   "__le16",  "__le32",   "__le64",   "__be16",
		"__be32",  "__be64",  "__sum16", "__wsum",   "int8_t",   "int16_t",
		"int32_t", "int64_t", "uint8_t", "uint16_t", "uint32_t", "uint64_t",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

/*
 * Whether a declaration uses the typedef's name. One for a struct or an enum may be the only name
 * that it has, and the user's header defines it. One for a scalar may exist in the BPF source
 * alone, and may hide a long.
 */
static bool keeps_typedef(const struct model *m, const struct type *t)
{
	switch (model_type(m, model_resolve(m, t->target))->kind) {
	case TYPE_STRUCT:
	case TYPE_UNION:
	case TYPE_ENUM:
		return true;
	case TYPE_INT:
		return is_known_typedef(t->name);
	default:
		return false;
	}
}

/* Numbers whose size differs between BPF and wasm32 get the name of their size. */
static const char *spell_int(const struct type *t)
{
	if (t->is_bool)
		return "bool";
	switch (t->size) {
	case 1:
		if (!strcmp(t->name, "char"))
			return "char";
		return t->is_signed ? "signed char" : "unsigned char";
	case 2:
		return t->is_signed ? "short" : "unsigned short";
	case 4:
		return t->is_signed ? "int" : "unsigned int";
	case 8:
		if (type_is_long_long(t))
			return t->is_signed ? "long long" : "unsigned long long";
		return t->is_signed ? "int64_t" : "uint64_t";
	case 16:
		return t->is_signed ? "__int128" : "unsigned __int128";
	default:
		return NULL;
	}
}

static const char *spell_float(const struct type *t)
{
	return t->size == 4 ? "float" : t->size == 8 ? "double" : NULL;
}

/* The element's type, once modifiers, arrays and typedefs that are not kept are taken off. */
struct base {
	uint32_t id;
	const struct type *type;
	struct strbuf dimensions; /* "[4][16]" */
	bool is_const;
};

static void find_base(const struct model *m, uint32_t id, struct base *ret)
{
	for (;;) {
		const struct type *t = model_type(m, id);
		switch (t->kind) {
		case TYPE_CONST:
			ret->is_const = true;
			break;
		case TYPE_VOLATILE:
		case TYPE_RESTRICT:
		case TYPE_TYPE_TAG:
			break;
		case TYPE_ARRAY:
			strbuf_printf(&ret->dimensions, "[%u]", t->count);
			break;
		case TYPE_TYPEDEF:
			if (!keeps_typedef(m, t))
				break;
			/* fall through */
		default:
			ret->id = id;
			ret->type = t;
			return;
		}
		id = t->target;
	}
}

static int no_spelling(const struct type *t, const char *name, struct diag *d)
{
	return diag_fail(d, ENOTSUP,
			 "variable '%s': C for wasm32 has no type for %s '%s' of %llu bytes", name,
			 type_kind_name(t->kind), t->name, (unsigned long long)t->size);
}

static void indent(struct strbuf *out, unsigned tabs)
{
	while (tabs--)
		strbuf_putc(out, '\t');
}

void declare_attributes(const struct record *r, struct strbuf *out)
{
	if (!r->packed)
		return;
	strbuf_puts(out, " __attribute__((packed");
	if (r->aligned)
		strbuf_printf(out, ", aligned(%llu)", (unsigned long long)r->aligned);
	strbuf_puts(out, "))");
}

/* "struct { ... }", as the variable's type has no name to go by. */
static int spell_record(const struct layout *l, uint32_t id, const struct declare_options *o,
			struct strbuf *out, struct diag *d)
{
	struct declare_options inner = {.keep_const = o->keep_const, .indent = o->indent + 1};
	const struct record *r;
	int err = layout_record(l, id, &r, d);

	if (err)
		return err;
	strbuf_printf(out, "%s {\n", r->is_union ? "union" : "struct");
	for (size_t i = 0; i < r->slot_count && !err; i++) {
		const struct slot *slot = &r->slots[i];
		char pad[32];
		snprintf(pad, sizeof(pad), "__pad%zu", i);
		indent(out, inner.indent);
		err = declare_slot(l, slot, slot->kind == SLOT_PAD_BYTES ? pad : slot->name, &inner,
				   out, d);
		strbuf_putc(out, '\n');
	}
	indent(out, o->indent);
	strbuf_putc(out, '}');
	declare_attributes(r, out);
	return err;
}

/* Its enumerators are of use, so it is spelled out; of another size C could not say it. */
static void spell_enum(const struct type *t, struct strbuf *out)
{
	if (t->size != 4) {
		strbuf_printf(out, "%sint%u_t", t->is_signed ? "" : "u", (unsigned)t->size * 8);
		return;
	}
	strbuf_puts(out, "enum { ");
	for (uint32_t i = 0; i < t->count; i++)
		strbuf_printf(out, "%s%s = %lld", i ? ", " : "", t->values[i].name,
			      (long long)t->values[i].value);
	strbuf_puts(out, " }");
}

/* Appends the type in front of the name. */
static int spell_base(const struct layout *l, const struct base *base, const char *name,
		      const struct declare_options *o, struct strbuf *out, struct diag *d)
{
	const struct type *t = base->type;
	const char *s = NULL;

	switch (t->kind) {
	case TYPE_INT:
		s = spell_int(t);
		break;
	case TYPE_FLOAT:
		s = spell_float(t);
		break;
	case TYPE_PTR:
		s = t->size == 4 ? "uint32_t" : "uint64_t";
		break;
	case TYPE_TYPEDEF:
		s = t->name;
		break;
	case TYPE_STRUCT:
	case TYPE_UNION:
		if (!*t->name)
			return spell_record(l, base->id, o, out, d);
		break;
	case TYPE_ENUM:
		if (!*t->name) {
			spell_enum(t, out);
			return 0;
		}
		break;
	default:
		return no_spelling(t, name, d);
	}
	if (t->kind == TYPE_STRUCT || t->kind == TYPE_UNION || t->kind == TYPE_ENUM)
		strbuf_printf(out, "%s %s", type_kind_name(t->kind), t->name);
	else if (s)
		strbuf_puts(out, s);
	else
		return no_spelling(t, name, d);
	return 0;
}

/* "struct", or NULL for what has no tag. */
static const char *tag_kind(const struct type *t)
{
	static const char *const declared[] = {
		[FWD_STRUCT] = "struct", [FWD_UNION] = "union", [FWD_ENUM] = "enum"};

	switch (t->kind) {
	case TYPE_STRUCT:
	case TYPE_UNION:
	case TYPE_ENUM:
		return type_kind_name(t->kind);
	case TYPE_FWD:
		return declared[t->fwd];
	default:
		return NULL;
	}
}

/*
 * What a pointer points to. Pointers are 8 bytes there, so what is a pointer or has unknown members
 * is void: nobody can follow it, but all pointers can be assigned.
 */
static bool spell_pointee(const struct model *m, uint32_t pointer, struct strbuf *out)
{
	struct base base = {0};
	const char *s = NULL;

	find_base(m, model_type(m, pointer)->target, &base);
	const struct type *t = base.type;
	bool is_array = base.dimensions.len;
	strbuf_free(&base.dimensions);
	if (is_array)
		t = NULL;
	else if (t->kind == TYPE_INT)
		s = spell_int(t);
	else if (t->kind == TYPE_FLOAT)
		s = spell_float(t);
	else if (t->kind == TYPE_TYPEDEF)
		s = t->name;
	else if (*t->name && tag_kind(t))
		strbuf_printf(out, "%s ", tag_kind(t)), s = t->name;
	strbuf_puts(out, s ? s : "void");
	return s || (t && t->kind == TYPE_VOID);
}

bool declare_is_pointer(const struct model *m, uint32_t type)
{
	const struct type *t = model_type(m, model_resolve(m, type));

	return t->kind == TYPE_PTR && t->size == 8;
}

bool declare_defines(const struct model *m, uint32_t type)
{
	struct base base = {0};

	find_base(m, type, &base);
	bool is_array = base.dimensions.len;
	strbuf_free(&base.dimensions);
	return is_array || !*base.type->name || base.type->kind == TYPE_INT ||
	       base.type->kind == TYPE_FLOAT;
}

static void comment_pointer(const struct model *m, uint32_t id, struct strbuf *out)
{
	strbuf_puts(out, " /* ");
	describe_type(m, id, out);
	strbuf_puts(out, " */");
}

/* The kernel has 8 bytes for it, of which a module's pointer is the lower half. */
static void declare_pointer(const struct model *m, uint32_t id, const char *name,
			    struct strbuf *out)
{
	strbuf_puts(out, "union { ");
	bool exact = spell_pointee(m, id, out);
	strbuf_printf(out, " *%s; uint64_t __%s_room; };", name, name);
	if (!exact)
		comment_pointer(m, id, out);
}

/* bits: the width of a bitfield, or 0. */
static int declare_bits(const struct layout *l, uint32_t type, const char *name, uint64_t bits,
			const struct declare_options *o, struct strbuf *out, struct diag *d)
{
	const struct model *m = layout_model(l);
	struct base base = {0};
	int err = 0;

	find_base(m, type, &base);
	if (!base.dimensions.len && declare_is_pointer(m, base.id)) {
		declare_pointer(m, base.id, name, out);
		return 0;
	}
	if (o->keep_const && base.is_const)
		strbuf_puts(out, "const ");
	err = spell_base(l, &base, name, o, out, d);
	strbuf_printf(out, "%s%s%s", *name ? " " : "", name, strbuf_str(&base.dimensions));
	if (bits)
		strbuf_printf(out, " : %llu", (unsigned long long)bits);
	strbuf_putc(out, ';');
	if (base.type->kind == TYPE_PTR)
		comment_pointer(m, base.id, out);
	strbuf_free(&base.dimensions);
	return err;
}

int declare_pointer_to(const struct layout *l, uint32_t type, const char *name,
		       const struct declare_options *o, struct strbuf *out, struct diag *d)
{
	const struct model *m = layout_model(l);
	struct base base = {0};
	bool exact;
	int err = 0;

	find_base(m, type, &base);
	const char *dimensions = strbuf_str(&base.dimensions);
	if (o->keep_const && base.is_const)
		strbuf_puts(out, "const ");
	if (!*dimensions && declare_is_pointer(m, base.id)) {
		exact = spell_pointee(m, base.id, out);
		strbuf_printf(out, " **%s;", name);
	} else {
		err = spell_base(l, &base, name, o, out, d);
		strbuf_printf(out, *dimensions ? " (*%s)%s;" : " *%s;", name, dimensions);
		exact = base.type->kind != TYPE_PTR;
	}
	if (!exact)
		comment_pointer(m, base.id, out);
	strbuf_free(&base.dimensions);
	return err;
}

int declare(const struct layout *l, uint32_t type, const char *name,
	    const struct declare_options *options, struct strbuf *out, struct diag *d)
{
	return declare_bits(l, type, name, 0, options, out, d);
}

int declare_slot(const struct layout *l, const struct slot *slot, const char *name,
		 const struct declare_options *options, struct strbuf *out, struct diag *d)
{
	switch (slot->kind) {
	case SLOT_FIELD:
		return declare_bits(l, slot->type, name, 0, options, out, d);
	case SLOT_BITFIELD:
		return declare_bits(l, slot->type, name, slot->bit_size, options, out, d);
	case SLOT_PAD_BITS:
		strbuf_printf(out, "uint%u_t : %llu;", 8 * slot->unit,
			      (unsigned long long)slot->bit_size);
		return 0;
	default:
		strbuf_printf(out, "uint8_t %s[%llu];", name, (unsigned long long)slot->byte_size);
		return 0;
	}
}
