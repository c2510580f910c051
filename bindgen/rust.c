/* SPDX-License-Identifier: BSD-2-Clause */
/* A plan's types in Rust. */
#include <inttypes.h>
#include <string.h>

#include "bindgen/language.h"

/* Places are looked for in an array that the compiler fills. No kernel has a type that is larger.
 */
enum { PIECE = 64 << 10, MAX_PIECES = 256 };

unsigned rust_pieces(const struct plan *p)
{
	size_t count;
	const struct plan_type *const *types = plan_types(p, &count);
	uint64_t most = 0;

	for (size_t i = 0; i < count; i++)
		if (types[i]->kind == PLAN_RECORD && types[i]->size / PIECE >= most)
			most = types[i]->size / PIECE + 1;
	return most < MAX_PIECES ? (unsigned)most : MAX_PIECES;
}

bool rust_reserve(struct plan *p)
{
	/* And what the text means by the prelude's names. */
	static const char *const own[] = {"U128", "I128", "Plain", "Option",  "Some",  "None", "Ok",
					  "Err",  "Vec",  "Self",  "Default", "Clone", "Copy"};
	bool ok = true;

	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		ok = ok && name_reserve(plan_names(p), own[i]);
	if (plan_big_endian(p))
		ok = ok && name_reserve(plan_names(p), "Be") &&
		     name_reserve(plan_names(p), "Number");
	return ok;
}

void comment_text(const char *text, struct strbuf *out)
{
	for (; *text; text++)
		strbuf_putc(out, (unsigned char)*text < ' ' || *text == '`' ? '?' : *text);
}

/* --- types --------------------------------------------------------------------------------------
 */

static void put_number(unsigned bytes, bool is_signed, struct strbuf *out)
{
	strbuf_printf(out, "%c%u", is_signed ? 'i' : 'u', bytes * 8);
}

/* Of a single value, in this machine's byte order. */
static void put_value(const struct plan_use *use, struct strbuf *out)
{
	if (use->class == PLAN_TYPE)
		strbuf_puts(out, use->type->name);
	else if (use->class == PLAN_BYTES)
		strbuf_printf(out, "[u8; %u]", use->size);
	else if (use->class == PLAN_FLOAT)
		strbuf_printf(out, "f%u", use->size * 8);
	else
		put_number(use->size, use->is_signed, out);
}

/* What the arrays are of. */
static void put_element(const struct plan *p, const struct plan_use *use, struct strbuf *out)
{
	bool swap = plan_is_swapped(p, use);

	if (use->class == PLAN_WIDE) {
		strbuf_puts(out, use->is_signed ? "I128" : "U128");
		return;
	}
	strbuf_puts(out, swap ? "Be<" : "");
	put_value(use, out);
	strbuf_puts(out, swap ? ">" : "");
}

void rust_use(const struct plan *p, const struct plan_use *use, struct strbuf *out)
{
	for (size_t i = 0; i < use->depth; i++)
		strbuf_putc(out, '[');
	put_element(p, use, out);
	for (size_t i = use->depth; i--;)
		strbuf_printf(out, "; %u]", use->lengths[i]);
}

/* --- comments -----------------------------------------------------------------------------------
 */

static void put_about(const char *indent, const char *text, struct strbuf *out)
{
	strbuf_printf(out, "%s/// `", indent);
	comment_text(text, out);
	strbuf_puts(out, "`\n");
}

/* The C name when it cannot be told from ours, and what C says of the type. */
static void put_comment(const char *name, const char *c_name, const struct plan_use *use,
			struct strbuf *out)
{
	bool renamed = strcmp(name, c_name) != 0;

	if (!renamed && !use->note)
		return;
	strbuf_puts(out, "    /// `");
	if (renamed)
		strbuf_puts(out, c_name);
	if (use->note) {
		strbuf_puts(out, renamed ? "`: `" : "");
		comment_text(use->note, out);
	}
	strbuf_puts(out, "`\n");
}

/* --- records ------------------------------------------------------------------------------------
 */

static void put_fields(const struct plan *p, const struct plan_type *t, struct strbuf *out)
{
	for (size_t i = 0; i < t->field_count; i++) {
		const struct plan_field *f = &t->fields[i];
		if (!f->name) {
			strbuf_printf(out, "    #[doc(hidden)]\n    pub _%zu: [u8; %" PRIu64 "],\n",
				      i, f->run_bytes);
			continue;
		}
		put_comment(f->name, f->c_name, &f->use, out);
		strbuf_printf(out, "    pub %s: ", f->name);
		rust_use(p, &f->use, out);
		strbuf_puts(out, ",\n");
	}
	for (size_t i = 0; i < t->omitted_count; i++) {
		strbuf_puts(out, "    // holds nothing: ");
		comment_text(t->omitted[i], out);
		strbuf_putc(out, '\n');
	}
}

static void put_struct(const struct plan *p, const struct plan_type *t, struct strbuf *out)
{
	put_about("", t->about, out);
	strbuf_puts(out, "#[derive(Clone, Copy)]\n#[repr(C");
	if (t->align != t->field_align)
		strbuf_printf(out, ", align(%" PRIu64 ")", t->align);
	strbuf_printf(out, ")]\npub struct %s {\n", t->name);
	put_fields(p, t, out);
	strbuf_puts(out, "}\n");
}

/* Sizes and places, which the compiler checks. */
static void put_assertions(const struct plan_type *t, struct strbuf *out)
{
	strbuf_printf(out, "layout!(%s, %" PRIu64 ", %" PRIu64, t->name, t->size, t->align);
	for (size_t i = 0; i < t->field_count && t->size < (uint64_t)PIECE * MAX_PIECES; i++) {
		const struct plan_field *f = &t->fields[i];
		if (!f->name)
			continue;
		strbuf_printf(out, ", %s = %" PRIu64, f->name, f->offset);
	}
	strbuf_puts(out, ");\n");
}

/* "Kind(raw::bits(self, 3, 2) as u32)" */
static void put_bits(const struct plan_access *a, struct strbuf *out)
{
	const struct plan_use *base = plan_base(&a->use);
	bool is_enum = base->class == PLAN_TYPE;
	bool is_signed = is_enum ? base->type->is_signed : base->is_signed;

	if (is_enum)
		strbuf_printf(out, "%s(", base->type->name);
	strbuf_printf(out, "raw::%sbits(self, %" PRIu64 ", %u)", is_signed ? "signed_" : "", a->bit,
		      a->bits);
	if (a->is_bool) {
		strbuf_puts(out, " != 0");
		return;
	}
	strbuf_puts(out, " as ");
	put_number(is_enum ? (unsigned)base->type->size : base->size, is_signed, out);
	strbuf_puts(out, is_enum ? ")" : "");
}

static void put_bits_type(const struct plan_access *a, struct strbuf *out)
{
	if (a->is_bool)
		strbuf_puts(out, "bool");
	else
		put_value(plan_base(&a->use), out);
}

static void put_bit_access(const struct plan_access *a, struct strbuf *out)
{
	bool is_enum = plan_base(&a->use)->class == PLAN_TYPE;

	strbuf_printf(out, "    /// `%s`: %u bit%s\n", a->c_name, a->bits, a->bits == 1 ? "" : "s");
	strbuf_printf(out, "    pub fn %s(&self) -> ", a->name);
	put_bits_type(a, out);
	strbuf_puts(out, " {\n        ");
	put_bits(a, out);
	strbuf_printf(
		out, "\n    }\n    /// Sets it, cut to its bits.\n    pub fn %s(&mut self, value: ",
		a->setter);
	put_bits_type(a, out);
	strbuf_printf(out,
		      ") {\n        raw::set_bits(self, %" PRIu64 ", %u, value%s as u128)\n    }\n",
		      a->bit, a->bits, is_enum ? ".0" : "");
}

/* A number or a wide integer is given as what can be computed with, other things as they are. */
static void put_value_access(const struct plan *p, const struct plan_access *a, struct strbuf *out)
{
	const struct plan_use *base = plan_base(&a->use);
	bool wide = base->class == PLAN_WIDE && !base->depth;
	bool be = plan_is_swapped(p, &a->use) && !a->use.depth, convert = wide || be;
	struct strbuf stored = {0}, given = {0};

	rust_use(p, &a->use, &stored);
	if (convert)
		put_value(wide ? base : &a->use, &given);
	const char *get = strbuf_str(&stored), *type = convert ? strbuf_str(&given) : get;
	put_comment(a->name, a->c_name, &a->use, out);
	strbuf_printf(out,
		      "    pub fn %s(&self) -> %s {\n"
		      "        raw::copy::<Self, %s>(self, %" PRIu64 ")%s\n    }\n",
		      a->name, type, get, a->offset, convert ? ".get()" : "");
	strbuf_printf(out,
		      "    /// Sets it.\n"
		      "    pub fn %s(&mut self, value: %s) {\n"
		      "        raw::put::<Self, %s>(self, %" PRIu64 ", %s%s%s)\n    }\n",
		      a->setter, type, get, a->offset,
		      be        ? "Be::new("
		      : convert ? (base->is_signed ? "I128::new(" : "U128::new(")
				: "",
		      "value", convert ? ")" : "");
	strbuf_free(&stored);
	strbuf_free(&given);
}

static void put_place_access(const struct plan *p, const struct plan_access *a, struct strbuf *out)
{
	struct strbuf type = {0};

	rust_use(p, &a->use, &type);
	put_comment(a->name, a->c_name, &a->use, out);
	strbuf_printf(out,
		      "    pub fn %s(&self) -> &%s {\n"
		      "        raw::place(self, %" PRIu64 ")\n    }\n",
		      a->name, strbuf_str(&type), a->offset);
	strbuf_printf(out,
		      "    /// The same, to be changed.\n"
		      "    pub fn %s(&mut self) -> &mut %s {\n"
		      "        raw::place_mut(self, %" PRIu64 ")\n    }\n",
		      a->setter, strbuf_str(&type), a->offset);
	strbuf_free(&type);
}

static void put_tail(const struct plan *p, const struct plan_tail *tail, struct strbuf *out)
{
	struct strbuf type = {0};

	rust_use(p, &tail->element, &type);
	strbuf_printf(
		out,
		"    /// `%s[]`: as many whole elements as there are in the bytes that begin with\n"
		"    /// this type",
		tail->c_name);
	if (tail->is_copied)
		strbuf_printf(out,
			      ".\n    pub fn %s(bytes: &[u8]) -> impl Iterator<Item = %s> + '_ {\n"
			      "        raw::copied_tail(bytes, %" PRIu64 ")\n    }\n",
			      tail->name, strbuf_str(&type), tail->offset);
	else
		strbuf_printf(out,
			      "; none when these are not aligned as it is.\n"
			      "    pub fn %s(bytes: &[u8]) -> &[%s] {\n"
			      "        raw::tail::<Self, _>(bytes, %" PRIu64 ")\n    }\n",
			      tail->name, strbuf_str(&type), tail->offset);
	strbuf_free(&type);
}

static void put_functions(const struct plan *p, const struct plan_type *t, struct strbuf *out)
{
	strbuf_printf(out,
		      "impl %s {\n"
		      "    /// The bytes as this type, where they lie. None: they are too few, or "
		      "not aligned.\n"
		      "    pub fn view(bytes: &[u8]) -> Option<&Self> {\n        "
		      "raw::view(bytes)\n    }\n"
		      "    /// The same, to be changed.\n"
		      "    pub fn view_mut(bytes: &mut [u8]) -> Option<&mut Self> {\n"
		      "        raw::view_mut(bytes)\n    }\n",
		      t->name);
	for (size_t i = 0; i < t->access_count; i++) {
		const struct plan_access *a = &t->accesses[i];
		if (a->how == PLAN_BITS)
			put_bit_access(a, out);
		else if (a->how == PLAN_VALUE)
			put_value_access(p, a, out);
		else
			put_place_access(p, a, out);
	}
	for (size_t i = 0; i < t->tail_count; i++)
		put_tail(p, &t->tails[i], out);
	strbuf_puts(out, "}\n");
}

static void put_debug(const struct plan_type *t, struct strbuf *out)
{
	strbuf_printf(out,
		      "impl core::fmt::Debug for %s {\n"
		      "    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {\n"
		      "        f.debug_struct(\"%s\")",
		      t->name, t->name);
	for (size_t i = 0; i < t->field_count; i++)
		if (t->fields[i].name)
			strbuf_printf(out, ".field(\"%s\", &self.%s)", t->fields[i].name,
				      t->fields[i].name);
	for (size_t i = 0; i < t->access_count; i++)
		if (!t->accesses[i].in_union)
			strbuf_printf(out, ".field(\"%s\", &self.%s())", t->accesses[i].name,
				      t->accesses[i].name);
	strbuf_puts(out, ".finish()\n    }\n}\n");
}

static void put_record(const struct plan *p, const struct plan_type *t, struct strbuf *out)
{
	put_struct(p, t, out);
	strbuf_printf(out, "plain!(%s);\n", t->name);
	put_assertions(t, out);
	put_functions(p, t, out);
	put_debug(t, out);
}

/* --- the rest -----------------------------------------------------------------------------------
 */

static void put_constant(const struct plan_constant *c, bool is_signed, struct strbuf *out)
{
	if (is_signed)
		strbuf_printf(out, "%" PRId64, (int64_t)c->value);
	else
		strbuf_printf(out, "%" PRIu64, c->value);
}

static void put_constants(const struct plan_type *t, struct strbuf *out)
{
	const char *indent = t->name ? "    " : "";

	for (size_t i = 0; i < t->constant_count; i++) {
		const struct plan_constant *c = &t->constants[i];
		if (strcmp(c->name, c->c_name))
			put_about(indent, c->c_name, out);
		strbuf_printf(out, "%spub const %s: ", indent, c->name);
		if (t->name)
			strbuf_puts(out, "Self = Self(");
		else
			put_number((unsigned)t->size, t->is_signed, out);
		strbuf_puts(out, t->name ? "" : " = ");
		put_constant(c, t->is_signed, out);
		strbuf_puts(out, t->name ? ");\n" : ";\n");
	}
}

/* Not Rust's enum: a program that is newer than its reader may send other numbers. */
static void put_enum(const struct plan *p, const struct plan_type *t, struct strbuf *out)
{
	put_about("", t->about, out);
	strbuf_puts(out,
		    "#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]\n"
		    "#[repr(transparent)]\n");
	strbuf_printf(out, "pub struct %s(pub ", t->name);
	put_number((unsigned)t->size, t->is_signed, out);
	strbuf_printf(out, ");\nunsafe impl Plain for %s {}\nimpl %s {\n", t->name, t->name);
	put_constants(t, out);
	strbuf_puts(out, "}\n");
	if (plan_big_endian(p))
		strbuf_printf(out,
			      "impl Number for %s {\n    fn swap(self) -> Self {\n"
			      "        Self(self.0.swap())\n    }\n}\n",
			      t->name);
}

void rust_types(const struct plan *p, struct strbuf *out)
{
	size_t count;
	const struct plan_type *const *types = plan_types(p, &count);

	for (size_t i = 0; i < count; i++) {
		const struct plan_type *t = types[i];
		strbuf_putc(out, '\n');
		if (t->kind == PLAN_RECORD) {
			put_record(p, t, out);
		} else if (t->kind == PLAN_ENUM) {
			put_enum(p, t, out);
		} else if (t->kind == PLAN_CONSTANTS) {
			put_constants(t, out);
		} else {
			put_about("", t->target.note ? t->target.note : t->about, out);
			strbuf_printf(out, "pub type %s = ", t->name);
			/* A single number is swapped where it is used. */
			if (plan_is_number(&t->target))
				put_value(&t->target, out);
			else
				rust_use(p, &t->target, out);
			strbuf_puts(out, ";\n");
		}
	}
}
