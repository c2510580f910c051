// SPDX-License-Identifier: BSD-2-Clause
#include "btfgen/describe.h"

#include <stdbool.h>

/* BTF can say that a pointer points to itself. */
enum { MAX_DEPTH = 32 };

static const char *fwd_word(enum fwd_what what)
{
	return what == FWD_UNION ? "union" : what == FWD_ENUM ? "enum" : "struct";
}

static void named(const char *word, const char *name, struct strbuf *out)
{
	strbuf_printf(out, "%s %s", word, *name ? name : "{...}");
}

static void describe(const struct model *m, uint32_t id, int depth, struct strbuf *out)
{
	const struct type *t = model_type(m, id);

	if (depth > MAX_DEPTH) {
		strbuf_puts(out, "...");
		return;
	}
	switch (t->kind) {
	case TYPE_PTR: {
		describe(m, t->target, depth + 1, out);
		bool follows_star = out->len && out->data[out->len - 1] == '*';
		strbuf_puts(out, follows_star ? "*" : " *");
		break;
	}
	case TYPE_ARRAY:
		describe(m, t->target, depth + 1, out);
		strbuf_printf(out, "[%u]", t->count);
		break;
	case TYPE_CONST: /* of a pointer it would have to stand behind the star: left out */
		if (model_type(m, t->target)->kind != TYPE_PTR)
			strbuf_puts(out, "const ");
		describe(m, t->target, depth + 1, out);
		break;
	case TYPE_VOLATILE:
	case TYPE_RESTRICT:
	case TYPE_TYPE_TAG:
		describe(m, t->target, depth + 1, out);
		break;
	case TYPE_STRUCT:
	case TYPE_UNION:
	case TYPE_ENUM:
		named(type_kind_name(t->kind), t->name, out);
		break;
	case TYPE_FWD:
		named(fwd_word(t->fwd), t->name, out);
		break;
	case TYPE_FUNC_PROTO:
		strbuf_puts(out, "function");
		break;
	case TYPE_VOID:
		strbuf_puts(out, "void");
		break;
	default:
		strbuf_puts(out, t->name);
		break;
	}
}

void describe_type(const struct model *m, uint32_t id, struct strbuf *out)
{
	describe(m, id, 0, out);
}
