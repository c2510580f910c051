/* SPDX-License-Identifier: BSD-2-Clause */
#include "btfgen/describe.h"

/* A declaration grows on both sides of the name that stands in its middle: on the right from the
 * name outwards, on the left from the outside in. */
struct text {
	const struct model *m;
	struct strbuf left, right;
	unsigned steps;
};

enum { MAX_STEPS = 60 };

static void spell(struct text *t, uint32_t id);

static void spell_params(struct text *t, const struct type *proto)
{
	struct strbuf list = {0};

	for (uint32_t i = 0; i < proto->count; i++) {
		struct text one = {.m = t->m, .steps = t->steps};
		if (i)
			strbuf_puts(&list, ", ");
		if (proto->params[i].type)
			spell(&one, proto->params[i].type);
		else
			strbuf_puts(&one.left, "...");
		t->steps = one.steps;
		strbuf_add(&list, one.left.data, one.left.len);
		strbuf_add(&list, one.right.data, one.right.len);
		strbuf_free(&one.left);
		strbuf_free(&one.right);
	}
	strbuf_putc(&t->right, '(');
	strbuf_puts(&t->right, proto->count ? strbuf_str(&list) : "void");
	strbuf_putc(&t->right, ')');
	strbuf_free(&list);
}

static void spell_pointer(struct text *t, uint32_t target)
{
	enum type_kind kind = model_type(t->m, model_skip_modifiers(t->m, target))->kind;

	bool wrap = kind == TYPE_ARRAY || kind == TYPE_FUNC_PROTO;

	if (wrap)
		strbuf_putc(&t->right, ')');
	spell(t, target);
	if (wrap) {
		strbuf_puts(&t->left, " (*");
	} else {
		size_t n = t->left.len;
		strbuf_puts(&t->left, n && t->left.data[n - 1] == '*' ? "*" : " *");
	}
}

static void spell_modifier(struct text *t, const struct type *modifier)
{
	static const char *const words[TYPE_KIND_COUNT] = {
		[TYPE_CONST] = "const",
		[TYPE_VOLATILE] = "volatile",
		[TYPE_RESTRICT] = "restrict",
	};
	const char *word = words[modifier->kind];
	bool pointer =
		model_type(t->m, model_skip_modifiers(t->m, modifier->target))->kind == TYPE_PTR;

	if (word && !pointer)
		strbuf_printf(&t->left, "%s ", word);
	spell(t, modifier->target);
	if (word && pointer)
		strbuf_printf(&t->left, " %s", word);
	if (!word && *modifier->name)
		strbuf_printf(&t->left, " tag(%s)", modifier->name);
}

static void spell_tagged(struct text *t, const struct type *type, const char *word)
{
	strbuf_puts(&t->left, word);
	strbuf_putc(&t->left, ' ');
	strbuf_puts(&t->left, *type->name ? type->name : "{...}");
}

static void spell(struct text *t, uint32_t id)
{
	static const char *const fwds[] = {"struct", "union", "enum"};
	const struct type *type = model_type(t->m, id);

	if (t->steps++ >= MAX_STEPS) {
		strbuf_puts(&t->left, "...");
		return;
	}
	switch (type->kind) {
	case TYPE_STRUCT:
	case TYPE_UNION:
	case TYPE_ENUM:
		spell_tagged(t, type, type_kind_name(type->kind));
		break;
	case TYPE_FWD:
		spell_tagged(t, type, fwds[type->fwd]);
		break;
	case TYPE_PTR:
		spell_pointer(t, type->target);
		break;
	case TYPE_ARRAY:
		strbuf_printf(&t->right, "[%u]", type->count);
		spell(t, type->target);
		break;
	case TYPE_FUNC_PROTO:
		spell_params(t, type);
		spell(t, type->target);
		break;
	case TYPE_CONST:
	case TYPE_VOLATILE:
	case TYPE_RESTRICT:
	case TYPE_TYPE_TAG:
		spell_modifier(t, type);
		break;
	default:
		strbuf_puts(&t->left, type->name);
		break;
	}
}

/* Names of integers and the text of tags can be anything. */
static void add_clean(struct strbuf *out, const char *s)
{
	for (const char *begin = s;; s++) {
		if (*s != '/' && *s != '\\' && (unsigned char)*s >= ' ')
			continue;
		strbuf_add(out, begin, (size_t)(s - begin));
		if (!*s)
			return;
		strbuf_putc(out, '?');
		begin = s + 1;
	}
}

void describe_declaration(const struct model *m, uint32_t id, const char *name, struct strbuf *out)
{
	struct text t = {.m = m};

	spell(&t, id);
	add_clean(out, strbuf_str(&t.left));
	if (*name && t.left.len && t.left.data[t.left.len - 1] != '*')
		strbuf_putc(out, ' ');
	strbuf_puts(out, name);
	add_clean(out, strbuf_str(&t.right));
	out->failed |= t.left.failed || t.right.failed;
	strbuf_free(&t.left);
	strbuf_free(&t.right);
}

void describe_type(const struct model *m, uint32_t id, struct strbuf *out)
{
	describe_declaration(m, id, "", out);
}

void describe_tag(const struct model *m, uint32_t id, struct strbuf *out)
{
	strbuf_puts(out, "tag(");
	add_clean(out, model_type(m, id)->name);
	strbuf_putc(out, ')');
}
