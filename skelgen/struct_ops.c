// SPDX-License-Identifier: BSD-2-Clause
#include "skelgen/struct_ops.h"

#include <stdlib.h>

#include "skelgen/declare.h"

static bool is_function_pointer(const struct model *m, uint32_t id)
{
	const struct type *t = model_type(m, model_resolve(m, id));

	return t->kind == TYPE_PTR &&
	       model_type(m, model_resolve(m, t->target))->kind == TYPE_FUNC_PROTO;
}

/* The kernel's table has 8 bytes for it, a module's pointer is smaller. */
static void add_function(const struct slot *slot, struct strbuf *out)
{
	strbuf_printf(out, "union { struct bpf_program *%s; uint64_t __%s_room; };", slot->name,
		      slot->name);
}

static int add_slot(const struct layout *l, const struct slot *slot, size_t number,
		    struct strbuf *out, struct diag *d)
{
	struct declare_options o = {.indent = 3};
	struct scalar scalar = layout_scalar(layout_model(l), slot->type);
	bool is_hole = slot->kind == SLOT_PAD_BITS || slot->kind == SLOT_PAD_BYTES;
	bool opaque = scalar.class == SCALAR_NONE || scalar.class == SCALAR_POINTER ||
		      scalar.class == SCALAR_BYTES || !*slot->name;

	strbuf_puts(out, out->len ? "\n\t\t\t" : "\t\t\t");
	if (slot->kind == SLOT_FIELD && is_function_pointer(layout_model(l), slot->type)) {
		add_function(slot, out);
		return 0;
	}
	char *name = is_hole ? str_printf("__padding_%zu", number) : NULL;
	int err = 0;
	if (!is_hole && opaque)
		strbuf_printf(out, "char __unsupported_%d[%llu];", slot->index,
			      (unsigned long long)slot->byte_size);
	else
		err = declare_slot(l, slot, name ? name : slot->name, &o, out, d);
	free(name);
	return err;
}

int struct_ops_fill(const struct layout *l, const struct object_map *map,
		    struct template_data *data, struct diag *d)
{
	const struct model *m = layout_model(l);
	struct strbuf fields = {0}, attributes = {0};
	const struct record *r;
	int err = layout_record(l, map->ops_type, &r, d);

	for (size_t i = 0; !err && i < r->slot_count; i++)
		err = add_slot(l, &r->slots[i], i, &fields, d);
	if (!err)
		declare_attributes(r, &attributes);
	template_set(data, "tag", model_type(m, map->ops_type)->name);
	template_set(data, "fields", strbuf_str(&fields));
	template_set(data, "attributes", strbuf_str(&attributes));
	strbuf_free(&fields);
	strbuf_free(&attributes);
	return err;
}
