/* SPDX-License-Identifier: BSD-2-Clause */
#include "btfgen/cdecl.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/strmap.h"
#include "btfgen/cnames.h"
#include "btfgen/describe.h"
#include "btfgen/names.h"

/* A declaration tag: of a type (component -1), or of one of its members. */
struct tag {
	uint32_t id, target;
	int32_t component;
};

struct cdecl {
	const struct layout *l;
	const struct model *m;
	struct cnames *names;
	uint32_t *enum_owner; /* of an anonymous enum: the typedef that is written with it, or 0 */
	struct tag *tags;     /* all of them, by what they are about */
	size_t tag_count;
	struct known *known; /* by id */
};

/* What is asked of a typedef for each field that is of it. */
struct known {
	bool is_standard;   /* <stdint.h> has it */
	bool may_be_hidden; /* some field has its name, or the one that it has in C */
	bool names_a_field, c_names_a_field; /* while this is being found out */
};

static bool is_modifier(enum type_kind kind)
{
	return kind == TYPE_CONST || kind == TYPE_VOLATILE || kind == TYPE_RESTRICT ||
	       kind == TYPE_TYPE_TAG;
}

static void find_enum_owners(struct cdecl *c, const bool *selected)
{
	for (uint32_t id = 1; id < model_count(c->m); id++) {
		const struct type *t = model_type(c->m, id);
		if (t->kind != TYPE_TYPEDEF || (selected && !selected[id]) ||
		    !*cdecl_type_name(c, id))
			continue;
		uint32_t target = model_skip_modifiers(c->m, t->target);
		const struct type *e = model_type(c->m, target);
		if (e->kind == TYPE_ENUM && !*e->name && e->count && !c->enum_owner[target])
			c->enum_owner[target] = id;
	}
}

static int by_target(const void *a, const void *b)
{
	const struct tag *x = a, *y = b;

	if (x->target != y->target)
		return x->target < y->target ? -1 : 1;
	if (x->component != y->component)
		return x->component < y->component ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

static int find_tags(struct cdecl *c)
{
	uint32_t count = model_count(c->m);

	for (uint32_t id = 1; id < count; id++)
		c->tag_count += model_type(c->m, id)->kind == TYPE_DECL_TAG;
	c->tags = calloc(c->tag_count + 1, sizeof(*c->tags));
	if (!c->tags)
		return -ENOMEM;
	struct tag *tag = c->tags;
	for (uint32_t id = 1; id < count; id++) {
		const struct type *t = model_type(c->m, id);
		if (t->kind == TYPE_DECL_TAG)
			*tag++ = (struct tag){id, t->target, t->component};
	}
	qsort(c->tags, c->tag_count, sizeof(*c->tags), by_target);
	return 0;
}

static bool note_name(struct strmap *names, const char *name, bool *is_a_field)
{
	void **place = strmap_put(names, name);

	if (place && !*place)
		*place = is_a_field;
	return place;
}

static void note_field(const struct strmap *typedefs, const char *name)
{
	bool *is_a_field = strmap_find(typedefs, name);

	if (is_a_field)
		*is_a_field = true;
}

/* Fields, and variables, which are those of data sections. */
static void note_fields(const struct model *m, const struct strmap *typedefs)
{
	for (uint32_t id = 1; id < model_count(m); id++) {
		const struct type *t = model_type(m, id);
		if (t->kind == TYPE_VAR)
			note_field(typedefs, t->name);
		if (t->kind != TYPE_STRUCT && t->kind != TYPE_UNION)
			continue;
		for (uint32_t i = 0; i < t->count; i++)
			note_field(typedefs, t->members[i].name);
	}
}

static bool learn_typedefs(struct cdecl *c)
{
	uint32_t count = model_count(c->m);
	struct strmap names = {0};

	c->known = calloc(count, sizeof(*c->known));
	bool ok = c->known;
	for (uint32_t id = 1; ok && id < count; id++) {
		const struct type *t = model_type(c->m, id);
		if (t->kind != TYPE_TYPEDEF)
			continue;
		c->known[id].is_standard = cnames_is_standard(c->m, id);
		ok = note_name(&names, t->name, &c->known[id].names_a_field) &&
		     note_name(&names, cdecl_type_name(c, id), &c->known[id].c_names_a_field);
	}
	if (ok)
		note_fields(c->m, &names);
	for (uint32_t id = 1; ok && id < count; id++) {
		const struct type *t = model_type(c->m, id);
		if (t->kind == TYPE_TYPEDEF)
			c->known[id].may_be_hidden =
				*(bool *)strmap_find(&names, t->name) ||
				*(bool *)strmap_find(&names, cdecl_type_name(c, id));
	}
	strmap_free(&names);
	return ok;
}

int cdecl_new(const struct layout *l, const bool *selected, struct cdecl **ret, struct diag *d)
{
	*ret = NULL;
	struct cdecl *c = calloc(1, sizeof(*c));
	if (!c)
		return diag_fail(d, ENOMEM, "out of memory");
	c->l = l;
	c->m = layout_model(l);
	c->names = cnames_new(c->m, selected);
	c->enum_owner = calloc(model_count(c->m), sizeof(*c->enum_owner));
	if (!c->names || !c->enum_owner || find_tags(c) || !learn_typedefs(c)) {
		cdecl_free(c);
		return diag_fail(d, ENOMEM, "out of memory");
	}
	find_enum_owners(c, selected);
	*ret = c;
	return 0;
}

void cdecl_free(struct cdecl *c)
{
	if (!c)
		return;
	cnames_free(c->names);
	free(c->enum_owner);
	free(c->tags);
	free(c->known);
	free(c);
}

const char *cdecl_type_name(const struct cdecl *c, uint32_t id)
{
	return cnames_type(c->names, id);
}

static bool has_field(const struct record *r, const char *name)
{
	for (size_t i = 0; r && i < r->slot_count; i++)
		if (!strcmp(r->slots[i].name, name))
			return true;
	return false;
}

/* A changed name must not meet a sibling's, neither as it is written nor as what its macro comes to
 * in C++: text is either with the macro, or without it. */
static void add_changed(const struct record *siblings, const char *name, bool by_macro,
			const char *text, struct strbuf *out)
{
	strbuf_printf(out, "%s_", name);
	if (!by_macro || !has_field(siblings, strbuf_str(out))) {
		out->len = 0;
		strbuf_puts(out, text);
	}
	while (!out->failed && has_field(siblings, strbuf_str(out)))
		strbuf_putc(out, '_');
}

static bool is_changed(const struct cdecl *c, const char *tag, const char *name)
{
	return cnames_is_escaped(c->names, name) || (tag && !strcmp(name, tag));
}

void cdecl_field_name(const struct cdecl *c, const struct record *siblings, const char *tag,
		      const char *name, struct strbuf *out)
{
	struct strbuf text = {0}, escaped = {0}, own = {0};

	if (!is_changed(c, tag, name)) {
		strbuf_puts(out, name);
		return;
	}
	if (cnames_is_escaped(c->names, name)) {
		cnames_escape(name, &text);
		add_changed(siblings, name, name_is_cxx_keyword(name), strbuf_str(&text), &escaped);
		name = strbuf_str(&escaped);
	}
	if (tag && !strcmp(name, tag)) {
		text.len = 0;
		strbuf_printf(&text, CXX_PREFIX "%s", name);
		add_changed(siblings, name, true, strbuf_str(&text), &own);
		name = strbuf_str(&own);
	}
	strbuf_puts(out, name);
	out->failed |= text.failed || escaped.failed || own.failed;
	strbuf_free(&text);
	strbuf_free(&escaped);
	strbuf_free(&own);
}

/* Where text is being added: how deep, and how many named holes the definition has so far. These
 * names share one scope with those in anonymous structs and unions. */
struct place {
	unsigned indent;
	unsigned *holes;
	const struct slot *bits; /* of the big-endian bitfield that is being declared, or NULL */
	const char *tag;         /* of the struct or union in whose scope the names are, or NULL */
	bool nested;             /* but inside an anonymous one */
	bool unnamed;            /* a field without a name */
};

static void add_indent(struct strbuf *out, unsigned indent)
{
	while (indent--)
		strbuf_putc(out, '\t');
}

/* What a declaration begins with, found by going down from its type: past arrays (whose lengths go
 * behind the name), modifiers and typedefs that are not written. */
struct base {
	uint32_t id;
	uint32_t left_out; /* the first typedef on the way that is not written, or 0 */
	bool is_const, is_volatile;
	bool is_hidden; /* from the field, by a field with its name */
	struct strbuf lengths;
};

/* In C++ a field hides the typedef of its name from the fields behind it, so the type behind the
 * typedef is spelled. */
static bool is_hidden(const struct cdecl *c, uint32_t id, const struct record *r)
{
	return c->known[id].may_be_hidden &&
	       (has_field(r, model_type(c->m, id)->name) || has_field(r, cdecl_type_name(c, id)));
}

/* A struct or union without a name has only the typedef's. */
static bool is_anonymous(const struct cdecl *c, uint32_t id)
{
	const struct type *t = model_type(c->m, model_element(c->m, id));

	return (t->kind == TYPE_STRUCT || t->kind == TYPE_UNION) && !*t->name;
}

static void add_length(struct strbuf *out, uint64_t count)
{
	strbuf_putc(out, '[');
	strbuf_number(out, count);
	strbuf_putc(out, ']');
}

static struct base find_base(const struct cdecl *c, uint32_t id, const struct record *r)
{
	struct base b = {.id = id};

	for (;;) {
		const struct type *t = model_type(c->m, b.id);
		b.is_const |= t->kind == TYPE_CONST;
		b.is_volatile |= t->kind == TYPE_VOLATILE;
		if (t->kind == TYPE_ARRAY) {
			add_length(&b.lengths, t->count);
		} else if (t->kind == TYPE_TYPEDEF) {
			b.is_hidden = !c->known[b.id].is_standard && is_hidden(c, b.id, r);
			if (c->known[b.id].is_standard)
				return b;
			if (*cdecl_type_name(c, b.id) && (!b.is_hidden || is_anonymous(c, b.id)))
				return b;
			if (!b.left_out)
				b.left_out = b.id;
		} else if (!is_modifier(t->kind)) {
			return b;
		}
		b.id = t->target;
	}
}

static int cannot(const struct cdecl *c, uint32_t id, const char *name, const char *why,
		  struct diag *d)
{
	const struct type *t = model_type(c->m, id);

	return diag_fail(d, ENOTSUP, "%s %s (type %u)%s%s: %s", type_kind_name(t->kind),
			 *t->name ? t->name : "(anonymous)", id, *name ? ", field " : "", name,
			 why);
}

static void add_words(struct strbuf *out, const char *first, const char *second)
{
	strbuf_puts(out, first);
	strbuf_putc(out, ' ');
	strbuf_puts(out, second);
}

/* Behind a bitfield's name, or a comma. */
static void add_width(struct strbuf *out, uint64_t bits)
{
	strbuf_puts(out, " : ");
	strbuf_number(out, bits);
}

/* "uint32_t" */
static void add_exact(struct strbuf *out, bool is_signed, unsigned bytes)
{
	strbuf_puts(out, is_signed ? "int" : "uint");
	strbuf_number(out, 8 * bytes);
	strbuf_puts(out, "_t");
}

static int spell_scalar(const struct cdecl *c, struct base *b, const char *name, struct strbuf *out,
			struct diag *d)
{
	struct scalar s = layout_scalar(c->m, b->id);
	const char *tag = s.class == SCALAR_ENUM ? cdecl_type_name(c, s.id) : "";

	switch (s.class) {
	case SCALAR_NONE:
		return cannot(c, b->id, name, "has no size, so nothing can be of this type", d);
	case SCALAR_BOOL:
		strbuf_puts(out, "bool");
		break;
	case SCALAR_CHAR:
		strbuf_puts(out, "char");
		break;
	case SCALAR_FLOAT:
		strbuf_puts(out, s.size == 4 ? "float" : "double");
		break;
	case SCALAR_BYTES:
		strbuf_puts(out, "uint8_t");
		add_length(&b->lengths, s.size);
		break;
	default:
		if (*tag && model_type(c->m, s.id)->count)
			add_words(out, "enum", tag);
		else if (s.size == 16)
			strbuf_puts(out, s.is_signed ? "__int128" : "unsigned __int128");
		else
			add_exact(out, s.is_signed && s.class != SCALAR_POINTER, s.size);
		break;
	}
	return 0;
}

static int add_body(const struct cdecl *c, const struct record *r, struct place at,
		    struct strbuf *out, struct diag *d);

static int spell_record(const struct cdecl *c, uint32_t id, struct place at, struct strbuf *out,
			struct diag *d)
{
	const char *kind = model_type(c->m, id)->kind == TYPE_UNION ? "union" : "struct";
	const char *name = cdecl_type_name(c, id);
	const struct record *r;

	/* Without a name, a field has the fields of a named type only where compilers extend C. */
	if (*model_type(c->m, id)->name && !at.unnamed) {
		add_words(out, kind, name);
		return *name ? 0 : cannot(c, id, "", "is not among the types that are written", d);
	}
	int err = layout_record(c->l, id, &r, d);
	if (err)
		return err;
	add_words(out, kind, "{\n");
	struct place in = {.indent = at.indent + 1, .holes = at.holes, .nested = true};
	if (at.unnamed)
		in.tag = at.tag;
	err = add_body(c, r, in, out, d);
	add_indent(out, at.indent);
	strbuf_putc(out, '}');
	cdecl_attributes(r, out);
	return err;
}

static int spell_plain(const struct cdecl *c, struct base *b, const char *name, struct place at,
		       struct strbuf *out, struct diag *d)
{
	const struct type *t = model_type(c->m, b->id);

	switch (t->kind) {
	case TYPE_TYPEDEF:
		if (b->is_hidden)
			strbuf_puts(out, TYPE_PREFIX);
		strbuf_puts(out, *cdecl_type_name(c, b->id) ? cdecl_type_name(c, b->id) : t->name);
		return 0;
	case TYPE_STRUCT:
	case TYPE_UNION:
		return spell_record(c, b->id, at, out, d);
	default:
		return spell_scalar(c, b, name, out, d);
	}
}

/* Would reading the type as it is spelled give another value than the one that is stored? */
static bool is_swapped(const struct cdecl *c, uint32_t id)
{
	struct scalar s = layout_scalar(c->m, id);

	return model_big_endian(c->m) && s.class != SCALAR_NONE && s.class != SCALAR_BYTES &&
	       s.size > 1;
}

/* What lies in memory: a scalar of a big-endian model becomes a type that has to be converted. */
static int spell_base(const struct cdecl *c, struct base *b, const char *name, struct place at,
		      bool stored, struct strbuf *out, struct diag *d)
{
	bool wrap = at.bits || (stored && is_swapped(c, b->id));

	if (b->is_const)
		strbuf_puts(out, "const ");
	if (b->is_volatile)
		strbuf_puts(out, "volatile ");
	if (wrap)
		strbuf_puts(out, !at.bits                               ? "WBPF_BE("
				 : layout_scalar(c->m, b->id).is_signed ? "WBPF_BE_SIGNED_BITS("
									: "WBPF_BE_BITS(");
	int err = spell_plain(c, b, name, at, out, d);
	if (at.bits)
		strbuf_printf(out, ", %" PRIu64 ", %" PRIu64, at.bits->run_bit, at.bits->bit_size);
	if (wrap)
		strbuf_putc(out, ')');
	return err;
}

/* stored: as a field; arrays always are. */
static int declare(const struct cdecl *c, const struct record *r, uint32_t type, const char *name,
		   struct place at, bool stored, struct strbuf *out, struct diag *d)
{
	struct base b = find_base(c, type, r);
	int err = spell_base(c, &b, name, at, stored || b.lengths.len, out, d);

	if (*name) {
		strbuf_putc(out, ' ');
		strbuf_puts(out, name);
	}
	strbuf_puts(out, strbuf_str(&b.lengths));
	out->failed |= b.lengths.failed;
	strbuf_free(&b.lengths);
	return err;
}

int cdecl_declare(const struct cdecl *c, uint32_t type, const char *name, unsigned indent,
		  struct strbuf *out, struct diag *d)
{
	unsigned holes = 0;

	return declare(c, NULL, type, name, (struct place){.indent = indent, .holes = &holes},
		       false, out, d);
}

/* What a declaration of this type does not show by itself: the id to describe, or 0. */
static uint32_t unshown(const struct cdecl *c, const struct record *r, uint32_t type)
{
	struct base b = find_base(c, type, r);
	const struct type *t = model_type(c->m, b.id);
	struct scalar s = layout_scalar(c->m, b.id);

	strbuf_free(&b.lengths);
	if (t->kind == TYPE_TYPEDEF)
		return 0;
	if (b.left_out)
		return b.left_out;
	if (s.class == SCALAR_POINTER || s.class == SCALAR_BYTES || type_is_long(t))
		return b.id;
	return s.class == SCALAR_ENUM && (!*t->name || !t->count) ? b.id : 0;
}

static const struct tag *first_tag(const struct cdecl *c, uint32_t target, int32_t component)
{
	size_t low = 0, high = c->tag_count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct tag *t = &c->tags[mid];
		if (t->target < target || (t->target == target && t->component < component))
			low = mid + 1;
		else
			high = mid;
	}
	return &c->tags[low]; /* the last one is followed by a tag of no type */
}

/* type: to be described, or 0; the tags are those of the owner's component. */
static void comment(const struct cdecl *c, uint32_t type, uint32_t owner, int32_t component,
		    struct strbuf *out)
{
	const struct tag *tag = first_tag(c, owner, component);
	const char *between = " /* ";

	if (type) {
		strbuf_puts(out, between);
		describe_type(c->m, type, out);
		between = ", ";
	}
	for (; tag->id && tag->target == owner && tag->component == component; tag++) {
		strbuf_puts(out, between);
		describe_tag(c->m, tag->id, out);
		between = ", ";
	}
	if (*between == ',')
		strbuf_puts(out, " */");
}

void cdecl_comment(const struct cdecl *c, uint32_t type, struct strbuf *out)
{
	comment(c, unshown(c, NULL, type), 0, -1, out);
}

/* What it points to, as far as C can say that of what may be defined further down. */
static bool spell_pointee(const struct cdecl *c, uint32_t id, struct strbuf *out, struct diag *d)
{
	const struct type *t = model_type(c->m, model_resolve(c->m, id));
	struct base b = {.id = model_resolve(c->m, id)};
	bool record = t->kind == TYPE_STRUCT || t->kind == TYPE_UNION;

	if (record && *cdecl_type_name(c, b.id)) {
		add_words(out, t->kind == TYPE_UNION ? "union" : "struct",
			  cdecl_type_name(c, b.id));
		return true;
	}
	/* Not among the types that are written: what the user says that it is. */
	if (t->kind == TYPE_FWD && t->fwd != FWD_ENUM && !name_is_cxx_keyword(t->name)) {
		add_words(out, t->fwd == FWD_UNION ? "union" : "struct", t->name);
		return true;
	}
	if (t->kind == TYPE_INT || t->kind == TYPE_PTR || (t->kind == TYPE_FLOAT && t->size <= 8))
		return !spell_scalar(c, &b, "", out, d) && t->kind != TYPE_PTR;
	strbuf_puts(out, "void");
	return t->kind == TYPE_VOID;
}

/*
 * A pointer into an arena: the kernel has 8 bytes for it, of which a module's pointer is the lower
 * half. Natively it is all of them.
 */
static int add_arena_pointer(const struct cdecl *c, const struct record *r, const struct slot *s,
			     uint32_t pointee, struct place at, struct strbuf *out, struct diag *d)
{
	struct strbuf name = {0};

	cdecl_field_name(c, r, at.tag, s->name, &name);
	add_indent(out, at.indent);
	strbuf_puts(out, "union { ");
	bool exact = spell_pointee(c, pointee, out, d);
	strbuf_printf(out, " *%s; uint64_t __%s_room; };", strbuf_str(&name), s->name);
	comment(c, exact ? 0 : model_resolve(c->m, s->type), r->id, s->index, out);
	strbuf_putc(out, '\n');
	out->failed |= name.failed;
	strbuf_free(&name);
	return 0;
}

static int add_field(const struct cdecl *c, const struct record *r, const struct slot *s,
		     struct place at, struct strbuf *out, struct diag *d)
{
	const char *tag = at.nested ? at.tag : NULL;
	struct strbuf changed = {0};
	const char *name = s->name;
	uint32_t pointee;

	if (*name && !model_big_endian(c->m) && model_arena_pointer(c->m, s->type, &pointee))
		return add_arena_pointer(c, r, s, pointee, at, out, d);

	if (*name && is_changed(c, tag, name)) {
		cdecl_field_name(c, r, tag, name, &changed);
		name = strbuf_str(&changed);
	}
	add_indent(out, at.indent);
	uint32_t type = s->type;
	at.unnamed = !*s->name;
	if (at.unnamed && model_type(c->m, model_skip_modifiers(c->m, type))->kind == TYPE_TYPEDEF)
		type = model_resolve(c->m, type);
	int err = declare(c, r, type, name, at, true, out, d);
	if (s->kind == SLOT_BITFIELD && !at.bits)
		add_width(out, s->bit_size);
	strbuf_putc(out, ';');
	if (s->var)
		comment(c, unshown(c, r, s->type), s->var, -1, out);
	else
		comment(c, unshown(c, r, s->type), r->id, s->index, out);
	strbuf_putc(out, '\n');
	out->failed |= changed.failed;
	strbuf_free(&changed);
	return err;
}

/* Bytes that no field has ("hole"), or several share ("bits"). */
static void add_bytes(const char *what, uint64_t bytes, struct place at, struct strbuf *out)
{
	add_indent(out, at.indent);
	strbuf_printf(out, "uint8_t __wbpf_%s%u[%" PRIu64 "];\n", what, (*at.holes)++, bytes);
}

/* A hole's unnamed bitfields; those of one unit share a line. Returns the index of the last. */
static size_t add_bits(const struct record *r, size_t i, unsigned indent, struct strbuf *out)
{
	unsigned unit = r->slots[i].unit;

	add_indent(out, indent);
	add_exact(out, false, unit);
	add_width(out, r->slots[i].bit_size);
	while (i + 1 < r->slot_count && r->slots[i + 1].kind == SLOT_PAD_BITS &&
	       r->slots[i + 1].unit == unit && !r->slots[i + 1].run_slots) {
		strbuf_putc(out, ',');
		add_width(out, r->slots[++i].bit_size);
	}
	strbuf_puts(out, ";\n");
	return i;
}

static bool has_fields(const struct record *r)
{
	for (size_t i = 0; i < r->slot_count; i++)
		if (r->slots[i].kind == SLOT_FIELD || r->slots[i].kind == SLOT_BITFIELD)
			return true;
	return false;
}

/* Big-endian bitfields: bytes, and what each of the fields has of their bits. */
static int add_run(const struct cdecl *c, const struct record *r, const struct slot *run,
		   struct place at, struct strbuf *out, struct diag *d)
{
	struct place in = at;
	int err = 0;

	if (!r->is_union) {
		add_indent(out, at.indent);
		strbuf_puts(out, "union {\n");
		in.indent++;
		in.nested = true;
		add_bytes("bits", run->run_bytes, in, out);
	}
	for (size_t i = 0; !err && i < run->run_slots; i++) {
		in.bits = &run[i];
		if (run[i].kind == SLOT_BITFIELD)
			err = add_field(c, r, &run[i], in, out, d);
	}
	if (!r->is_union) {
		add_indent(out, at.indent);
		strbuf_puts(out, "};\n");
	}
	return err;
}

static int add_body(const struct cdecl *c, const struct record *r, struct place at,
		    struct strbuf *out, struct diag *d)
{
	int err = 0;

	/* C wants a named field. An array of no bytes also keeps the size 0 under C++. */
	if (!has_fields(r)) {
		add_bytes("hole", r->size, at, out);
		return 0;
	}
	for (size_t i = 0; !err && i < r->slot_count; i++) {
		const struct slot *s = &r->slots[i];
		if (s->run_slots) {
			err = add_run(c, r, s, at, out, d);
			i += s->run_slots - 1;
		} else if (s->kind == SLOT_PAD_BITS)
			i = add_bits(r, i, at.indent, out);
		else if (s->kind == SLOT_PAD_BYTES)
			add_bytes("hole", s->byte_size, at, out);
		else
			err = add_field(c, r, s, at, out, d);
	}
	return err;
}

void cdecl_attributes(const struct record *r, struct strbuf *out)
{
	if (r->packed && r->aligned)
		strbuf_printf(out, " __attribute__((packed, aligned(%" PRIu64 ")))", r->aligned);
	else if (r->packed)
		strbuf_puts(out, " __attribute__((packed))");
}

static void add_unsigned(struct strbuf *out, uint64_t value)
{
	strbuf_number(out, value);
	if (value > INT32_MAX)
		strbuf_puts(out, value > UINT32_MAX ? "ULL" : "U");
}

static void add_value(const struct type *t, uint64_t value, struct strbuf *out)
{
	int64_t v = (int64_t)value;

	if (t->is_signed && v == INT64_MIN)
		strbuf_puts(out, "-9223372036854775807LL - 1");
	else if (t->is_signed && (v < 0 || v > INT32_MAX))
		strbuf_printf(out, "%" PRId64 "%s", v, v < INT32_MIN || v > INT32_MAX ? "LL" : "");
	else
		add_unsigned(out, value);
}

/* What an enum's values ask for: bytes, and a sign. */
struct range {
	uint64_t bytes; /* the least that hold them all */
	bool negative;
};

static struct range enum_range(const struct type *t)
{
	uint64_t low = 0, high = 0; /* of the negative ones, how far below zero less one */
	struct range r = {.bytes = 1};

	for (uint32_t i = 0; i < t->count; i++) {
		uint64_t v = t->values[i].value;
		if (t->is_signed && (int64_t)v < 0) {
			r.negative = true;
			low = ~v > low ? ~v : low;
		} else if (v > high) {
			high = v;
		}
	}
	uint64_t most = r.negative && low > high ? low : high;
	while (r.bytes < 8 && most >> (8 * r.bytes - r.negative))
		r.bytes *= 2;
	return r;
}

/*
 * C chooses an enum's size and sign by its values: with "packed" the least bytes, else 4 or 8.
 * Where BTF says more than the values do, one more enumerator makes C choose that. (The attribute
 * "mode" would set the size, but makes the type signed.)
 */
static void add_enum_end(const char *name, const struct type *t, struct strbuf *out)
{
	struct range r = enum_range(t);
	uint64_t natural = r.bytes < 4 && t->size >= 4 ? 4 : r.bytes;

	if (natural < t->size || (t->is_signed && !r.negative)) {
		uint64_t top = (uint64_t)1 << (8 * t->size - 1);
		strbuf_printf(out, "\t%s___range = ", name);
		add_value(t, t->is_signed ? -top : top, out);
		strbuf_puts(out, ",\n");
	}
	strbuf_puts(out, t->size < 4 ? "} __attribute__((packed))" : "}");
}

static void add_enum(const struct cdecl *c, uint32_t id, struct strbuf *out)
{
	const struct type *t = model_type(c->m, id);
	const char *name = cdecl_type_name(c, id);

	strbuf_printf(out, "enum %s%s{\n", name, *name ? " " : "");
	for (uint32_t i = 0; i < t->count; i++) {
		strbuf_putc(out, '\t');
		add_words(out, cnames_enumerator(c->names, id, i), "= ");
		add_value(t, t->values[i].value, out);
		strbuf_puts(out, ",\n");
	}
	add_enum_end(*name ? name : cnames_enumerator(c->names, id, 0), t, out);
}

static int define_record(const struct cdecl *c, uint32_t id, struct strbuf *out, struct diag *d)
{
	const char *tag = cdecl_type_name(c, id);
	unsigned holes = 0;
	const struct record *r;
	int err = layout_record(c->l, id, &r, d);
	if (err)
		return err;

	add_words(out, r->is_union ? "union" : "struct", tag);
	strbuf_puts(out, " {\n");
	err = add_body(c, r, (struct place){.indent = 1, .holes = &holes, .tag = tag}, out, d);
	strbuf_putc(out, '}');
	cdecl_attributes(r, out);
	strbuf_putc(out, ';');
	comment(c, 0, id, -1, out);
	strbuf_putc(out, '\n');
	return err;
}

static int define_typedef(const struct cdecl *c, uint32_t id, struct strbuf *out, struct diag *d)
{
	uint32_t target = model_type(c->m, id)->target;
	const char *name = cdecl_type_name(c, id);
	int err = 0;

	if (!*name)
		return 0;
	strbuf_puts(out, "typedef ");
	if (c->enum_owner[model_skip_modifiers(c->m, target)] == id) {
		add_enum(c, model_skip_modifiers(c->m, target), out);
		strbuf_printf(out, " %s;", name);
		comment(c, 0, id, -1, out);
		strbuf_putc(out, '\n');
		return 0;
	}
	const struct type *t = model_type(c->m, target);
	/* Natively no int64_t: C refuses a second typedef __u64 that differs from
	 * <linux/types.h>'s. */
	if (type_is_long_long(t) && t->size == 8) {
		strbuf_puts(out, t->is_signed ? "" : "unsigned ");
		add_words(out, "long long", name);
	} else {
		err = cdecl_declare(c, target, name, 0, out, d);
	}
	strbuf_putc(out, ';');
	comment(c, unshown(c, NULL, target), id, -1, out);
	strbuf_putc(out, '\n');
	return err;
}

int cdecl_define(const struct cdecl *c, uint32_t id, struct strbuf *out, struct diag *d)
{
	const struct type *t = model_type(c->m, id);

	switch (t->kind) {
	case TYPE_STRUCT:
	case TYPE_UNION:
		return define_record(c, id, out, d);
	case TYPE_TYPEDEF:
		return define_typedef(c, id, out, d);
	case TYPE_ENUM:
		if (!t->count || c->enum_owner[id])
			return 0;
		add_enum(c, id, out);
		strbuf_putc(out, ';');
		comment(c, 0, id, -1, out);
		strbuf_putc(out, '\n');
		return 0;
	default:
		return cannot(c, id, "", "cannot be defined by itself", d);
	}
}
