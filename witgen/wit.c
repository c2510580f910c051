/* SPDX-License-Identifier: BSD-2-Clause */
#include "witgen/wit.h"

#include <errno.h>
#include <stdlib.h>

#include "templates/template.h"
#include "witgen/kebab.h"
#include "witgen/types.h"

/* The world has the package's name, so the interface may need another one. */
static int set_names(const struct object *obj, struct template_data *data)
{
	struct kebab_scope scope = {0};
	const char *package = kebab_add(&scope, obj->name, "object");
	const char *interface = kebab_add(&scope, "types", "object");

	template_set_comment(data, "file", obj->file);
	template_set(data, "package", package);
	template_set(data, "interface", interface);
	kebab_scope_clear(&scope);
	return package && interface ? 0 : -ENOMEM;
}

/* The type of a variable or of a map's value may have no name: the variable's or the map's then. */
static int define_unnamed(const struct object *obj, const struct object_map *map,
			  struct wit_types *types, struct diag *d)
{
	const struct type *section = model_type(obj->model, map->datasec);
	char *key = str_printf("%s_key", map->ident), *value = str_printf("%s_value", map->ident);
	int err = key && value ? 0 : diag_fail(d, ENOMEM, "out of memory");

	if (!err)
		err = wit_types_define(types, map->key_type, key, d);
	if (!err)
		err = wit_types_define(types, map->value_type, value, d);
	for (uint32_t i = 0; section->kind == TYPE_DATASEC && i < section->count && !err; i++) {
		const struct type *var = model_type(obj->model, section->vars[i].var);
		if (var->kind == TYPE_VAR)
			err = wit_types_define(types, var->target, var->name, d);
	}
	free(key);
	free(value);
	return err;
}

static int define_types(const struct object *obj, const uint32_t *ids, size_t count,
			struct template_data *data, struct diag *d)
{
	struct wit_types *types = wit_types_new(obj->model, data);
	int err = types ? 0 : diag_fail(d, ENOMEM, "out of memory");

	for (size_t i = 0; i < count && !err; i++)
		err = wit_types_define(types, ids[i], NULL, d);
	for (size_t i = 0; i < obj->map_count && !err; i++)
		err = define_unnamed(obj, &obj->maps[i], types, d);
	wit_types_free(types);
	return err;
}

int wit_emit(const struct object *obj, const struct select_options *options, struct strbuf *out,
	     struct diag *d)
{
	struct template_data *data = template_data_new();
	uint32_t *ids = NULL;
	size_t count = 0;
	int err = select_types(obj, options, &ids, &count, d);

	template_list(data, "types");
	if (!err)
		err = set_names(obj, data);
	if (!err) {
		err = define_types(obj, ids, count, data, d);
		diag_prefix(d, "%s: ", obj->path);
	}
	if (!err)
		err = template_render("wit.tmpl", data, out, d);
	template_data_free(data);
	free(ids);
	return err;
}
