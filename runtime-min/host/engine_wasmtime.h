/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files that know Wasmtime share. Nobody else includes this. */
#ifndef WBPF_HOST_ENGINE_WASMTIME_H
#define WBPF_HOST_ENGINE_WASMTIME_H

#include <pthread.h>

#include "base/diag.h"
#include "base/strbuf.h"
#include "host/engine.h"
#include "host/engine_load.h"

struct linear_memory;

struct engine {
	wasm_engine_t *wasm;  /* optimizing; NULL before engine_ready() */
	wasm_engine_t *fast;  /* NULL until a module was compiled with it */
	wasm_engine_t *alone; /* the same; where there can be no threads */
	size_t memory_limit;
	bool in_use; /* by a thread that nobody waits for: it stays until the process ends */
	pthread_mutex_t lock; /* of memories: instances may be made from several threads */
	struct linear_memory *memories;
};

/* How an engine compiles. */
enum engine_compiler {
	ENGINE_OPTIMIZING, /* Cranelift, on all processors */
	ENGINE_BACKGROUND, /* the same, on one, without threads */
	ENGINE_FAST,       /* Winch: in a fraction of the time, for slower code */
};

struct background; /* engine_compile.c */

struct engine_module {
	char *name;
	wasmtime_module_t *wasm;         /* NULL: a component */
	wasmtime_component_t *component; /* or this one */
	wasm_engine_t *engine;           /* the struct engine's */
	enum engine_code code;
	struct background *background; /* optimizes the module for later runs; NULL: nothing does */
};

/* All engines are told the same, but for the compiler. NULL: no memory, or not on this machine. */
wasm_engine_t *engine_wasm_new(struct engine *e, enum engine_compiler compiler);

/* Makes the engine, once. 0, -ELIBACC or -ENOMEM with d set. */
int engine_ready(struct engine *e, struct diag *d);

/* Appends an error's text; deletes the error. */
void engine_add_error(struct strbuf *b, wasmtime_error_t *error);

/* Gives a store's modules or components what they get of WASI. name is for messages. */
int engine_set_wasi(wasmtime_store_t *store, const char *name, const struct engine_wasi *w,
		    struct diag *d);

/* diag_fail() with an error's text in one line; deletes the error. */
int engine_fail(struct diag *d, int err, const char *what, wasmtime_error_t *error);

#endif
