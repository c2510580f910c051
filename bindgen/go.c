/* SPDX-License-Identifier: BSD-2-Clause */
/* A plan's types in Go. */
#include <inttypes.h>
#include <string.h>

#include "bindgen/language.h"

enum { MAX_ALIGN = 8 }; /* of all that Go has */

bool go_reserve(struct plan *p)
{
	static const char *const own[] = {"U128",      "I128",      "NewU128", "NewI128",
					  "BeFloat32", "BeFloat64", "Be"};
	size_t count = sizeof(own) / sizeof(*own);
	bool ok = true;

	for (size_t i = 0; i < (plan_big_endian(p) ? count : 4); i++)
		ok = ok && name_reserve(plan_names(p), own[i]);
	return ok;
}

/* --- types --------------------------------------------------------------------------------------
 */

static void put_number(uint64_t bytes, bool is_signed, struct strbuf *out)
{
	strbuf_printf(out, "%sint%" PRIu64, is_signed ? "" : "u", bytes * 8);
}

/* Of a single value, in this machine's byte order. */
static void put_value(const struct plan_use *use, struct strbuf *out)
{
	if (use->class == PLAN_TYPE)
		strbuf_puts(out, use->type->name);
	else if (use->class == PLAN_BYTES)
		strbuf_printf(out, "[%u]byte", use->size);
	else if (use->class == PLAN_FLOAT)
		strbuf_printf(out, "float%u", use->size * 8);
	else if (use->class == PLAN_WIDE)
		strbuf_puts(out, use->is_signed ? "I128" : "U128");
	else if (use->size == 1 && !use->is_signed)
		strbuf_puts(out, "byte");
	else
		put_number(use->size, use->is_signed, out);
}

void go_use(const struct plan *p, const struct plan_use *use, struct strbuf *out)
{
	struct plan_use one = *use;

	one.depth = 0;
	const struct plan_use *base = plan_base(&one);
	for (size_t i = 0; i < use->depth; i++)
		strbuf_printf(out, "[%u]", use->lengths[i]);
	if (!plan_is_swapped(p, use)) {
		put_value(use, out);
	} else if (base->class == PLAN_FLOAT) {
		strbuf_printf(out, "BeFloat%u", base->size * 8);
	} else {
		strbuf_puts(out, "Be[");
		put_value(use, out);
		strbuf_putc(out, ']');
	}
}

/* --- records ------------------------------------------------------------------------------------
 */

static void put_note(const char *c_name, const struct plan_use *use, struct strbuf *out)
{
	strbuf_printf(out, "%s", c_name);
	if (use && use->note) {
		strbuf_puts(out, ": ");
		comment_text(use->note, out);
	}
	strbuf_putc(out, '\n');
}

static uint64_t least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

static void put_run(const struct plan_field *f, struct strbuf *out)
{
	strbuf_puts(out, "\t// bytes of accessors, or of nobody\n\t_ [");
	strbuf_number(out, f->run_bytes / f->run_piece);
	strbuf_puts(out, "]");
	put_number(f->run_piece, false, out);
	strbuf_putc(out, '\n');
}

static void put_struct(const struct plan *p, const struct plan_type *t, struct strbuf *out)
{
	uint64_t align = least(t->align, MAX_ALIGN);

	strbuf_printf(out, "// %s is ", t->name);
	comment_text(t->about, out);
	strbuf_printf(out, ".\ntype %s struct {\n\t_ structs.HostLayout\n", t->name);
	if (align > least(t->field_align, MAX_ALIGN)) {
		strbuf_puts(out, "\t// its alignment\n\t_ [0]");
		put_number(align, false, out);
		strbuf_putc(out, '\n');
	}
	for (size_t i = 0; i < t->field_count; i++) {
		const struct plan_field *f = &t->fields[i];
		if (!f->name) {
			put_run(f, out);
			continue;
		}
		strbuf_puts(out, "\t// ");
		put_note(f->c_name, &f->use, out);
		strbuf_printf(out, "\t%s ", f->name);
		go_use(p, &f->use, out);
		strbuf_putc(out, '\n');
	}
	for (size_t i = 0; i < t->omitted_count; i++) {
		strbuf_puts(out, "\t// holds nothing: ");
		comment_text(t->omitted[i], out);
		strbuf_putc(out, '\n');
	}
	strbuf_puts(out, "}\n\n");
}

/* Sizes and places, which the compiler checks: an index that is not 0 is none. */
static void put_assertions(const struct plan_type *t, struct strbuf *out)
{
	strbuf_printf(out,
		      "func _() {\n\tvar same [1]struct{}\n"
		      "\t_ = same[unsafe.Sizeof(%s{})-%" PRIu64 "]\n"
		      "\t_ = same[%" PRIu64 "-unsafe.Sizeof(%s{})]\n",
		      t->name, t->size, t->size, t->name);
	for (size_t i = 0; i < t->field_count; i++)
		if (t->fields[i].name)
			strbuf_printf(out, "\t_ = same[unsafe.Offsetof(%s{}.%s)-%" PRIu64 "]\n",
				      t->name, t->fields[i].name, t->fields[i].offset);
	strbuf_puts(out, "}\n\n");
}

static void begin_method(const struct plan_type *t, const char *name, const char *c_name,
			 const struct plan_use *use, struct strbuf *out)
{
	strbuf_printf(out, "// %s: ", name);
	put_note(c_name, use, out);
	strbuf_printf(out, "func (v *%s) %s(", t->name, name);
}

/* "Kind(wbpfBits(unsafe.Pointer(v), 3, 2))" */
static void put_bits(const struct plan_access *a, const struct plan_use *base, bool is_signed,
		     struct strbuf *out)
{
	if (base->class == PLAN_WIDE) {
		strbuf_printf(out, "wbpf%sWide(unsafe.Pointer(v), %" PRIu64 ", %u)",
			      is_signed ? "Signed" : "", a->bit, a->bits);
		return;
	}
	if (!a->is_bool) {
		put_value(base, out);
		strbuf_putc(out, '(');
	}
	strbuf_printf(out, "wbpf%sBits(unsafe.Pointer(v), %" PRIu64 ", %u)",
		      is_signed ? "Signed" : "", a->bit, a->bits);
	strbuf_puts(out, a->is_bool ? " != 0" : ")");
}

static void put_bit_access(const struct plan_type *t, const struct plan_access *a,
			   struct strbuf *out)
{
	const struct plan_use *base = plan_base(&a->use);
	bool is_signed = base->class == PLAN_TYPE ? base->type->is_signed : base->is_signed;
	struct strbuf type = {0};

	if (a->is_bool)
		strbuf_puts(&type, "bool");
	else
		put_value(base, &type);
	begin_method(t, a->name, a->c_name, NULL, out);
	strbuf_printf(out, ") %s {\n\treturn ", strbuf_str(&type));
	put_bits(a, base, is_signed, out);
	strbuf_printf(out, "\n}\n\nfunc (v *%s) %s(value %s) ", t->name, a->setter,
		      strbuf_str(&type));
	if (base->class == PLAN_WIDE)
		strbuf_printf(out,
			      "{\n\twbpfSetBits(unsafe.Pointer(v), %" PRIu64
			      ", %u, value.Lo(), uint64(value.Hi()))\n}\n\n",
			      a->bit, a->bits);
	else
		strbuf_printf(out,
			      "{\n\twbpfSetBits(unsafe.Pointer(v), %" PRIu64 ", %u, %s, 0)\n}\n\n",
			      a->bit, a->bits, a->is_bool ? "wbpfBit(value)" : "uint64(value)");
	strbuf_free(&type);
}

static void put_value_access(const struct plan *p, const struct plan_type *t,
			     const struct plan_access *a, struct strbuf *out)
{
	bool swap = plan_is_swapped(p, &a->use) && !a->use.depth;
	struct strbuf stored = {0}, given = {0};

	go_use(p, &a->use, &stored);
	if (swap)
		put_value(&a->use, &given);
	const char *get = strbuf_str(&stored), *type = swap ? strbuf_str(&given) : get;
	begin_method(t, a->name, a->c_name, &a->use, out);
	strbuf_printf(out, ") %s {\n\treturn wbpfGet[%s](unsafe.Pointer(v), %" PRIu64 ")%s\n}\n\n",
		      type, get, a->offset, swap ? ".Get()" : "");
	strbuf_printf(out, "func (v *%s) %s(value %s) {\n", t->name, a->setter, type);
	if (swap)
		strbuf_printf(out,
			      "\tvar stored %s\n\tstored.Set(value)\n"
			      "\twbpfPut(unsafe.Pointer(v), %" PRIu64 ", stored)\n}\n\n",
			      get, a->offset);
	else
		strbuf_printf(out, "\twbpfPut(unsafe.Pointer(v), %" PRIu64 ", value)\n}\n\n",
			      a->offset);
	strbuf_free(&stored);
	strbuf_free(&given);
}

static void put_place_access(const struct plan *p, const struct plan_type *t,
			     const struct plan_access *a, struct strbuf *out)
{
	struct strbuf type = {0};

	go_use(p, &a->use, &type);
	begin_method(t, a->name, a->c_name, &a->use, out);
	strbuf_printf(out,
		      ") *%s {\n\treturn (*%s)(unsafe.Add(unsafe.Pointer(v), %" PRIu64 "))\n}\n\n",
		      strbuf_str(&type), strbuf_str(&type), a->offset);
	strbuf_free(&type);
}

static void put_tail(const struct plan *p, const struct plan_type *t, const struct plan_tail *tail,
		     struct strbuf *out)
{
	struct strbuf type = {0};

	go_use(p, &tail->element, &type);
	const char *element = strbuf_str(&type);
	strbuf_printf(
		out,
		"// %s is %s[]: as many whole elements as there are in the bytes that begin with "
		"a %s,\n// %s.\nfunc %s(b []byte) []%s {\n\treturn wbpf",
		tail->name, tail->c_name, t->name,
		tail->is_copied ? "copied"
				: "where they lie; none when these are not aligned as it is",
		tail->name, element);
	if (tail->is_copied)
		strbuf_printf(out, "CopiedTail[%s](b, %" PRIu64 ")\n}\n\n", element, tail->offset);
	else
		strbuf_printf(out, "Tail[%s, %s](b, %" PRIu64 ")\n}\n\n", t->name, element,
			      tail->offset);
	strbuf_free(&type);
}

static void put_record(const struct plan *p, const struct plan_type *t, struct strbuf *out)
{
	put_struct(p, t, out);
	put_assertions(t, out);
	strbuf_printf(
		out,
		"// %s is the bytes as a %s, where they lie; nil when they are too few, or not "
		"aligned.\nfunc %s(b []byte) *%s {\n\treturn wbpfView[%s](b)\n}\n\n",
		t->viewer, t->name, t->viewer, t->name, t->name);
	for (size_t i = 0; i < t->access_count; i++) {
		const struct plan_access *a = &t->accesses[i];
		if (a->how == PLAN_BITS)
			put_bit_access(t, a, out);
		else if (a->how == PLAN_VALUE)
			put_value_access(p, t, a, out);
		else
			put_place_access(p, t, a, out);
	}
	for (size_t i = 0; i < t->tail_count; i++)
		put_tail(p, t, &t->tails[i], out);
}

/* --- the rest -----------------------------------------------------------------------------------
 */

static void put_constants(const struct plan_type *t, struct strbuf *out)
{
	if (t->constant_count)
		strbuf_puts(out, "const (\n");
	for (size_t i = 0; i < t->constant_count; i++) {
		const struct plan_constant *c = &t->constants[i];
		strbuf_printf(out, "\t// %s\n\t%s ", c->c_name, c->name);
		if (t->name)
			strbuf_puts(out, t->name);
		else
			put_number(t->size, t->is_signed, out);
		if (t->is_signed)
			strbuf_printf(out, " = %" PRId64, (int64_t)c->value);
		else
			strbuf_printf(out, " = %" PRIu64, c->value);
		strbuf_putc(out, '\n');
	}
	if (t->constant_count)
		strbuf_puts(out, ")\n\n");
}

static void put_alias(const struct plan *p, const struct plan_type *t, struct strbuf *out)
{
	strbuf_printf(out, "// %s is ", t->name);
	comment_text(t->target.note ? t->target.note : t->about, out);
	strbuf_printf(out, ".\ntype %s = ", t->name);
	/* A single number is swapped where it is used. */
	if (plan_is_number(&t->target))
		put_value(&t->target, out);
	else
		go_use(p, &t->target, out);
	strbuf_puts(out, "\n\n");
}

static void put_enum(const struct plan_type *t, struct strbuf *out)
{
	strbuf_printf(out, "// %s is ", t->name);
	comment_text(t->about, out);
	strbuf_printf(out, ".\ntype %s ", t->name);
	put_number(t->size, t->is_signed, out);
	strbuf_puts(out, "\n\n");
	put_constants(t, out);
}

void go_types(const struct plan *p, struct strbuf *out)
{
	size_t count;
	const struct plan_type *const *types = plan_types(p, &count);

	for (size_t i = 0; i < count; i++) {
		const struct plan_type *t = types[i];
		if (t->kind == PLAN_RECORD)
			put_record(p, t, out);
		else if (t->kind == PLAN_ENUM)
			put_enum(t, out);
		else if (t->kind == PLAN_CONSTANTS)
			put_constants(t, out);
		else
			put_alias(p, t, out);
	}
}
