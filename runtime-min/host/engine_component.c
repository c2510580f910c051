/* SPDX-License-Identifier: BSD-2-Clause */
/* Components behind the engine interface, through Wasmtime's C API. */
#include "host/engine_component.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/engine_wasmtime.h"
#include "host/signal_stack.h"

/* Of a whole component, whose core modules each have a memory and tables. */
enum { MAX_TABLE_ELEMENTS = 1 << 20, MAX_INSTANCES = 64, MAX_TABLES = 64, MAX_MEMORIES = 8 };

struct bound {
	const struct component_import *import;
	const struct component_resource *resource;
	struct engine_component *component;
};

struct engine_component {
	struct engine *engine;
	wasmtime_store_t *store;
	wasmtime_context_t *context;
	wasmtime_component_linker_t *linker;
	const wasmtime_component_t *component;
	wasm_engine_t *wasm;
	const struct component_offer *offer;
	void *env;
	const char *name;
	struct bound *bound; /* of imports, then of resources */
	bool exited;         /* by wasi:cli/exit, with status */
	int status;
	const uint32_t *stop_by;
	uint32_t stopped_by;
};

/* --- calls --------------------------------------------------------------------------------- */

static bool is_stopped(struct engine_component *c)
{
	if (c->stop_by)
		c->stopped_by = __atomic_load_n(c->stop_by, __ATOMIC_RELAXED);
	return c->stopped_by;
}

static wasmtime_error_t *wrong_type(void)
{
	return wasmtime_error_new("a function of the host interface is imported with another type");
}

/* The number behind a resource. For the engine a borrowed one is given back by that. */
static wasmtime_error_t *take_resource(struct engine_component *c, uint32_t type,
				       const wasmtime_component_val_t *v, uint64_t *ret)
{
	wasmtime_component_resource_host_t *host = NULL;

	if (v->kind != WASMTIME_COMPONENT_RESOURCE)
		return wrong_type();
	wasmtime_error_t *error =
		wasmtime_component_resource_any_to_host(c->context, v->of.resource, &host);
	if (error)
		return error;
	bool right = wasmtime_component_resource_host_type(host) == type;
	*ret = wasmtime_component_resource_host_rep(host);
	wasmtime_component_resource_host_delete(host);
	return right ? NULL : wrong_type();
}

/* A list of bytes, in a row. */
static wasmtime_error_t *take_bytes(const wasmtime_component_vallist_t *list,
				    struct component_arg *a)
{
	size_t len = list->size;
	uint8_t *bytes = malloc(len ? len : 1);

	if (!bytes)
		return wasmtime_error_new("out of memory");
	a->bytes = bytes;
	a->len = len;
	for (size_t i = 0; i < len; i++) {
		if (list->data[i].kind != WASMTIME_COMPONENT_U8)
			return wrong_type();
		bytes[i] = list->data[i].of.u8;
	}
	return NULL;
}

static wasmtime_error_t *take_text(const wasmtime_component_val_t *v, struct component_arg *a)
{
	const wasm_name_t *text = &v->of.string;

	if (v->kind == WASMTIME_COMPONENT_LIST)
		return take_bytes(&v->of.list, a);
	if (v->kind == WASMTIME_COMPONENT_ENUM)
		text = &v->of.enumeration;
	else if (v->kind != WASMTIME_COMPONENT_STRING)
		return wrong_type();
	char *copy = malloc(text->size ? text->size : 1);
	if (!copy)
		return wasmtime_error_new("out of memory");
	if (text->size)
		memcpy(copy, text->data, text->size);
	a->bytes = copy;
	a->len = text->size;
	return NULL;
}

static wasmtime_error_t *take_arg(struct engine_component *c, char letter,
				  const wasmtime_component_val_t *v, struct component_arg *a)
{
	a->value = (const struct value *)v;
	switch (letter) {
	case 'n':
		a->number = value_number(a->value);
		return NULL;
	case 'o':
		if (v->kind != WASMTIME_COMPONENT_OPTION)
			return wrong_type();
		a->present = v->of.option;
		return v->of.option ? take_text(v->of.option, a) : NULL;
	case 's':
		return take_text(v, a);
	case 'v':
		return NULL;
	default:
		return take_resource(c, (uint32_t)(letter - 'A'), v, &a->number);
	}
}

static wasmtime_error_t *stop_error(void)
{
	return wasmtime_error_new("stopped");
}

static wasmtime_error_t *call_import(void *data, wasmtime_context_t *context,
				     const wasmtime_component_func_type_t *type,
				     wasmtime_component_val_t *values, size_t nr_values,
				     wasmtime_component_val_t *results, size_t nr_results)
{
	struct component_arg args[COMPONENT_MAX_ARGS] = {0};
	const struct bound *b = data;
	struct engine_component *c = b->component;
	wasmtime_error_t *error = is_stopped(c) ? stop_error() : NULL;
	size_t count = strlen(b->import->params);

	(void)type;
	c->context = context;
	if (!error && (nr_values != count || nr_results != 1))
		error = wrong_type();
	for (size_t i = 0; !error && i < count; i++)
		error = take_arg(c, b->import->params[i], &values[i], &args[i]);
	int err = error ? 0 : b->import->call(c->env, args, (struct value *)&results[0]);
	for (size_t i = 0; i < count; i++)
		free((void *)args[i].bytes);
	if (err)
		return wasmtime_error_new(strerror(-err));
	if (!error && is_stopped(c)) {
		wasmtime_component_val_delete(&results[0]);
		results[0] = (wasmtime_component_val_t){.kind = WASMTIME_COMPONENT_BOOL};
		error = stop_error();
	}
	return error;
}

static wasmtime_error_t *drop_resource(void *data, wasmtime_context_t *context, uint32_t number)
{
	const struct bound *b = data;

	b->component->context = context;
	b->resource->drop(b->component->env, number);
	return NULL;
}

int value_resource(struct engine_component *c, struct value *v, uint32_t type, uint32_t number)
{
	wasmtime_component_val_t *to = (wasmtime_component_val_t *)v;
	wasmtime_component_resource_any_t *any = NULL;
	wasmtime_component_resource_host_t *host =
		wasmtime_component_resource_host_new(true, number, type);
	wasmtime_error_t *error = wasmtime_component_resource_host_to_any(c->context, host, &any);

	wasmtime_component_resource_host_delete(host);
	if (error) {
		wasmtime_error_delete(error);
		return -ENOMEM;
	}
	*to = (wasmtime_component_val_t){.kind = WASMTIME_COMPONENT_RESOURCE, .of.resource = any};
	return 0;
}

/* --- linking ------------------------------------------------------------------------------- */

static wasmtime_error_t *add_function(wasmtime_component_linker_instance_t *to, struct bound *b)
{
	return wasmtime_component_linker_instance_add_func(
		to, b->import->name, strlen(b->import->name), call_import, b, NULL);
}

static wasmtime_error_t *add_resource(wasmtime_component_linker_instance_t *to, struct bound *b)
{
	wasmtime_component_resource_type_t *type =
		wasmtime_component_resource_type_new_host(b->resource->type);
	wasmtime_error_t *error = wasmtime_component_linker_instance_add_resource(
		to, b->resource->name, strlen(b->resource->name), type, drop_resource, b, NULL);

	wasmtime_component_resource_type_delete(type);
	return error;
}

static const char *interface_of(const struct bound *b)
{
	return b->import ? b->import->interface : b->resource->interface;
}

/* All of one interface. */
static wasmtime_error_t *add_interface(struct engine_component *c, const char *interface,
				       size_t nr_bound)
{
	wasmtime_component_linker_instance_t *root = wasmtime_component_linker_root(c->linker);
	wasmtime_component_linker_instance_t *to = NULL;
	char name[128];

	snprintf(name, sizeof(name), "%s/%s@%s", c->offer->package, interface, c->offer->version);
	wasmtime_error_t *error =
		wasmtime_component_linker_instance_add_instance(root, name, strlen(name), &to);
	for (size_t i = 0; i < nr_bound && !error; i++) {
		struct bound *b = &c->bound[i];
		if (!strcmp(interface_of(b), interface))
			error = b->import ? add_function(to, b) : add_resource(to, b);
	}
	if (to)
		wasmtime_component_linker_instance_delete(to);
	wasmtime_component_linker_instance_delete(root);
	return error;
}

static int add_offer(struct engine_component *c, struct diag *d)
{
	size_t nr_imports = 0, nr_resources = 0, n = 0;
	wasmtime_error_t *error = NULL;

	while (c->offer->imports[nr_imports].interface)
		nr_imports++;
	while (c->offer->resources[nr_resources].interface)
		nr_resources++;
	c->bound = calloc(nr_imports + nr_resources, sizeof(*c->bound));
	if (!c->bound)
		return diag_fail(d, ENOMEM, "out of memory");
	for (size_t i = 0; i < nr_imports; i++)
		c->bound[n++] = (struct bound){.import = &c->offer->imports[i], .component = c};
	for (size_t i = 0; i < nr_resources; i++)
		c->bound[n++] = (struct bound){.resource = &c->offer->resources[i], .component = c};
	for (size_t i = 0; i < n && !error; i++) {
		size_t first = 0;
		while (strcmp(interface_of(&c->bound[first]), interface_of(&c->bound[i])) != 0)
			first++;
		if (first == i)
			error = add_interface(c, interface_of(&c->bound[i]), n);
	}
	return error ? engine_fail(d, EINVAL, c->offer->package, error) : 0;
}

/* wasi:cli/exit in place of Wasmtime's, which knows no statuses but 0 and 1. */
static wasmtime_error_t *exit_with(struct engine_component *c, int status)
{
	c->exited = true;
	c->status = status & 0xff;
	return wasmtime_error_new("exit");
}

static wasmtime_error_t *exit_result(void *data, wasmtime_context_t *context,
				     const wasmtime_component_func_type_t *type,
				     wasmtime_component_val_t *values, size_t nr_values,
				     wasmtime_component_val_t *results, size_t nr_results)
{
	(void)context, (void)type, (void)results, (void)nr_results;
	return exit_with(data, nr_values && values[0].kind == WASMTIME_COMPONENT_RESULT &&
				       !values[0].of.result.is_ok);
}

static wasmtime_error_t *exit_code(void *data, wasmtime_context_t *context,
				   const wasmtime_component_func_type_t *type,
				   wasmtime_component_val_t *values, size_t nr_values,
				   wasmtime_component_val_t *results, size_t nr_results)
{
	(void)context, (void)type, (void)results, (void)nr_results;
	return exit_with(
		data, nr_values && values[0].kind == WASMTIME_COMPONENT_U8 ? values[0].of.u8 : 1);
}

static wasmtime_error_t *add_exit(struct engine_component *c, const char *name, size_t len)
{
	static const char result[] = "exit", code[] = "exit-with-code";
	wasmtime_component_linker_instance_t *root = wasmtime_component_linker_root(c->linker);
	wasmtime_component_linker_instance_t *to = NULL;
	wasmtime_error_t *error =
		wasmtime_component_linker_instance_add_instance(root, name, len, &to);

	if (!error)
		error = wasmtime_component_linker_instance_add_func(to, result, sizeof(result) - 1,
								    exit_result, c, NULL);
	if (!error)
		error = wasmtime_component_linker_instance_add_func(to, code, sizeof(code) - 1,
								    exit_code, c, NULL);
	if (to)
		wasmtime_component_linker_instance_delete(to);
	wasmtime_component_linker_instance_delete(root);
	return error;
}

static bool begins(const char *name, size_t len, const char *with)
{
	return len >= strlen(with) && !memcmp(name, with, strlen(with));
}

/* An interface that holds nothing but types needs nobody who offers it. */
static bool is_types(const struct engine_component *c, const wasmtime_component_item_t *item)
{
	const wasmtime_component_instance_type_t *type = item->of.component_instance;
	size_t len, count;
	const char *name;
	bool types = item->kind == WASMTIME_COMPONENT_ITEM_COMPONENT_INSTANCE;

	count = types ? wasmtime_component_instance_type_export_count(type, c->wasm) : 0;
	for (size_t i = 0; i < count && types; i++) {
		wasmtime_component_item_t inner;
		if (!wasmtime_component_instance_type_export_nth(type, c->wasm, i, &name, &len,
								 &inner))
			return false;
		types = inner.kind == WASMTIME_COMPONENT_ITEM_TYPE;
		wasmtime_component_item_delete(&inner);
	}
	return types;
}

/* Whether an interface of that name, and a version that fits, is offered. 0, or says why not. */
static int check_import(const struct engine_component *c, const char *name, size_t len,
			struct diag *d)
{
	const struct component_offer *o = c->offer;
	size_t package = strlen(o->package), major = strcspn(o->version, ".");
	const char *at = memchr(name, '@', len);

	if (begins(name, len, "wasi:"))
		return 0; /* the engine says which it has */
	if (!begins(name, len, o->package) || len == package || name[package] != '/')
		return diag_fail(d, ENOSYS,
				 "%s: imports %.*s, which nobody offers; a component can import "
				 "WASI 0.2 and the host interface (%s@%s)",
				 c->name, (int)len, name, o->package, o->version);
	if (at && (size_t)(name + len - at) > major + 1 && !memcmp(at + 1, o->version, major + 1))
		return 0;
	return diag_fail(d, ENOSYS,
			 "%s: imports %.*s; this runtime offers version %s of the host interface: "
			 "rebuild the component or use another runtime",
			 c->name, (int)len, name, o->version);
}

static int look_at_imports(struct engine_component *c, struct diag *d)
{
	wasmtime_component_type_t *type = wasmtime_component_type(c->component);
	size_t count = wasmtime_component_type_import_count(type, c->wasm);
	int err = 0;

	wasmtime_component_linker_allow_shadowing(c->linker, true);
	for (size_t i = 0; i < count && !err; i++) {
		wasmtime_component_item_t item;
		wasmtime_error_t *error = NULL;
		const char *name;
		size_t len;
		if (!wasmtime_component_type_import_nth(type, c->wasm, i, &name, &len, &item))
			continue;
		err = is_types(c, &item) ? 0 : check_import(c, name, len, d);
		if (!err && begins(name, len, "wasi:cli/exit@0.2."))
			error = add_exit(c, name, len);
		if (error)
			err = engine_fail(d, EINVAL, c->name, error);
		wasmtime_component_item_delete(&item);
	}
	wasmtime_component_linker_allow_shadowing(c->linker, false);
	wasmtime_component_type_delete(type);
	return err;
}

int engine_component_new(struct engine *e, struct engine_module *m,
			 const struct component_offer *offer, void *env,
			 const struct engine_wasi *wasi, struct engine_component **ret,
			 struct diag *d)
{
	struct engine_component *c = calloc(1, sizeof(*c));

	if (!c)
		return diag_fail(d, ENOMEM, "out of memory");
	c->engine = e;
	c->wasm = m->engine;
	c->component = m->component;
	c->offer = offer;
	c->env = env;
	c->name = m->name;
	c->store = wasmtime_store_new(m->engine, NULL, NULL);
	c->context = wasmtime_store_context(c->store);
	wasmtime_store_limiter(c->store, -1, MAX_TABLE_ELEMENTS, MAX_INSTANCES, MAX_TABLES,
			       MAX_MEMORIES);
	c->linker = wasmtime_component_linker_new(m->engine);
	wasmtime_error_t *error = wasmtime_component_linker_add_wasip2(c->linker);
	int err = error ? engine_fail(d, EINVAL, m->name, error)
			: engine_set_wasi(c->store, m->name, wasi, d);
	if (!err)
		err = add_offer(c, d);
	if (!err)
		err = look_at_imports(c, d);
	if (err) {
		engine_component_free(c);
		return err;
	}
	*ret = c;
	return 0;
}

void engine_component_free(struct engine_component *c)
{
	if (!c)
		return;
	wasmtime_component_linker_delete(c->linker);
	wasmtime_store_delete(c->store);
	free(c->bound);
	free(c);
}

void engine_component_stop_by(struct engine_component *c, const uint32_t *word)
{
	c->stop_by = word;
}

/* --- running ------------------------------------------------------------------------------- */

/* Whether an error comes out of the component's code, and not out of linking. */
static bool has_trace(const wasmtime_error_t *error)
{
	wasm_frame_vec_t frames;

	wasmtime_error_wasm_trace(error, &frames);
	bool has = frames.size > 0;
	wasm_frame_vec_delete(&frames);
	return has;
}

/* Fills result from how the component ended; takes the error over. */
static void ended(const struct engine_component *c, struct engine_result *result,
		  wasmtime_error_t *error)
{
	struct strbuf b = {0};

	if (c->exited || c->stopped_by) {
		wasmtime_error_delete(error);
		result->end = c->exited ? ENGINE_EXITED : ENGINE_STOPPED;
		result->status = c->exited ? c->status : (int)c->stopped_by;
		return;
	}
	engine_add_error(&b, error);
	result->end = ENGINE_TRAPPED;
	result->text = strbuf_detach(&b);
}

static int instantiate(struct engine_component *c, wasmtime_component_instance_t *ret,
		       struct engine_result *result, struct diag *d)
{
	wasmtime_error_t *error =
		wasmtime_component_linker_instantiate(c->linker, c->context, c->component, ret);

	if (!error)
		return 0;
	if (!c->exited && !c->stopped_by && !has_trace(error))
		return engine_fail(d, ENOEXEC, c->name, error);
	ended(c, result, error);
	if (result->end != ENGINE_TRAPPED)
		return diag_fail(d, EINTR, "%s: %s while it was set up", c->name,
				 c->exited ? "exited" : "stopped");
	return diag_fail(d, EINTR, "%s: trapped while it was set up: %s", c->name,
			 result->text ? result->text : "");
}

/* The exported instance wasi:cli/run of any 0.2, and its function. */
static bool find_run(struct engine_component *c, const wasmtime_component_instance_t *instance,
		     wasmtime_component_func_t *ret)
{
	wasmtime_component_type_t *type = wasmtime_component_type(c->component);
	size_t count = wasmtime_component_type_export_count(type, c->wasm);
	bool found = false;

	for (size_t i = 0; i < count && !found; i++) {
		wasmtime_component_item_t item;
		wasmtime_component_export_index_t *outer = NULL, *inner = NULL;
		const char *name;
		size_t len;
		if (!wasmtime_component_type_export_nth(type, c->wasm, i, &name, &len, &item))
			continue;
		if (begins(name, len, "wasi:cli/run@0.2."))
			outer = wasmtime_component_get_export_index(c->component, NULL, name, len);
		if (outer)
			inner = wasmtime_component_get_export_index(c->component, outer, "run", 3);
		found = inner &&
			wasmtime_component_instance_get_func(instance, c->context, inner, ret);
		if (inner)
			wasmtime_component_export_index_delete(inner);
		if (outer)
			wasmtime_component_export_index_delete(outer);
		wasmtime_component_item_delete(&item);
	}
	wasmtime_component_type_delete(type);
	return found;
}

static int run(struct engine_component *c, struct engine_result *result, struct diag *d)
{
	wasmtime_component_val_t value = {.kind = WASMTIME_COMPONENT_BOOL};
	wasmtime_component_instance_t instance;
	wasmtime_component_func_t function;
	int err = instantiate(c, &instance, result, d);

	if (err)
		return err;
	if (!find_run(c, &instance, &function))
		return diag_fail(d, ENOEXEC,
				 "%s: has no export wasi:cli/run@0.2 to run; make it a command",
				 c->name);
	wasmtime_error_t *error =
		wasmtime_component_func_call(&function, c->context, NULL, 0, &value, 1);
	if (error) {
		ended(c, result, error);
		return 0;
	}
	result->status = value.kind == WASMTIME_COMPONENT_RESULT && !value.of.result.is_ok;
	wasmtime_component_val_delete(&value);
	return 0;
}

int engine_component_run(struct engine_component *c, struct engine_result *result, struct diag *d)
{
	struct signal_stack stack;

	*result = (struct engine_result){0};
	int err = signal_stack_set(&stack, c->name, d);
	if (err)
		return err;
	err = run(c, result, d);
	signal_stack_restore(&stack);
	return err;
}
