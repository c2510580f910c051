/* SPDX-License-Identifier: BSD-2-Clause */
#include "skelgen/struct_ops.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "skelgen/declare.h"
#include "skelgen/section.h"

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

/* Scalars and functions are for the user, the rest keeps its room. */
static bool is_opaque(const struct model *m, const struct slot *slot)
{
	enum scalar_class class = layout_scalar(m, slot->type).class;

	return class == SCALAR_NONE || class == SCALAR_POINTER || class == SCALAR_BYTES;
}

static int add_slot(const struct layout *l, const struct slot *slot, size_t number,
		    struct strbuf *out, struct diag *d)
{
	struct declare_options o = {.indent = 3};
	char pad[32];

	strbuf_puts(out, out->len ? "\n\t\t\t" : "\t\t\t");
	snprintf(pad, sizeof(pad), "__padding_%zu", number);
	if (slot->kind == SLOT_PAD_BITS || slot->kind == SLOT_PAD_BYTES)
		return declare_slot(l, slot, pad, &o, out, d);
	if (is_function_pointer(layout_model(l), slot->type))
		add_function(slot, out);
	else if (is_opaque(layout_model(l), slot))
		strbuf_printf(out, "char __unsupported_%d[%llu];", slot->index,
			      (unsigned long long)slot->byte_size);
	else
		return declare_slot(l, slot, slot->name, &o, out, d);
	return 0;
}

static void add_asserts(const struct layout *l, const struct record *r, const char *ident,
			struct template_data *data)
{
	char *pointer = str_printf("struct_ops.%s", ident);

	template_list(data, "asserts");
	for (size_t i = 0; pointer && i < r->slot_count; i++) {
		const struct slot *slot = &r->slots[i];
		if (slot->kind != SLOT_FIELD)
			continue;
		if (is_function_pointer(layout_model(l), slot->type) ||
		    !is_opaque(layout_model(l), slot))
			section_assert_offset(data, pointer, slot->name, slot->byte_offset);
	}
	free(pointer);
}

int struct_ops_fill(const struct layout *l, const struct object_map *map, const char *ident,
		    struct template_data *data, struct diag *d)
{
	const struct model *m = layout_model(l);
	struct strbuf fields = {0}, attributes = {0};
	const struct record *r;
	int err = layout_record(l, map->ops_type, &r, d);

	for (size_t i = 0; !err && i < r->slot_count; i++)
		err = add_slot(l, &r->slots[i], i, &fields, d);
	if (!err) {
		declare_attributes(r, &attributes);
		add_asserts(l, r, ident, data);
	}
	template_set(data, "tag", model_type(m, map->ops_type)->name);
	template_setf(data, "size", "%llu", (unsigned long long)model_size(m, map->ops_type));
	template_set(data, "fields", strbuf_str(&fields));
	template_set(data, "attributes", strbuf_str(&attributes));
	strbuf_free(&fields);
	strbuf_free(&attributes);
	return err;
}
