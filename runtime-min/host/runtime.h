/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Runs modules from files, from compiling them to giving back what they held. Those of one runtime
 * share the process and an engine, nothing else: each has a thread, a sandbox, handles and a log of
 * its own.
 */
#ifndef WBPF_HOST_RUNTIME_H
#define WBPF_HOST_RUNTIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "host/engine.h"

struct cache;
struct runtime;
struct stats; /* stats.h */

enum runtime_level { RUNTIME_ERROR, RUNTIME_WARN, RUNTIME_INFO, RUNTIME_DEBUG };

/*
 * A message about a module. source: who says it, "libbpf" (what the verifier says is a part of
 * that) or "wbpf", the runtime. text: len bytes, of one or more lines, and a NUL; of anybody's
 * making, so not always UTF-8. On any thread, several at a time.
 */
typedef void (*runtime_log_fn)(void *ctx, enum runtime_level level, const char *module,
			       const char *source, const char *text, size_t len);

struct runtime_options {
	size_t size;         /* sizeof(struct runtime_options), so that it can grow */
	size_t memory_limit; /* bytes of linear memory, of each module; 0: 4 GiB */
	bool no_cache;       /* compile modules, whatever the cache (cache.h) has */
	bool precompiled;    /* run the code in files of runtime_compile(), which must be trusted */
	/* Maps and programs that modules share by these names (shares.h); must outlive the runtime.
	 */
	const char *const *shares;
	size_t nr_shares;
	/* Hears what is of log_level or worse, which the modules' own print callbacks get as well;
	 * and, whatever the level, the warnings that a module which failed did not come to print.
	 * NULL: nobody. */
	runtime_log_fn log;
	void *log_ctx;
	enum runtime_level log_level;
	bool stats; /* counts what runtime_stats() tells */
};

struct runtime_module {
	size_t size;      /* sizeof(struct runtime_module) */
	const char *path; /* of the file */
	const char *name; /* for messages; NULL: the path */
	struct engine_wasi wasi;
};

/* Every function that returns int: 0, or a negative errno with d set. */

int runtime_new(const struct runtime_options *options, struct runtime **ret, struct diag *d);

/*
 * Reads, compiles and links one more module, which does not run yet. A file that was added before
 * is not read again. What m points to must stay until runtime_free().
 */
int runtime_add(struct runtime *r, const struct runtime_module *m, struct diag *d);

/*
 * Compiles a module ahead of time, for this engine and this kind of processor: into the file
 * output, or, when that is NULL, into the cache.
 */
int runtime_compile(struct runtime *r, const char *path, const char *output, struct diag *d);

/* What earlier runs left (cache.h), or NULL when there is none to be had. */
struct cache *runtime_cache(const struct runtime *r);

/*
 * How a module ended: result, or, when that is NULL, d with why it could not be run. Called once
 * for each module, when what it attached is detached, never two at a time, on any thread. index:
 * how many were added before.
 */
typedef void (*runtime_ended_fn)(void *ctx, size_t index, const struct engine_result *result,
				 const struct diag *d);

/*
 * Runs the _start of all modules beside each other and returns when the last one has ended. A
 * single one runs on the calling thread, so that it is to the kernel what a native program is;
 * several have a thread each. Once only.
 */
void runtime_run(struct runtime *r, runtime_ended_fn ended, void *ctx);

/*
 * Calls fn for each module that was added, with what it did until now; its lists are locked
 * meanwhile. At any time between runtime_new() and runtime_free(), when no runtime_add() is under
 * way, and from any thread. Nothing without the option.
 */
typedef void (*runtime_stats_fn)(void *ctx, const char *module, const struct stats *s);
void runtime_stats(struct runtime *r, runtime_stats_fn fn, void *ctx);

void runtime_free(struct runtime *r); /* r may be NULL */

#endif
