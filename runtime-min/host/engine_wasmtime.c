/* SPDX-License-Identifier: BSD-2-Clause */
/* Wasmtime behind the engine interface, through its C API. */
#include "host/engine.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi/wbpf_abi.h"
#include "base/strbuf.h"
#include "host/engine_wasmtime.h"
#include "host/faults.h"
#include "host/signal_stack.h"

enum { MAX_TABLE_ELEMENTS = 1 << 20, MAX_TABLES = 16 };

struct linear_memory {
	struct memory *memory;
	struct engine *engine;
	struct linear_memory *next;
};

struct binding {
	const struct engine_import *import;
	struct engine_instance *instance;
};

struct engine_instance {
	struct engine *engine;
	wasmtime_store_t *store;
	wasmtime_linker_t *linker;
	const wasmtime_module_t *module;
	wasmtime_instance_pre_t *linked;
	wasmtime_instance_t wasm; /* from engine_instance_run() on */
	struct binding *bindings;
	struct memory *memory; /* found at the first call; NULL when the module exports none */
	void *env;
	char *name;
	bool exited; /* by proc_exit(), with status */
	int status;
	const uint32_t *stop_by; /* not 0: the module is to end; NULL: it never is */
	uint32_t stopped_by;     /* what that was when it did */
};

const char *engine_version(void)
{
	return "Wasmtime " WASMTIME_VERSION;
}

/* Appends an error's or a trap's text. */
static void add_message(struct strbuf *b, const wasm_name_t *message)
{
	size_t len = message->size;

	while (len && (message->data[len - 1] == '\0' || message->data[len - 1] == '\n'))
		len--;
	strbuf_add(b, message->data, len);
}

/* The engine's texts have indented lines; a diagnostic is one sentence. */
static void join_lines(struct strbuf *b)
{
	size_t len = 0;

	for (size_t i = 0; i < b->len; i++) {
		bool space = b->data[i] == '\n' || b->data[i] == ' ';
		if (!space)
			b->data[len++] = b->data[i];
		else if (len && b->data[len - 1] != ' ')
			b->data[len++] = ' ';
	}
	if (b->data)
		b->data[len] = '\0';
	b->len = len;
}

void engine_add_error(struct strbuf *b, wasmtime_error_t *error)
{
	wasm_name_t message;

	wasmtime_error_message(error, &message);
	add_message(b, &message);
	wasm_byte_vec_delete(&message);
	wasmtime_error_delete(error);
}

int engine_fail(struct diag *d, int err, const char *what, wasmtime_error_t *error)
{
	struct strbuf b = {0};

	engine_add_error(&b, error);
	join_lines(&b);
	err = diag_fail(d, err, "%s: %s", what, strbuf_str(&b));
	strbuf_free(&b);
	return err;
}

/* --- linear memory ------------------------------------------------------------------------- */

static uint8_t *linear_memory_get(void *env, size_t *size, size_t *capacity)
{
	struct linear_memory *l = env;

	*size = l->memory->size;
	*capacity = MEMORY_RESERVATION;
	return l->memory->base;
}

static wasmtime_error_t *linear_memory_grow(void *env, size_t new_size)
{
	struct linear_memory *l = env;

	return memory_grow(l->memory, new_size) ? wasmtime_error_new("the memory limit is reached")
						: NULL;
}

static void linear_memory_delete(void *env)
{
	struct linear_memory *l = env;
	struct engine *e = l->engine;

	pthread_mutex_lock(&e->lock);
	for (struct linear_memory **p = &e->memories; *p; p = &(*p)->next) {
		if (*p == l) {
			*p = l->next;
			break;
		}
	}
	pthread_mutex_unlock(&e->lock);
	memory_free(l->memory);
	free(l);
}

static wasmtime_error_t *linear_memory_new(void *env, const wasm_memorytype_t *type, size_t minimum,
					   size_t maximum, size_t reserved, size_t guard,
					   wasmtime_linear_memory_t *ret)
{
	struct engine *e = env;
	struct linear_memory *l = calloc(1, sizeof(*l));
	size_t limit = maximum < e->memory_limit ? maximum : e->memory_limit;

	if (!l || reserved > MEMORY_RESERVATION || memory_new(minimum, limit, guard, &l->memory)) {
		free(l);
		return wasmtime_error_new("cannot have the memory that the module declares");
	}
	l->engine = e;
	pthread_mutex_lock(&e->lock);
	l->next = e->memories;
	e->memories = l;
	pthread_mutex_unlock(&e->lock);
	*ret = (wasmtime_linear_memory_t){
		.env = l,
		.get_memory = linear_memory_get,
		.grow_memory = linear_memory_grow,
		.finalizer = linear_memory_delete,
	};
	return NULL;
}

static struct memory *memory_at(struct engine *e, const uint8_t *base)
{
	struct memory *found = NULL;

	pthread_mutex_lock(&e->lock);
	for (struct linear_memory *l = e->memories; l && !found; l = l->next)
		if (l->memory->base == base)
			found = l->memory;
	pthread_mutex_unlock(&e->lock);
	return found;
}

/* --- engine -------------------------------------------------------------------------------- */

wasm_engine_t *engine_wasm_new(struct engine *e, enum engine_compiler compiler)
{
	wasm_config_t *config = wasm_config_new();
	wasmtime_memory_creator_t creator = {.env = e, .new_memory = linear_memory_new};

	if (!config)
		return NULL;
	wasmtime_config_host_memory_creator_set(config, &creator);
	wasmtime_config_memory_may_move_set(config, false);
	wasmtime_config_memory_reservation_set(config, MEMORY_RESERVATION);
	wasmtime_config_memory_init_cow_set(config, false);
	/* One memory, 32 bits, not shared: what memory.h and the checks of spans rely on. */
	wasmtime_config_wasm_multi_memory_set(config, false);
	wasmtime_config_wasm_memory64_set(config, false);
	wasmtime_config_wasm_threads_set(config, true); /* atomic instructions, on plain memory */
	wasmtime_config_shared_memory_set(config, false);
	/* For exceptions of other languages; Wasmtime itself follows frame pointers. */
	wasmtime_config_native_unwind_info_set(config, false);
	if (compiler == ENGINE_FAST) {
		wasmtime_config_strategy_set(config, WASMTIME_STRATEGY_WINCH);
		/* It leaves calls between module and host to Cranelift: a third of its time. */
		wasmtime_config_cranelift_opt_level_set(config, WASMTIME_OPT_LEVEL_NONE);
		wasmtime_config_cranelift_regalloc_algorithm_set(config,
								 WASMTIME_REGALLOC_SINGLE_PASS);
	} else {
		wasmtime_config_cranelift_opt_level_set(config, WASMTIME_OPT_LEVEL_SPEED);
	}
	wasmtime_config_parallel_compilation_set(config, compiler != ENGINE_BACKGROUND);
	return wasm_engine_new_with_config(config);
}

int engine_ready(struct engine *e, struct diag *d)
{
	int err = 0;

	pthread_mutex_lock(&e->lock);
	if (!e->wasm)
		err = engine_load(d);
	if (!e->wasm && !err)
		e->wasm = engine_wasm_new(e, ENGINE_OPTIMIZING);
	pthread_mutex_unlock(&e->lock);
	return e->wasm || err ? err : diag_fail(d, ENOMEM, "cannot start %s", engine_version());
}

int engine_new(size_t memory_limit, struct engine **ret, struct diag *d)
{
	struct engine *e = calloc(1, sizeof(*e));

	faults_catch();
	if (!e)
		return diag_fail(d, ENOMEM, "out of memory");
	e->memory_limit = memory_limit;
	pthread_mutex_init(&e->lock, NULL);
	*ret = e;
	return 0;
}

void engine_free(struct engine *e)
{
	if (!e || e->in_use)
		return;
	if (e->wasm)
		wasm_engine_delete(e->wasm);
	if (e->alone)
		wasm_engine_delete(e->alone);
	if (e->fast)
		wasm_engine_delete(e->fast);
	pthread_mutex_destroy(&e->lock);
	free(e);
}

/* --- instances ----------------------------------------------------------------------------- */

/* At the first call; not a part of call_import(), which every call goes through. */
static __attribute__((noinline)) struct memory *find_memory(struct engine_instance *i,
							    wasmtime_caller_t *caller)
{
	wasmtime_extern_t item;
	struct memory *m = NULL;

	if (!wasmtime_caller_export_get(caller, "memory", strlen("memory"), &item))
		return NULL;
	if (item.kind == WASMTIME_EXTERN_MEMORY)
		m = memory_at(i->engine, wasmtime_memory_data(wasmtime_caller_context(caller),
							      &item.of.memory));
	wasmtime_extern_delete(&item);
	return m;
}

/* For a module the host met a fault in its memory: how it ends. */
static bool has_faulted(const struct engine_instance *i)
{
	return i->memory && i->memory->fault.happened;
}

static __attribute__((noinline)) wasm_trap_t *fault_trap(const struct engine_instance *i)
{
	char text[96];
	int len = snprintf(text, sizeof(text), "%s at address 0x%x",
			   i->memory->fault.arena ? "an access to a missing page of the arena"
						  : "a write to the read-only region",
			   i->memory->fault.addr);
	return wasmtime_trap_new(text, (size_t)len);
}

/* The module is to end. */
static bool is_stopped(struct engine_instance *i)
{
	if (i->stop_by)
		i->stopped_by = __atomic_load_n(i->stop_by, __ATOMIC_RELAXED);
	return i->stopped_by;
}

static __attribute__((noinline)) wasm_trap_t *stop_trap(void)
{
	static const char text[] = "stopped";

	return wasmtime_trap_new(text, sizeof(text) - 1);
}

/* Wasmtime's values are little-endian on every machine, and so is every machine that this runs on.
 */
_Static_assert(sizeof(struct engine_arg) == sizeof(wasmtime_val_raw_t) &&
		       __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
	       "an argument of the engine interface is a value of Wasmtime's");

static wasm_trap_t *call_import(void *env, wasmtime_caller_t *caller, wasmtime_val_raw_t *values,
				size_t nr_values)
{
	const struct binding *b = env;
	struct engine_instance *i = b->instance;

	if (!i->memory)
		i->memory = find_memory(i, caller);
	if (has_faulted(i))
		return fault_trap(i);
	if (is_stopped(i))
		return stop_trap();
	values[0].i32 = b->import->call(i->env, i->memory, (const struct engine_arg *)values);
	return is_stopped(i) ? stop_trap() : NULL;
}

static int define_import(struct engine_instance *i, struct binding *b, struct diag *d)
{
	const struct engine_import *import = b->import;
	wasm_valtype_t *params[ENGINE_MAX_ARGS], *results[1] = {wasm_valtype_new(WASM_I32)};
	wasm_valtype_vec_t param_vec, result_vec;

	size_t nr_params = strlen(import->params);
	for (size_t n = 0; n < nr_params; n++)
		params[n] = wasm_valtype_new(import->params[n] == 'I' ? WASM_I64 : WASM_I32);
	wasm_valtype_vec_new(&param_vec, nr_params, params);
	wasm_valtype_vec_new(&result_vec, 1, results);
	wasm_functype_t *type = wasm_functype_new(&param_vec, &result_vec);

	wasmtime_error_t *error = wasmtime_linker_define_func_unchecked(
		i->linker, import->module, strlen(import->module), import->name,
		strlen(import->name), type, call_import, b, NULL);
	wasm_functype_delete(type);
	return error ? engine_fail(d, EINVAL, import->name, error) : 0;
}

static int define_imports(struct engine_instance *i, const struct engine_import *imports,
			  struct diag *d)
{
	size_t n = 0;
	int err = 0;

	while (imports[n].module)
		n++;
	i->bindings = calloc(n ? n : 1, sizeof(*i->bindings));
	if (!i->bindings)
		return diag_fail(d, ENOMEM, "out of memory");
	wasmtime_linker_allow_shadowing(i->linker, true); /* of single functions of WASI */
	for (size_t k = 0; k < n && !err; k++) {
		i->bindings[k] = (struct binding){.import = &imports[k], .instance = i};
		err = define_import(i, &i->bindings[k], d);
	}
	wasmtime_linker_allow_shadowing(i->linker, false);
	return err;
}

/*
 * WASI's proc_exit() in place of Wasmtime's, which takes statuses from 126 on for a fault. Natively
 * the parent sees the low 8 bits, and "return -err" is common.
 */
static wasm_trap_t *proc_exit(void *env, wasmtime_caller_t *caller, wasmtime_val_raw_t *values,
			      size_t nr_values)
{
	static const char text[] = "exit";
	struct engine_instance *i = env;

	i->exited = true;
	i->status = values[0].i32 & 0xff;
	return wasmtime_trap_new(text, sizeof(text) - 1);
}

static int define_proc_exit(struct engine_instance *i, struct diag *d)
{
	static const char module[] = "wasi_snapshot_preview1", name[] = "proc_exit";
	wasm_valtype_t *params[1] = {wasm_valtype_new(WASM_I32)};
	wasm_valtype_vec_t param_vec, no_results;

	wasm_valtype_vec_new(&param_vec, 1, params);
	wasm_valtype_vec_new_empty(&no_results);
	wasm_functype_t *type = wasm_functype_new(&param_vec, &no_results);
	wasmtime_linker_allow_shadowing(i->linker, true);
	wasmtime_error_t *error =
		wasmtime_linker_define_func_unchecked(i->linker, module, sizeof(module) - 1, name,
						      sizeof(name) - 1, type, proc_exit, i, NULL);
	wasmtime_linker_allow_shadowing(i->linker, false);
	wasm_functype_delete(type);
	return error ? engine_fail(d, EINVAL, name, error) : 0;
}

int engine_set_wasi(wasmtime_store_t *store, const char *name, const struct engine_wasi *w,
		    struct diag *d)
{
	wasi_config_t *config = wasi_config_new();
	bool ok = wasi_config_set_argv(config, w->argc, w->argv) &&
		  wasi_config_set_env(config, w->nr_env, w->env_names, w->env_values);

	if (!w->no_input)
		wasi_config_inherit_stdin(config);
	wasi_config_inherit_stdout(config);
	wasi_config_inherit_stderr(config);
	if (!ok) {
		wasi_config_delete(config);
		return diag_fail(d, EILSEQ,
				 "%s: an argument or environment variable is not valid UTF-8",
				 name);
	}
	for (size_t n = 0; n < w->nr_dirs; n++) {
		if (!wasi_config_preopen_dir(config, w->host_dirs[n], w->guest_dirs[n],
					     w->dirs_writable[n])) {
			wasi_config_delete(config);
			return diag_fail(d, ENOENT, "%s: cannot open the folder for the module",
					 w->host_dirs[n]);
		}
	}
	wasmtime_error_t *error = wasmtime_context_set_wasi(wasmtime_store_context(store), config);
	return error ? engine_fail(d, EINVAL, name, error) : 0;
}

/* One sentence for an import that nobody offers. */
static int refuse_import(const struct engine_instance *i, const wasm_name_t *module,
			 const wasm_name_t *name, struct diag *d)
{
	const char *stem = "wbpf";
	size_t n = strlen(stem);
	int module_len = (int)module->size, name_len = (int)name->size;

	if (module->size == strlen(WBPF_ABI_MODULE) &&
	    !memcmp(module->data, WBPF_ABI_MODULE, module->size))
		return diag_fail(d, ENOSYS,
				 "%s: imports %.*s.%.*s, which this runtime does not have (its "
				 "host interface is "
				 "%d.%d): use a newer runtime",
				 i->name, module_len, module->data, name_len, name->data,
				 WBPF_ABI_MAJOR, WBPF_ABI_MINOR);
	if (module->size > n && !memcmp(module->data, stem, n) && module->data[n] == ':')
		return diag_fail(d, ENOSYS,
				 "%s: imports %.*s, as the core module of a component does: make "
				 "the component of it ('wasm-tools component new')",
				 i->name, module_len, module->data);
	if (module->size > n && !memcmp(module->data, stem, n))
		return diag_fail(d, ENOSYS,
				 "%s: needs version %.*s of the host interface; this runtime "
				 "offers version %d: "
				 "rebuild the module or use another runtime",
				 i->name, module_len - (int)n, module->data + n, WBPF_ABI_MAJOR);
	return diag_fail(d, ENOSYS,
			 "%s: imports the unknown function %.*s.%.*s; a module can import WASI "
			 "(wasi_snapshot_preview1) and the host interface (%s)",
			 i->name, module_len, module->data, name_len, name->data, WBPF_ABI_MODULE);
}

/* Says which import it is that nobody offers. */
static int refuse_imports(struct engine_instance *i, struct diag *d)
{
	wasm_importtype_vec_t types;
	int err = 0;

	wasmtime_module_imports(i->module, &types);
	for (size_t n = 0; n < types.size && !err; n++) {
		const wasm_name_t *module = wasm_importtype_module(types.data[n]);
		const wasm_name_t *name = wasm_importtype_name(types.data[n]);
		wasmtime_extern_t item;
		if (wasmtime_linker_get(i->linker, wasmtime_store_context(i->store), module->data,
					module->size, name->data, name->size, &item))
			wasmtime_extern_delete(&item);
		else
			err = refuse_import(i, module, name, d);
	}
	wasm_importtype_vec_delete(&types);
	return err;
}

static int link_imports(struct engine_instance *i, struct diag *d)
{
	wasmtime_error_t *error = wasmtime_linker_instantiate_pre(i->linker, i->module, &i->linked);
	int err = error ? refuse_imports(i, d) : 0;

	if (!error)
		return 0;
	if (!err)
		return engine_fail(d, ENOEXEC, i->name, error);
	wasmtime_error_delete(error);
	return err;
}

/* Fills result from how wasm code ended; takes trap and error over. */
static int ended(const struct engine_instance *i, struct engine_result *result,
		 wasmtime_error_t *error, wasm_trap_t *trap)
{
	struct strbuf b = {0};
	wasm_name_t message;

	if (i->exited || i->stopped_by) {
		if (error)
			wasmtime_error_delete(error);
		if (trap)
			wasm_trap_delete(trap);
		*result = (struct engine_result){
			.end = i->exited ? ENGINE_EXITED : ENGINE_STOPPED,
			.status = i->exited ? i->status : (int)i->stopped_by,
		};
		return 0;
	}
	if (trap) {
		wasm_trap_message(trap, &message);
		wasm_trap_delete(trap);
		add_message(&b, &message);
		wasm_byte_vec_delete(&message);
	} else {
		engine_add_error(&b, error);
	}
	result->end = ENGINE_TRAPPED;
	result->text = strbuf_detach(&b);
	return -EINTR;
}

int engine_instance_new(struct engine *e, struct engine_module *m,
			const struct engine_import *imports, void *env,
			const struct engine_wasi *wasi, struct engine_instance **ret,
			struct diag *d)
{
	struct engine_instance *i = calloc(1, sizeof(*i));
	int err;

	if (!i)
		return diag_fail(d, ENOMEM, "out of memory");
	i->engine = e;
	i->module = m->wasm;
	i->env = env;
	i->name = m->name;
	i->store = wasmtime_store_new(m->engine, NULL, NULL);
	/* The memory has its own limit (linear_memory_new()); tables would have none. */
	wasmtime_store_limiter(i->store, -1, MAX_TABLE_ELEMENTS, 1, MAX_TABLES, 1);
	i->linker = wasmtime_linker_new(m->engine);
	wasmtime_error_t *error = wasmtime_linker_define_wasi(i->linker);
	err = error ? engine_fail(d, EINVAL, m->name, error) : define_proc_exit(i, d);
	if (!err)
		err = define_imports(i, imports, d);
	if (!err)
		err = engine_set_wasi(i->store, m->name, wasi, d);
	if (!err)
		err = link_imports(i, d);
	if (err) {
		engine_instance_free(i);
		return err;
	}
	*ret = i;
	return 0;
}

void engine_instance_free(struct engine_instance *i)
{
	if (!i)
		return;
	if (i->linked)
		wasmtime_instance_pre_delete(i->linked);
	wasmtime_linker_delete(i->linker);
	wasmtime_store_delete(i->store);
	free(i->bindings);
	free(i);
}

void engine_instance_stop_by(struct engine_instance *i, const uint32_t *word)
{
	i->stop_by = word;
}

/* Makes the memory and runs the module's start function, if it has one. */
static int instantiate(struct engine_instance *i, struct engine_result *result, struct diag *d)
{
	wasm_trap_t *trap = NULL;
	wasmtime_error_t *error = wasmtime_instance_pre_instantiate(
		i->linked, wasmtime_store_context(i->store), &i->wasm, &trap);

	if (!error && !trap)
		return 0;
	if (i->exited || i->stopped_by) {
		ended(i, result, error, trap);
		return diag_fail(d, EINTR, "%s: %s while it was set up", i->name,
				 i->exited ? "exited" : "stopped");
	}
	if (error)
		return engine_fail(d, ENOEXEC, i->name, error);
	ended(i, result, NULL, trap);
	return diag_fail(d, EINTR, "%s: trapped while it was set up: %s", i->name,
			 result->text ? result->text : "");
}

static int run(struct engine_instance *i, struct engine_result *result, struct diag *d)
{
	wasmtime_context_t *context = wasmtime_store_context(i->store);
	wasmtime_extern_t start;
	wasm_trap_t *trap = NULL;

	int err = instantiate(i, result, d);
	if (err)
		return err;
	if (!wasmtime_instance_export_get(context, &i->wasm, "_start", strlen("_start"), &start) ||
	    start.kind != WASMTIME_EXTERN_FUNC)
		return diag_fail(d, ENOEXEC,
				 "%s: has no function _start to run; link it as a command",
				 i->name);
	wasmtime_error_t *error =
		wasmtime_func_call(context, &start.of.func, NULL, 0, NULL, 0, &trap);
	wasmtime_extern_delete(&start);
	if (!trap && (!error || i->exited) && has_faulted(i)) {
		trap = fault_trap(i);
		i->exited = false;
		if (error)
			wasmtime_error_delete(error);
		error = NULL;
	}
	if (error || trap)
		ended(i, result, error, trap);
	return 0;
}

int engine_instance_run(struct engine_instance *i, struct engine_result *result, struct diag *d)
{
	struct signal_stack stack;

	*result = (struct engine_result){0};
	int err = signal_stack_set(&stack, i->name, d);
	if (err)
		return err;
	err = run(i, result, d);
	signal_stack_restore(&stack);
	return err;
}
