/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs one module from a file, from compiling it to giving back what it held. */
#ifndef WBPF_HOST_RUNTIME_H
#define WBPF_HOST_RUNTIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "host/engine.h"

struct runtime_options {
	size_t size;         /* sizeof(struct runtime_options), so that it can grow */
	size_t memory_limit; /* bytes of linear memory; 0: 4 GiB */
	struct engine_wasi wasi;
	bool no_cache; /* compile the module, whatever the cache (cache.h) has */
};

/*
 * Runs the module's _start. *result says how it ended (free() its text). What the module attached
 * is detached when this returns. 0, or a negative errno with d set when it could not be run.
 */
int runtime_run(const char *path, const struct runtime_options *options,
		struct engine_result *result, struct diag *d);

#endif
