/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The small engine interface: everything that the host wants of a WebAssembly engine. One file
 * (engine_wasmtime.c) knows the engine that is behind it; a second engine stands beside that file.
 */
#ifndef WBPF_HOST_ENGINE_H
#define WBPF_HOST_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/strbuf.h"
#include "host/memory.h"

struct cache;
struct engine;
struct engine_module;
struct engine_instance;

#define ENGINE_MAX_ARGS 6

/* An argument: of an i32 the lower half counts. It is as wide as the widest that engines pass. */
struct engine_arg {
	uint64_t value, unused;
};

/*
 * A call that a module imports. env is what engine_instance_new() got. Returns the i32 result.
 */
typedef int32_t (*engine_call_fn)(void *env, struct memory *memory, const struct engine_arg *args);

struct engine_import {
	const char *module;
	const char *name;
	const char *params; /* one letter an argument: i for i32, I for i64 */
	engine_call_fn call;
};

/* What the module gets of WASI. Standard output and error are the process's own. */
struct engine_wasi {
	size_t argc;
	const char **argv; /* argv[0] is the module's name */
	size_t nr_env;
	const char **env_names, **env_values;
	size_t nr_dirs;
	const char **host_dirs, **guest_dirs; /* preopened folders */
	const uint8_t *dirs_writable;
	bool no_input; /* an empty standard input in place of the process's own */
};

/* How a module's run ended. */
enum engine_end {
	ENGINE_EXITED,  /* status holds its exit status */
	ENGINE_TRAPPED, /* text holds the trap's message and the frames */
	ENGINE_STOPPED, /* status holds the word of engine_instance_stop_by() */
};

struct engine_result {
	enum engine_end end;
	int status;
	char *text; /* malloc()ed; free() it */
};

/* Every function that returns int: 0, or a negative errno with d set. */

int engine_new(size_t memory_limit, struct engine **ret, struct diag *d);
void engine_free(struct engine *e);
const char *engine_version(void); /* "Wasmtime 48.0.0" */

/* Where a module's code came from. */
enum engine_code {
	ENGINE_CODE_CACHED,      /* an earlier run */
	ENGINE_CODE_PRECOMPILED, /* engine_module_restore() */
	ENGINE_CODE_FAST,        /* compiled now, quickly */
	ENGINE_CODE_OPTIMIZED,   /* compiled now */
};

/*
 * Checks and compiles a core module or a component, or takes what an earlier run compiled from the cache (NULL:
 * none). With fast the code of a core module that is not there is a slower one, in a fraction of the
 * time, while a thread optimizes it for the cache: then the cache must stay open until
 * engine_module_free(), which waits for the thread. name is for messages.
 */
int engine_module_new(struct engine *e, const char *name, const void *bytes, size_t len,
		      struct cache *cache, bool fast, struct engine_module **ret, struct diag *d);
void engine_module_free(struct engine_module *m);
/* Then it is not for engine_instance_new(), but for engine_component_new() (engine_component.h). */
bool engine_module_is_component(const struct engine_module *m);
enum engine_code engine_module_code(const struct engine_module *m);

/* Appends a module's code to *ret; for this version of the engine and this kind of processor. */
int engine_module_save(const struct engine_module *m, struct strbuf *ret, struct diag *d);

/*
 * A module from code that engine_module_save() gave, -ENOEXEC when it is for another engine or
 * processor. The code is run as it is: it must come from someone who may run programs here.
 */
int engine_module_restore(struct engine *e, const char *name, const void *code, size_t len,
			  struct engine_module **ret, struct diag *d);

/*
 * Links the module against WASI and the imports (ended by module NULL). No code of the module runs
 * yet. imports, env and m stay the caller's and must outlive the instance. An import that nobody
 * offers is an error that names it.
 */
int engine_instance_new(struct engine *e, struct engine_module *m,
			const struct engine_import *imports, void *env,
			const struct engine_wasi *wasi, struct engine_instance **ret,
			struct diag *d);
void engine_instance_free(struct engine_instance *i); /* unmaps its memory */

/* Once the word is not 0, which may happen at any time and on any thread, the module ends at its
 * next call, or at the return of the one under way. */
void engine_instance_stop_by(struct engine_instance *i, const uint32_t *word);

/*
 * Instantiates the module and runs its _start. An end of _start by exit or trap is no failure:
 * *result says which. The module's memory stays until engine_instance_free(), also after a failure.
 * Once only.
 */
int engine_instance_run(struct engine_instance *i, struct engine_result *result, struct diag *d);

#endif
