/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The decoder: for each record and variant of the WIT a C function that fills what wit-bindgen's C
 * generator makes of it from the bytes that the kernel has. Where the fields lie is BTF's word; the
 * names are those of wit-bindgen 0.63.
 */
#include "witgen/decode.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "witgen/private.h"

struct writer {
	const struct wit_types *w;
	const struct wit_decode_names *names;
	struct strbuf *out;
	const char *order; /* "le" or "be": of the bytes */
};

/* Where a value is: bytes behind a pointer, and what says how many there are. */
struct place {
	const char *from;
	uint64_t bit_offset;
	const char *size; /* an expression: bytes behind from */
	unsigned depth;   /* of loops */
};

/* An identifier of WIT, as wit-bindgen has it in C. */
static void add_snake(const char *name, struct strbuf *out)
{
	for (; *name; name++)
		strbuf_putc(out, *name == '-' ? '_' : *name);
}

/* Words that wit-bindgen puts '_' behind: those of C and C++, and a few of its own and of libc. */
static bool is_escaped(const char *name)
{
	static const char *const words[] = {
		"alignas",   "alignof",   "and",      "asm",      "auto",      "bitand",
		"bitor",     "bool",      "break",    "case",     "catch",     "char",
		"class",     "compl",     "concept",  "const",    "consteval", "constexpr",
		"constinit", "continue",  "decltype", "default",  "delete",    "do",
		"double",    "else",      "enum",     "err",      "explicit",  "export",
		"extern",    "false",     "float",    "for",      "friend",    "goto",
		"if",        "inline",    "int",      "long",     "mutable",   "namespace",
		"new",       "noexcept",  "not",      "nullptr",  "operator",  "or",
		"private",   "protected", "public",   "reflexpr", "register",  "requires",
		"ret",       "return",    "short",    "signed",   "sizeof",    "static",
		"stderr",    "stdin",     "stdout",   "struct",   "switch",    "synchronized",
		"template",  "this",      "throw",    "true",     "try",       "typedef",
		"typeid",    "typename",  "union",    "unsigned", "using",     "virtual",
		"void",      "volatile",  "while",    "xor",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strcmp(name, words[i]))
			return true;
	return false;
}

static void add_field_name(const char *name, struct strbuf *out)
{
	add_snake(name, out);
	if (is_escaped(name))
		strbuf_putc(out, '_');
}

static void indent(const struct writer *o, const struct place *p)
{
	for (unsigned i = 0; i <= p->depth; i++)
		strbuf_putc(o->out, '\t');
}

static void add_from(const struct writer *o, const struct place *p, uint64_t more)
{
	uint64_t bytes = p->bit_offset / 8 + more;

	strbuf_puts(o->out, p->from);
	if (bytes)
		strbuf_printf(o->out, " + %" PRIu64, bytes);
}

static void add_bits(const struct writer *o, const struct place *p, unsigned first, unsigned width,
		     bool is_signed)
{
	uint64_t bit = p->bit_offset + first;

	strbuf_printf(o->out, "wbpf_%s_bits(%s + %" PRIu64 ", %u, %u, %s)", o->order, p->from,
		      bit / 8, (unsigned)(bit % 8), width, is_signed ? "true" : "false");
}

/* An integer of so many bits, as 64 bits with the sign extended. */
static void add_number(const struct writer *o, const struct place *p, unsigned bits, bool is_signed,
		       bool is_bitfield)
{
	if (is_bitfield || (bits != 8 && bits != 16 && bits != 32 && bits != 64)) {
		add_bits(o, p, 0, bits, is_signed);
		return;
	}
	if (is_signed)
		strbuf_printf(o->out, "(int%u_t)", bits);
	strbuf_printf(o->out, "wbpf_%s%u(", o->order, bits);
	add_from(o, p, 0);
	strbuf_putc(o->out, ')');
}

static void write_wide(const struct writer *o, const struct wit_use *use, unsigned bit_size,
		       const char *to, const struct place *p)
{
	unsigned bits = bit_size ? bit_size : 128;
	bool big = *o->order == 'b';

	indent(o, p);
	strbuf_printf(o->out, "%s.f0 = ", to);
	add_bits(o, p, big ? bits - 64 : 0, 64, false);
	strbuf_puts(o->out, ";\n");
	indent(o, p);
	strbuf_printf(o->out, "%s.f1 = ", to);
	add_bits(o, p, big ? 0 : 64, bits - 64, use->is_signed);
	strbuf_puts(o->out, ";\n");
}

static void write_scalar(const struct writer *o, const struct wit_use *use, unsigned bit_size,
			 const char *to, const struct place *p)
{
	unsigned bits = bit_size ? bit_size : 8 * (unsigned)use->size;

	indent(o, p);
	strbuf_printf(o->out, "%s = ", to);
	if (use->kind == WIT_FLOAT) {
		strbuf_printf(o->out, "wbpf_float%u(", use->bits);
		add_number(o, p, use->bits, false, false);
		strbuf_putc(o->out, ')');
	} else if (use->kind == WIT_BOOL) {
		add_number(o, p, bits, false, bit_size);
		strbuf_puts(o->out, " != 0");
	} else {
		if (bit_size || bits != use->bits)
			strbuf_printf(o->out, "(%sint%u_t)", use->is_signed ? "" : "u", use->bits);
		add_number(o, p, bits, use->is_signed, bit_size);
	}
	strbuf_puts(o->out, ";\n");
}

/* How many bytes a piece has: its own size, or what is there. */
static void add_size(const struct writer *o, uint64_t size, const struct place *p)
{
	if (size)
		strbuf_printf(o->out, "%" PRIu64, size);
	else
		strbuf_printf(o->out, "wbpf_rest(%s, %" PRIu64 ")", p->size, p->bit_offset / 8);
}

static void write_fail(const struct writer *o, const struct place *p)
{
	indent(o, p);
	strbuf_puts(o->out, "\treturn false;\n");
}

static void write_text(const struct writer *o, const struct wit_use *use, const char *to,
		       const struct place *p)
{
	indent(o, p);
	strbuf_printf(o->out, "%s.ptr = wbpf_decode_%s(d, ", to,
		      use->kind == WIT_STRING ? "string" : "bytes");
	add_from(o, p, 0);
	strbuf_puts(o->out, ", ");
	add_size(o, use->size, p);
	strbuf_printf(o->out, ", &%s.len);\n", to);
	indent(o, p);
	strbuf_printf(o->out, "if (!%s.ptr)\n", to);
	write_fail(o, p);
}

static const struct wit_use *without_aliases(const struct wit_use *use)
{
	while (use->kind == WIT_DEFINED && use->def->form == WIT_ALIAS)
		use = &use->def->alias;
	return use;
}

static void write_value(const struct writer *o, const struct wit_use *use, unsigned bit_size,
			const char *to, const struct place *p);

static void write_elements(const struct writer *o, const struct wit_use *element, const char *to,
			   const struct place *p)
{
	char *from = str_printf("at%u", p->depth), *size = str_printf("%" PRIu64, element->size);
	char *item = str_printf("%s.ptr[i%u]", to, p->depth);
	const struct place in = {.from = from, .size = size, .depth = p->depth + 1};

	if (from && size && item) {
		indent(o, p);
		strbuf_printf(o->out, "for (size_t i%u = 0; i%u < %s.len; i%u++) {\n", p->depth,
			      p->depth, to, p->depth);
		indent(o, &in);
		strbuf_printf(o->out, "const uint8_t *%s = ", from);
		add_from(o, p, 0);
		strbuf_printf(o->out, " + i%u * %s;\n", p->depth, size);
		write_value(o, element, 0, item, &in);
		indent(o, p);
		strbuf_puts(o->out, "}\n");
	} else {
		o->out->failed = true;
	}
	free(from);
	free(size);
	free(item);
}

static void write_list(const struct writer *o, const struct wit_use *use, const char *to,
		       const struct place *p)
{
	const struct wit_use *element = without_aliases(use->element);
	bool plain = *o->order == 'l' &&
		     (element->kind == WIT_INTEGER || element->kind == WIT_FLOAT) &&
		     8 * element->size == element->bits;

	indent(o, p);
	strbuf_printf(o->out, "%s.len = ", to);
	if (use->count || !element->size)
		strbuf_printf(o->out, "%" PRIu32, use->count);
	else {
		add_size(o, 0, p);
		strbuf_printf(o->out, " / %" PRIu64, element->size);
	}
	strbuf_puts(o->out, ";\n");
	indent(o, p);
	strbuf_printf(o->out, "%s.ptr = (__typeof__(%s.ptr))wbpf_decode_%s(d, ", to, to,
		      plain ? "plain" : "room");
	if (plain) {
		add_from(o, p, 0);
		strbuf_puts(o->out, ", ");
	}
	strbuf_printf(o->out, "%s.len, sizeof(*%s.ptr));\n", to, to);
	/* wit-bindgen's functions free the elements of what has a length. */
	indent(o, p);
	strbuf_printf(o->out, "if (!%s.ptr) {\n", to);
	indent(o, p);
	strbuf_printf(o->out, "\t%s.len = 0;\n", to);
	write_fail(o, p);
	indent(o, p);
	strbuf_puts(o->out, "}\n");
	if (!plain)
		write_elements(o, element, to, p);
}

static void add_function(const struct writer *o, const char *verb, const struct wit_definition *def)
{
	strbuf_printf(o->out, "%s__%s_", o->names->object, verb);
	add_snake(def->name, o->out);
}

static void write_record(const struct writer *o, const struct wit_use *use, const char *to,
			 const struct place *p)
{
	indent(o, p);
	strbuf_puts(o->out, "if (!");
	add_function(o, "at", use->def);
	strbuf_puts(o->out, "(d, ");
	add_from(o, p, 0);
	strbuf_printf(o->out, ", wbpf_rest(%s, %" PRIu64 "), &%s))\n", p->size, p->bit_offset / 8,
		      to);
	write_fail(o, p);
}

static void write_value(const struct writer *o, const struct wit_use *use, unsigned bit_size,
			const char *to, const struct place *p)
{
	use = without_aliases(use);
	switch (use->kind) {
	case WIT_NOTHING:
		break;
	case WIT_BOOL:
	case WIT_INTEGER:
	case WIT_FLOAT:
		write_scalar(o, use, bit_size, to, p);
		break;
	case WIT_WIDE:
		write_wide(o, use, bit_size, to, p);
		break;
	case WIT_STRING:
	case WIT_BYTES:
		write_text(o, use, to, p);
		break;
	case WIT_LIST:
		write_list(o, use, to, p);
		break;
	case WIT_DEFINED:
		write_record(o, use, to, p);
		break;
	}
}

/* The variant's function takes the number that says which case it is. */
static void write_variant(const struct writer *o, const struct wit_field *f,
			  const struct wit_selector *s, const char *to, const struct place *p)
{
	const struct place at = {.from = p->from, .bit_offset = s->bit_offset};

	indent(o, p);
	strbuf_puts(o->out, "if (!");
	add_function(o, "at", f->use.def);
	strbuf_puts(o->out, "(d, ");
	add_from(o, p, 0);
	strbuf_printf(o->out, ", wbpf_rest(%s, %" PRIu64 "), (uint64_t)", p->size,
		      p->bit_offset / 8);
	add_number(o, &at, s->bits, s->is_signed, s->is_bitfield);
	strbuf_printf(o->out, ", &%s))\n", to);
	write_fail(o, p);
}

static void write_field(const struct writer *o, const struct wit_definition *def, size_t i)
{
	const struct wit_field *f = &def->fields[i];
	/* Behind the last field is what there is more of it; behind others are the next. */
	bool is_last = def->form == WIT_VARIANT || i + 1 == def->field_count;
	const struct place p = {
		.from = "from",
		.bit_offset = f->bit_offset,
		.size = is_last ? "size" : "0",
		.depth = def->form == WIT_VARIANT,
	};
	struct strbuf to = {0};

	strbuf_puts(&to, def->form == WIT_VARIANT ? "to->val." : "to->");
	add_field_name(f->name, &to);
	if (f->selector >= 0)
		write_variant(o, f, &def->selectors[f->selector], strbuf_str(&to), &p);
	else
		write_value(o, &f->use, f->bit_size, strbuf_str(&to), &p);
	o->out->failed |= to.failed;
	strbuf_free(&to);
}

static void write_cases(const struct writer *o, const struct wit_definition *def)
{
	strbuf_puts(o->out, "\tswitch (which) {\n");
	for (size_t i = 0; i < def->field_count; i++) {
		const struct wit_field *f = &def->fields[i];
		for (size_t k = 0; k < f->value_count; k++)
			strbuf_printf(o->out, "\tcase UINT64_C(%" PRIu64 "):%s\n", f->values[k],
				      (int64_t)f->values[k] < 0 ? " /* negative */" : "");
		if (!f->value_count)
			strbuf_puts(o->out, "\tdefault:\n");
		strbuf_printf(o->out, "\t\tto->tag = %zu;\n", i);
		write_field(o, def, i);
		strbuf_puts(o->out, "\t\treturn true;\n");
	}
	strbuf_puts(o->out, "\t}\n");
}

/* "struct event", or "void" when C has no name for it. */
static void add_c_type(const struct writer *o, const struct wit_definition *def)
{
	const char *name = def->spelled ? o->names->c_type(o->names->context, def->spelled) : "";

	if (*name && model_type(o->w->m, def->spelled)->kind == TYPE_STRUCT)
		strbuf_puts(o->out, "struct ");
	strbuf_puts(o->out, *name ? name : "void");
}

static void add_wit_type(const struct writer *o, const struct wit_definition *def)
{
	strbuf_printf(o->out, "%s_", o->names->prefix);
	add_snake(def->name, o->out);
	strbuf_puts(o->out, "_t");
}

static void write_public(const struct writer *o, const struct wit_definition *def)
{
	uint64_t size = model_size(o->w->m, def->id);

	strbuf_puts(o->out, "\nstatic inline bool ");
	add_function(o, "decode", def);
	strbuf_puts(o->out, "(struct wbpf_decoder *d, const ");
	add_c_type(o, def);
	strbuf_puts(o->out, " *from, size_t size,\n\t\t");
	add_wit_type(o, def);
	strbuf_puts(o->out, " *to)\n{\n\t__builtin_memset(to, 0, sizeof(*to));\n\treturn ");
	if (size)
		strbuf_printf(o->out, "size >= %" PRIu64 " && ", size);
	add_function(o, "at", def);
	strbuf_puts(o->out, "(d, (const uint8_t *)from, size, to);\n}\n");
}

static void write_function(const struct writer *o, const struct wit_definition *def)
{
	bool is_variant = def->form == WIT_VARIANT;

	strbuf_puts(o->out, "\nstatic inline bool ");
	add_function(o, "at", def);
	strbuf_printf(o->out, "(struct wbpf_decoder *d, const uint8_t *from, size_t size,%s\n\t\t",
		      is_variant ? " uint64_t which," : "");
	add_wit_type(o, def);
	strbuf_puts(o->out, " *to)\n{\n\t(void)d, (void)size;\n");
	if (is_variant) {
		write_cases(o, def);
		strbuf_puts(o->out, "}\n");
		return;
	}
	for (size_t i = 0; i < def->field_count; i++)
		write_field(o, def, i);
	strbuf_puts(o->out, "\treturn true;\n}\n");
	write_public(o, def);
}

int wit_decode_functions(const struct wit_types *w, const struct wit_decode_names *names,
			 struct strbuf *out)
{
	const struct writer o = {
		.w = w,
		.names = names,
		.out = out,
		.order = model_big_endian(w->m) ? "be" : "le",
	};

	for (size_t i = 0; i < w->order_count; i++)
		if (w->order[i]->form != WIT_ALIAS)
			write_function(&o, w->order[i]);
	return strbuf_error(out);
}
