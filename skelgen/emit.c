/* SPDX-License-Identifier: BSD-2-Clause */
#include "skelgen/emit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "btfgen/names.h"
#include "skelgen/bytes.h"
#include "skelgen/struct_ops.h"

int emit_no_memory(struct emitter *e)
{
	return diag_fail(e->d, ENOMEM, "out of memory");
}

void emit_set_string(struct template_data *data, const char *name, const char *value)
{
	struct strbuf literal = {0};

	bytes_as_literal(value, strlen(value), &literal);
	template_set(data, name, strbuf_str(&literal));
	strbuf_free(&literal);
}

static int add_struct_ops(struct emitter *e, const struct object_map *map, const char *ident)
{
	struct template_data *ops = template_add(e->data, "struct_ops");

	e->has_struct_ops = true;
	template_set(ops, "ident", ident);
	return struct_ops_fill(e->layout, map, ident, ops, e->d);
}

int emit_map(struct emitter *e, size_t index, const char *bpf_name, const char **ret_ident,
	     struct template_data **ret)
{
	const struct object_map *map = &e->obj->maps[index];
	const char *ident = ident_add(&e->maps, map->ident);

	if (!ident)
		return emit_no_memory(e);
	struct template_data *entry = template_add(e->data, "maps");
	template_setf(entry, "index", "%zu", index);
	template_set(entry, "ident", ident);
	emit_set_string(entry, "bpf_name", bpf_name);
	*ret_ident = ident;
	*ret = entry;
	return map->role == MAP_STRUCT_OPS ? add_struct_ops(e, map, ident) : 0;
}

int emit_prog(struct emitter *e, size_t index, struct template_data **ret)
{
	const struct object_prog *prog = &e->obj->progs[index];
	const char *ident = ident_add(&e->progs, prog->name);

	if (!ident)
		return emit_no_memory(e);
	struct template_data *entry = template_add(e->data, "progs");
	template_setf(entry, "index", "%zu", index);
	template_set(entry, "ident", ident);
	emit_set_string(entry, "bpf_name", prog->name);
	*ret = entry;
	return 0;
}

static void set_guard(struct emitter *e, const char *suffix)
{
	char *guard = str_printf("__%s_%s__", e->obj->name, suffix);

	for (char *p = guard; p && *p; p++)
		if (*p >= 'a' && *p <= 'z')
			*p = (char)(*p - 'a' + 'A');
	template_set(e->data, "guard", guard);
	free(guard);
}

int emit_begin(struct emitter *e, const char *const *members, const char *const *lists,
	       const char *suffix)
{
	for (; *lists; lists++)
		template_list(e->data, *lists);
	for (; *members; members++)
		if (!ident_add(&e->members, *members))
			return emit_no_memory(e);
	template_set_comment(e->data, "file", e->obj->file);
	template_set(e->data, "name", e->obj->name);
	set_guard(e, suffix);
	template_setf(e->data, "map_count", "%zu", e->obj->map_count);
	template_setf(e->data, "prog_count", "%zu", e->obj->prog_count);
	return 0;
}

static int check_object(const struct object *obj, struct diag *d)
{
	if (model_big_endian(obj->model))
		return diag_fail(
			d, ENOTSUP,
			"%s: big-endian: skeletons are made from little-endian BPF objects "
			"only (-target bpfel); \"wbpf-gen header\" has its types",
			obj->path);
	if (!obj->is_bpf)
		return diag_fail(d, EINVAL,
				 "%s: has types only; a skeleton is made from a BPF object file",
				 obj->path);
	if (!name_is_identifier(obj->name) || name_is_c_keyword(obj->name))
		return diag_fail(
			d, EINVAL,
			"%s: the object's name '%s' is no identifier of C: choose one with --name",
			obj->path, obj->name);
	return 0;
}

int emit_template(struct emitter *e, const char *name, int (*fill)(struct emitter *e),
		  struct strbuf *out)
{
	int err = check_object(e->obj, e->d);

	if (!err)
		err = layout_new(e->obj->model, &e->layout, e->d);
	if (err)
		return err;
	e->data = template_data_new();
	err = e->data ? fill(e) : emit_no_memory(e);
	if (err)
		diag_prefix(e->d, "%s: ", e->obj->path);
	else
		err = template_render(name, e->data, out, e->d);
	template_data_free(e->data);
	layout_free(e->layout);
	ident_scope_clear(&e->maps);
	ident_scope_clear(&e->progs);
	ident_scope_clear(&e->links);
	ident_scope_clear(&e->members);
	return err;
}
