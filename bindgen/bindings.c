/* SPDX-License-Identifier: BSD-2-Clause */
#include "bindgen/bindings.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bindgen/language.h"
#include "bindgen/names.h"
#include "bindgen/plan.h"
#include "bindgen/skeleton.h"
#include "btfgen/names.h"
#include "templates/template.h"

/* Sections, which are no such types, have types of their own. */
static int define_unnamed(void *plan, uint32_t id, const char *name, struct diag *d)
{
	const struct model *m = plan_model(plan);
	struct plan_use use;

	return model_has_size(m, id) ? plan_define(plan, id, name, &use, d) : 0;
}

static int define_types(struct plan *p, const struct object *obj,
			const struct select_options *select, struct diag *d)
{
	uint32_t *ids;
	size_t count;
	struct plan_use use;
	int err = select_types(obj, select, &ids, &count, d);

	if (err)
		return err;
	for (size_t i = 0; i < count && !err; i++) {
		const struct type *t = model_type(obj->model, ids[i]);
		if (t->kind == TYPE_ENUM && !*t->name)
			err = plan_constants(p, ids[i], d);
		else if (*t->name && model_has_size(obj->model, ids[i]))
			err = plan_define(p, ids[i], t->name, &use, d);
	}
	free(ids);
	return err ? err : select_unnamed(obj, define_unnamed, p, d);
}

static bool is_package(const char *name)
{
	static const char *const keywords[] = {
		"_",      "break",  "case",        "chan", "const",   "continue", "default",
		"defer",  "else",   "fallthrough", "for",  "func",    "go",       "goto",
		"if",     "import", "interface",   "map",  "package", "range",    "return",
		"select", "struct", "switch",      "type", "var",
	};

	for (size_t i = 0; i < sizeof(keywords) / sizeof(*keywords); i++)
		if (!strcmp(name, keywords[i]))
			return false;
	return name_is_identifier(name);
}

/* "foo" of "foo_bpf"; the name that the caller chose is checked. */
static int set_package(const struct object *obj, const struct bindings_options *o,
		       struct template_data *data, struct diag *d)
{
	char *made = strdup(obj->name);
	size_t n = made ? strlen(made) : 0;

	if (n > 4 && !strcmp(made + n - 4, "_bpf"))
		made[n - 4] = '\0';
	const char *package = o->package ? o->package : made;
	if (!package) {
		free(made);
		return diag_fail(d, ENOMEM, "out of memory");
	}
	if (!o->package && !is_package(package))
		package = obj->name;
	int err = is_package(package)
			  ? 0
			  : diag_fail(d, EINVAL, "'%s' cannot be the name of a package", package);
	template_set(data, "package", package);
	free(made);
	return err;
}

static bool has_records(const struct plan *p)
{
	size_t count;
	const struct plan_type *const *types = plan_types(p, &count);

	for (size_t i = 0; i < count; i++)
		if (types[i]->kind == PLAN_RECORD)
			return true;
	return false;
}

/* The template ends the last line. */
static void cut_newlines(struct strbuf *b)
{
	while (b->len && b->data[b->len - 1] == '\n')
		b->data[--b->len] = '\0';
}

static int render(const struct plan *p, const struct object *obj, const struct bindings_options *o,
		  const struct strbuf *skeleton, struct strbuf *out, struct diag *d)
{
	bool rust = o->language == BINDINGS_RUST;
	struct template_data *data = template_data_new();
	struct strbuf types = {0};
	int err = 0;

	(rust ? rust_types : go_types)(p, &types);
	cut_newlines(&types);
	if (strbuf_error(&types) || strbuf_error(skeleton))
		err = diag_fail(d, ENOMEM, "out of memory");
	template_set_comment(data, "file", obj->file);
	template_flag(data, "big_endian", plan_big_endian(p));
	template_refer(data, "types", &types);
	template_refer(data, "skeleton", skeleton);
	if (rust) {
		unsigned pieces = rust_pieces(p);
		template_set(data, "most", "");
		if (pieces)
			template_set_number(data, "most", pieces);
	} else {
		template_flag(data, "has_records", has_records(p));
		if (!err)
			err = set_package(obj, o, data, d);
	}
	if (!err)
		err = template_render(rust ? "rust.tmpl" : "go.tmpl", data, out, d);
	strbuf_free(&types);
	template_data_free(data);
	return err;
}

int bindings_emit(const struct object *obj, const struct bindings_options *options,
		  struct strbuf *out, struct diag *d)
{
	bool rust = options->language == BINDINGS_RUST;
	struct strbuf skeleton = {0};
	struct plan *p;
	int err = plan_new(obj, options->language, &p, d);

	if (!err && !(rust ? rust_reserve : go_reserve)(p))
		err = diag_fail(d, ENOMEM, "out of memory");
	if (!err && options->skeleton)
		err = bindings_reserve(p, obj, options->language, d);
	if (!err)
		err = define_types(p, obj, &options->select, d);
	if (!err && options->skeleton)
		err = bindings_skeleton(p, obj, options->language, &skeleton, d);
	cut_newlines(&skeleton);
	if (!err)
		err = render(p, obj, options, &skeleton, out, d);
	if (err && strncmp(d->text, obj->path, strlen(obj->path)))
		diag_prefix(d, "%s: ", obj->path);
	plan_free(p);
	strbuf_free(&skeleton);
	return err;
}
