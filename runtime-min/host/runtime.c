/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/runtime.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "host/cache.h"
#include "host/calls.h"
#include "host/instance.h"
#include "host/sections.h"

enum { MAX_MODULE_SIZE = 512 << 20 };

/* What libbpf warned of and a module that trapped did not come to print. */
static void print_warnings(struct log *l)
{
	const char *text;
	uint32_t level;
	size_t len;

	for (; (text = log_peek(l, &level, &len)); log_pop(l))
		if (level == WBPF_LOG_WARN)
			fwrite(text, 1, len, stderr);
}

static int run_instance(struct engine *e, struct engine_module *m, const struct section *sections,
			struct cache *cache, const struct runtime_options *options,
			struct engine_result *result, struct diag *d)
{
	struct engine_instance *wasm = NULL;
	struct instance in;
	int err = instance_init(&in);

	if (err)
		return diag_fail(d, err, "cannot prepare the module's signals: %s", strerror(-err));
	in.sections = sections;
	in.cache = cache;
	in.wasi = &options->wasi;
	err = engine_instance_new(e, m, host_imports, &in, &options->wasi, &wasm, d);
	if (!err)
		err = engine_instance_run(wasm, result, d);
	bool failed = err || result->end == ENGINE_TRAPPED;
	if (failed)
		print_warnings(&in.log);
	instance_destroy(&in, failed);
	engine_instance_free(wasm);
	return err;
}

int runtime_run(const char *path, const struct runtime_options *options,
		struct engine_result *result, struct diag *d)
{
	struct strbuf bytes = {0};
	struct engine *e = NULL;
	struct engine_module *m = NULL;
	struct section *sections = NULL;
	struct cache *cache = NULL;
	int err = file_read(path, MAX_MODULE_SIZE, &bytes, d);

	*result = (struct engine_result){0};
	if (!err)
		err = engine_new(options->memory_limit ? options->memory_limit : MEMORY_RESERVATION,
				 &e, d);
	if (!err && !options->no_cache)
		cache_open(NULL, CACHE_DEFAULT_LIMIT, &cache); /* none to be had: it compiles */
	if (!err)
		err = engine_module_new(e, path, strbuf_str(&bytes), bytes.len, cache, true, &m, d);
	if (!err && sections_read(strbuf_str(&bytes), bytes.len, &sections))
		err = diag_fail(d, ENOMEM, "%s: out of memory", path);
	strbuf_free(&bytes);
	if (!err)
		err = run_instance(e, m, sections, cache, options, result, d);
	sections_free(sections);
	engine_module_free(m);
	cache_close(cache);
	engine_free(e);
	return err;
}
