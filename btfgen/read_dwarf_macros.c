/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Macros of a C header that stand for one number or one text ("#define TASK_COMM_LEN 16"). Others
 * are expressions that could mean something else where long has 32 bits, or no expressions at all.
 */
#include <ctype.h>
#include <dwarf.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/strmap.h"
#include "btfgen/read_dwarf.h"

enum { MAX_DEPTH = 256 };

struct reader {
	struct object *o;
	bool *own;
	size_t file_count;
	size_t files[MAX_DEPTH]; /* those that are open, the outermost first */
	size_t depth;
	struct strmap known; /* by name: the place in o->macros, plus 1 */
	struct strbuf name;  /* the macro's that is looked at */
	int err;
};

static const char *skip_blanks(const char *s)
{
	while (*s == ' ' || *s == '\t')
		s++;
	return s;
}

/* A number without its suffix; where it ends, or NULL. */
static const char *skip_number(const char *s)
{
	static const char decimal[] = "0123456789";
	const char *digits = decimal;

	if (*s == '0' && (s[1] == 'x' || s[1] == 'X'))
		s += 2, digits = "0123456789abcdefABCDEF";
	else if (*s == '0' && (s[1] == 'b' || s[1] == 'B'))
		s += 2, digits = "01";
	else if (*s == '0')
		digits = "01234567";
	size_t n = strspn(s, digits);
	return n ? s + n : NULL;
}

/* A number's suffix, with LL for L: long has 64 bits in BPF and 32 under wasm32. */
static const char *copy_suffix(const char *s, struct strbuf *out)
{
	size_t u = 0, l = 0;

	for (; *s == 'u' || *s == 'U' || *s == 'l' || *s == 'L'; s++)
		*s == 'u' || *s == 'U' ? u++ : l++;
	if (u > 1 || l > 2)
		return NULL;
	if (u)
		strbuf_putc(out, 'U');
	if (l)
		strbuf_puts(out, "LL");
	return s;
}

static const char *copy_number(const char *s, struct strbuf *out)
{
	bool negative = *s == '-';
	const char *first = skip_blanks(s + negative);
	const char *end = skip_number(first);

	if (!end)
		return NULL;
	if (negative)
		strbuf_putc(out, '-');
	strbuf_add(out, first, (size_t)(end - first));
	return copy_suffix(end, out);
}

static const char *copy_text(const char *s, struct strbuf *out)
{
	const char *end = s + 1;

	while (*end && *end != '"')
		end += *end == '\\' && end[1] ? 2 : 1;
	if (!*end)
		return NULL;
	strbuf_add(out, s, (size_t)(end + 1 - s));
	return end + 1;
}

/* Appends the literal that a macro's body is, in as many parentheses as it has. */
static bool copy_literal(const char *body, struct strbuf *out)
{
	unsigned open = 0;
	const char *s = skip_blanks(body);

	for (; *s == '('; s = skip_blanks(s + 1), open++)
		strbuf_putc(out, '(');
	s = *s == '"' ? copy_text(s, out) : copy_number(s, out);
	if (!s)
		return false;
	for (s = skip_blanks(s); *s == ')' && open; s = skip_blanks(s + 1), open--)
		strbuf_putc(out, ')');
	return !*s && !open;
}

static size_t name_length(const char *text)
{
	size_t n = 0;

	while (isalnum((unsigned char)text[n]) || text[n] == '_')
		n++;
	return n;
}

/* Is it what keeps a header from being read twice ("#define EVENT_H 1"), or the compiler's? */
static bool is_reserved(const char *name, size_t n)
{
	if (!n || *name == '_')
		return true;
	while (n && name[n - 1] == '_')
		n--;
	return n > 2 && !memcmp(name + n - 2, "_H", 2);
}

/* A macro that is gone keeps its name, by which r->known knows it, and loses its value. */
static void remove_macro(struct object_macro *m)
{
	free((char *)m->value);
	m->value = NULL;
}

static int add_macro(struct reader *r, const char *name, const char *value)
{
	struct object *o = r->o;
	struct object_macro *macros = (struct object_macro *)o->macros;

	/* There is room for the next power of two. */
	if (!(o->macro_count & (o->macro_count - 1))) {
		size_t room = o->macro_count ? 2 * o->macro_count : 1;
		macros = realloc(macros, room * sizeof(*macros));
		if (!macros)
			return -ENOMEM;
		o->macros = macros;
	}
	struct object_macro m = {strdup(name), strdup(value)};
	macros[o->macro_count++] = m;
	if (!m.name || !m.value)
		return -ENOMEM;
	void **known = strmap_put(&r->known, m.name);
	if (!known)
		return -ENOMEM;
	*known = (void *)(uintptr_t)o->macro_count;
	return 0;
}

static struct object_macro *find_macro(const struct reader *r, const char *name)
{
	struct object_macro *macros = (struct object_macro *)r->o->macros;
	uintptr_t number = (uintptr_t)strmap_find(&r->known, name);

	return number && macros[number - 1].value ? &macros[number - 1] : NULL;
}

static void drop_removed(struct object *o)
{
	struct object_macro *macros = (struct object_macro *)o->macros;
	size_t kept = 0;

	for (size_t i = 0; i < o->macro_count; i++) {
		if (macros[i].value)
			macros[kept++] = macros[i];
		else
			free((char *)macros[i].name);
	}
	o->macro_count = kept;
}

static bool in_header(const struct reader *r)
{
	return r->depth && r->depth <= MAX_DEPTH && r->own[r->files[r->depth - 1]];
}

/* Another file may well define what the header has as the header does: then it stays. What it has
 * got from another file in the end is not the header's. */
static void set_macro(struct reader *r, const char *name, const char *value)
{
	struct object_macro *old = find_macro(r, name);

	if (old && value && !strcmp(old->value, value))
		return;
	if (old)
		remove_macro(old);
	if (value && in_header(r))
		r->err = add_macro(r, name, value);
}

/* "NAME body", "NAME(parameters) body" or, of #undef, "NAME". */
static void define(struct reader *r, const char *text, bool defined)
{
	size_t n = name_length(text);
	struct strbuf value = {0};

	if (is_reserved(text, n))
		return;
	r->name.len = 0;
	strbuf_add(&r->name, text, n);
	defined = defined && text[n] == ' ' && copy_literal(text + n, &value);
	if (strbuf_error(&value) || strbuf_error(&r->name))
		r->err = -ENOMEM;
	else
		set_macro(r, strbuf_str(&r->name), defined ? strbuf_str(&value) : NULL);
	strbuf_free(&value);
}

static void open_file(struct reader *r, size_t file, Dwarf_Word line)
{
	file = file < r->file_count ? file : r->file_count; /* which is nobody's */
	if (r->depth < MAX_DEPTH)
		r->files[r->depth] = file;
	r->depth++;
	/* What the unit's first line includes is the header, even if its name was changed by one of
	 * the options that make names relative. Files of "-include" come from no line. */
	if (r->depth == 2 && line == 1 && file < r->file_count)
		r->own[file] = true;
}

static bool is_definition(unsigned opcode)
{
	return opcode == DW_MACRO_define || opcode == DW_MACRO_define_strp ||
	       opcode == DW_MACRO_define_strx;
}

/* Outside of all files are the compiler's own, and those of its arguments. */
static void read_macro(struct reader *r, Dwarf_Macro *macro, unsigned opcode)
{
	Dwarf_Attribute a;

	if (!r->depth || dwarf_macro_param(macro, 1, &a))
		return;
	const char *text = dwarf_formstring(&a);
	if (text)
		define(r, text, is_definition(opcode));
}

static int each(Dwarf_Macro *macro, void *context)
{
	struct reader *r = context;
	unsigned opcode = 0;
	Dwarf_Word number = 0, line = 0;

	dwarf_macro_opcode(macro, &opcode);
	switch (opcode) {
	case DW_MACRO_start_file:
		dwarf_macro_param1(macro, &line);
		dwarf_macro_param2(macro, &number, NULL);
		open_file(r, number, line);
		break;
	case DW_MACRO_end_file:
		r->depth -= r->depth > 0;
		break;
	case DW_MACRO_define:
	case DW_MACRO_undef:
	case DW_MACRO_define_strp:
	case DW_MACRO_undef_strp:
	case DW_MACRO_define_strx:
	case DW_MACRO_undef_strx:
		read_macro(r, macro, opcode);
		break;
	default:
		break;
	}
	return r->err ? DWARF_CB_ABORT : DWARF_CB_OK;
}

int dwarf_read_macros(Dwarf_Die *unit, bool *own, size_t file_count, struct object *o,
		      struct diag *d)
{
	struct reader r = {.o = o, .own = own, .file_count = file_count};

	ptrdiff_t more = dwarf_getmacros(unit, each, &r, DWARF_GETMACROS_START);
	while (more > 0 && !r.err)
		more = dwarf_getmacros(unit, each, &r, more);
	strmap_free(&r.known);
	strbuf_free(&r.name);
	drop_removed(o);
	if (r.err)
		return diag_fail(d, ENOMEM, "out of memory");
	return more ? diag_fail(d, EINVAL, "its debug information about macros is damaged") : 0;
}
