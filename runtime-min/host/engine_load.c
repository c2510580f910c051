/* SPDX-License-Identifier: BSD-2-Clause */
#define WASMTIME_FUNCTIONS_ONLY
#include "host/engine_load.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

struct wasmtime_functions wasmtime_functions;

/* The library is one for the process, and stays. */
static pthread_once_t once = PTHREAD_ONCE_INIT;
static char error[256];

static const struct {
	const char *name;
	void **to;
} functions[] = {
#define FUNCTION(name) {#name, (void **)&wasmtime_functions.name},
	WASMTIME_FUNCTIONS(FUNCTION)
#undef FUNCTION
};

static void load(void)
{
	/* Where the program's own search path says: beside it, or where it was built. */
	void *library = dlopen("libwasmtime.so", RTLD_NOW | RTLD_LOCAL);

	for (size_t i = 0; library && i < sizeof(functions) / sizeof(*functions); i++) {
		*functions[i].to = dlsym(library, functions[i].name);
		if (!*functions[i].to)
			library = NULL;
	}
	if (!library) {
		const char *text = dlerror();
		snprintf(error, sizeof(error), "%s", text ? text : "no libwasmtime.so");
	}
}

int engine_load(struct diag *d)
{
	pthread_once(&once, load);
	return *error ? diag_fail(d, ELIBACC, "the WebAssembly engine cannot be loaded: %s", error)
		      : 0;
}
