/* SPDX-License-Identifier: BSD-2-Clause */
#include "witgen/wit.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "btfgen/cdecl.h"
#include "btfgen/layout.h"
#include "btfgen/order.h"
#include "templates/template.h"
#include "witgen/decode.h"
#include "witgen/kebab.h"
#include "witgen/types.h"

/* What both outputs are made from. */
struct package {
	const struct object *obj;
	struct kebab_scope scope;
	const char *name, *interface; /* the scope owns them */
	struct template_data *data;   /* of the WIT */
	struct wit_types *types;
	uint32_t *ids; /* what is selected */
	size_t count;
};

static void package_clear(struct package *p)
{
	wit_types_free(p->types);
	template_data_free(p->data);
	kebab_scope_clear(&p->scope);
	free(p->ids);
}

/* The world has the package's name, so the interface may need another one. */
static int set_names(struct package *p, struct diag *d)
{
	p->name = kebab_add(&p->scope, p->obj->name, "object");
	p->interface = kebab_add(&p->scope, "types", "object");
	template_set_comment(p->data, "file", p->obj->file);
	template_set(p->data, "package", p->name);
	template_set(p->data, "interface", p->interface);
	template_list(p->data, "types");
	return p->name && p->interface ? 0 : diag_fail(d, ENOMEM, "out of memory");
}

static int define_unnamed(void *types, uint32_t id, const char *name, struct diag *d)
{
	return wit_types_define(types, id, name, d);
}

static int define_types(struct package *p, bool bytes, struct diag *d)
{
	int err = wit_types_new(p->obj->model, bytes, p->data, &p->types, d);

	for (size_t i = 0; i < p->count && !err; i++)
		err = wit_types_define(p->types, p->ids[i], NULL, d);
	if (!err)
		err = select_unnamed(p->obj, define_unnamed, p->types, d);
	if (err)
		diag_prefix(d, "%s: ", p->obj->path);
	return err;
}

static int make(struct package *p, const struct wit_options *options, struct diag *d)
{
	int err = select_types(p->obj, options ? &options->select : NULL, &p->ids, &p->count, d);

	if (err)
		return err;
	p->data = template_data_new();
	err = set_names(p, d);
	return err ? err : define_types(p, options && options->bytes, d);
}

int wit_emit(const struct object *obj, const struct wit_options *options, struct strbuf *out,
	     struct diag *d)
{
	struct package p = {.obj = obj};
	int err = make(&p, options, d);

	if (!err)
		err = template_render("wit.tmpl", p.data, out, d);
	package_clear(&p);
	return err;
}

/* The C header of the same types, for their names in it. */
struct header {
	struct order order;
	struct layout *layout;
	struct cdecl *cdecl;
};

static int header_make(const struct package *p, struct header *h, struct diag *d)
{
	int err = order_types(p->obj->model, p->ids, p->count, &h->order, d);

	if (!err)
		err = layout_new(p->obj->model, &h->layout, d);
	return err ? err : cdecl_new(h->layout, h->order.has, &h->cdecl, d);
}

static void header_clear(struct header *h)
{
	cdecl_free(h->cdecl);
	layout_free(h->layout);
	order_free(&h->order);
}

/* What C++ has another use for is a macro inside the header, and in C the name itself. */
static const char *c_type(void *context, uint32_t id)
{
	static const char macro[] = "wbpf_name_";
	const struct header *h = context;
	const char *name = h->order.has[id] ? cdecl_type_name(h->cdecl, id) : "";

	return strncmp(name, macro, strlen(macro)) ? name : name + strlen(macro);
}

static char *snake(const char *format, const char *a, const char *b)
{
	char *text = str_printf(format, a, b);

	for (char *c = text; c && *c; c++)
		*c = *c == '-' ? '_' : *c;
	return text;
}

static void set_guard(struct template_data *data, const char *name)
{
	char *guard = str_printf("WBPF_%s_DECODE_H", name);

	for (char *c = guard; c && *c; c++)
		*c = (char)toupper((unsigned char)*c);
	template_set(data, "guard", guard);
	free(guard);
}

static int render_decoder(const struct package *p, const struct strbuf *functions,
			  struct strbuf *out, struct diag *d)
{
	struct template_data *data = template_data_new();
	char *world = snake("%s%s", p->name, "");

	template_set_comment(data, "file", p->obj->file);
	template_set(data, "object", p->obj->name);
	template_set(data, "world", world);
	set_guard(data, p->obj->name);
	template_refer(data, "functions", functions);
	int err = template_render("decode.h.tmpl", data, out, d);
	free(world);
	template_data_free(data);
	return err;
}

int wit_decoder_emit(const struct object *obj, const struct wit_options *options,
		     struct strbuf *out, struct diag *d)
{
	struct package p = {.obj = obj};
	struct header h = {0};
	struct strbuf functions = {0};
	int err = make(&p, options, d);

	if (!err)
		err = header_make(&p, &h, d);
	char *prefix = err ? NULL : snake("bpf_%s_%s", p.name, p.interface);
	if (!err) {
		const struct wit_decode_names names = {
			.object = obj->name, .prefix = prefix, .c_type = c_type, .context = &h};
		err = prefix ? wit_decode_functions(p.types, &names, &functions) : -ENOMEM;
		if (err)
			diag_fail(d, err, "out of memory");
	}
	if (!err)
		err = render_decoder(&p, &functions, out, d);
	free(prefix);
	strbuf_free(&functions);
	header_clear(&h);
	package_clear(&p);
	return err;
}
