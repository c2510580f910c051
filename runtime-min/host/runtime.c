/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/runtime.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "host/ahead.h"
#include "host/cache.h"
#include "host/calls.h"
#include "host/component.h"
#include "host/instance.h"
#include "host/precompiled.h"
#include "host/sections.h"
#include "host/shares.h"
#include "host/stats.h"

enum { MAX_MODULE_SIZE = 512 << 20 };

/* A file that one or more modules are made from. */
struct program {
	struct program *next;
	dev_t device;
	ino_t inode;
	struct engine_module *compiled;
	struct section *sections;
};

/* A module, from runtime_add() on. */
struct running {
	struct runtime *runtime;
	const char *name;
	size_t index;
	struct instance in;
	struct engine_wasi wasi;
	struct stats stats;
	struct engine_instance *wasm; /* NULL: a component */
	struct component *component;
	pthread_t thread;
	bool has_thread;
};

struct runtime {
	struct runtime_options options;
	struct engine *engine;
	struct cache *cache;   /* NULL: none to be had, or not wanted */
	struct shares *shares; /* NULL: none */
	struct program *programs;
	struct running **modules;
	size_t count;
	runtime_ended_fn ended;
	void *ctx;
	pthread_mutex_t lock; /* of calls of ended */
};

int runtime_new(const struct runtime_options *options, struct runtime **ret, struct diag *d)
{
	struct runtime *r = calloc(1, sizeof(*r));

	if (!r)
		return diag_fail(d, ENOMEM, "out of memory");
	memcpy(&r->options, options,
	       options->size < sizeof(r->options) ? options->size : sizeof(r->options));
	pthread_mutex_init(&r->lock, NULL);
	int err = engine_new(r->options.memory_limit ? r->options.memory_limit : MEMORY_RESERVATION,
			     &r->engine, d);
	if (!err && r->options.nr_shares) {
		r->shares = shares_new(r->options.shares, r->options.nr_shares);
		if (!r->shares)
			err = diag_fail(d, ENOMEM, "out of memory");
	}
	if (err) {
		runtime_free(r);
		return err;
	}
	if (!r->options.no_cache)
		cache_open(NULL, CACHE_DEFAULT_LIMIT, &r->cache); /* else it compiles */
	*ret = r;
	return 0;
}

static void program_free(struct program *p)
{
	sections_free(p->sections);
	engine_module_free(p->compiled);
	free(p);
}

static int out_of_memory(struct diag *d, const char *path)
{
	return diag_fail(d, ENOMEM, "%s: out of memory", path);
}

/* A precompiled module's code, where it is for this engine and processor; else it is compiled. */
static int program_restore(struct runtime *r, const char *path, const struct strbuf *bytes,
			   struct precompiled *parts, struct program *p, struct diag *d)
{
	struct diag other = {0};

	if (!r->options.precompiled)
		return diag_fail(d, EPERM,
				 "%s: a precompiled module, whose machine code would run as it is: "
				 "--precompiled allows it, for files that are trusted as programs "
				 "are",
				 path);
	int err = precompiled_read(path, strbuf_str(bytes), bytes->len, parts, d);
	if (!err)
		engine_module_restore(r->engine, path, parts->code, parts->code_len, &p->compiled,
				      &other);
	return err;
}

/* What tells a file from others, and from what it was; and the module's arguments. */
static int start_key(const struct stat *file, const struct engine_wasi *wasi, struct cache_key *ret)
{
	const char *version = engine_version();
	struct strbuf text = {0};

	strbuf_printf(&text, "%llu %llu %lld %lld.%09ld", (unsigned long long)file->st_dev,
		      (unsigned long long)file->st_ino, (long long)file->st_size,
		      (long long)file->st_mtim.tv_sec, file->st_mtim.tv_nsec);
	for (size_t i = 1; i < wasi->argc; i++)
		strbuf_add(&text, wasi->argv[i], strlen(wasi->argv[i]) + 1);
	int err = strbuf_error(&text);
	if (!err) {
		const void *const parts[] = {version, text.data};
		const size_t sizes[] = {strlen(version), text.len};
		cache_key(ret, "start 1", parts, sizes, 2);
	}
	strbuf_free(&text);
	return err;
}

/* What can be done without the engine, while it is loaded. */
static void begin_ahead(struct running *m, const struct stat *file)
{
	struct runtime *r = m->runtime;
	struct cache_key key;

	if (!start_key(file, &m->wasi, &key))
		m->in.ahead =
			ahead_new(r->shares ? NULL : r->cache, &key, m->in.log.listener.level);
}

static int program_read(struct running *m, const char *path, const struct stat *file,
			struct program *p, struct diag *d)
{
	struct runtime *r = m->runtime;
	struct precompiled parts = {0};
	struct strbuf bytes = {0};
	int err = file_read(path, MAX_MODULE_SIZE, &bytes, d);

	parts.module = strbuf_str(&bytes);
	parts.module_len = bytes.len;
	if (!err && !r->programs &&
	    memmem(parts.module, parts.module_len, WBPF_ABI_MODULE, strlen(WBPF_ABI_MODULE)))
		begin_ahead(m, file);
	if (!err && precompiled_is(strbuf_str(&bytes), bytes.len))
		err = program_restore(r, path, &bytes, &parts, p, d);
	if (!err && !p->compiled)
		err = engine_module_new(r->engine, path, parts.module, parts.module_len, r->cache,
					true, &p->compiled, d);
	if (!err && sections_read(parts.module, parts.module_len, &p->sections))
		err = out_of_memory(d, path);
	strbuf_free(&bytes);
	return err;
}

static int program_get(struct running *m, const char *path, struct program **ret, struct diag *d)
{
	struct runtime *r = m->runtime;
	struct stat st = {0};
	bool is_file = !stat(path, &st) && S_ISREG(st.st_mode);

	for (struct program *p = r->programs; is_file && p; p = p->next) {
		if (p->device == st.st_dev && p->inode == st.st_ino) {
			*ret = p;
			return 0;
		}
	}
	struct program *p = calloc(1, sizeof(*p));
	if (!p)
		return out_of_memory(d, path);
	int err = program_read(m, path, &st, p, d);
	if (err) {
		program_free(p);
		return err;
	}
	p->device = st.st_dev;
	p->inode = st.st_ino;
	p->next = r->programs;
	r->programs = p;
	*ret = p;
	return 0;
}

/* What a libbpf print callback gets says in its first word who speaks. */
static void pass_on(void *from, uint32_t level, const char *text, size_t len)
{
	static const char libbpf[] = "libbpf: ", own[] = "wbpf: ";
	const struct running *m = from;
	const struct runtime_options *o = &m->runtime->options;
	enum runtime_level as = level == WBPF_LOG_WARN   ? RUNTIME_WARN
				: level == WBPF_LOG_INFO ? RUNTIME_INFO
							 : RUNTIME_DEBUG;
	bool is_own = !strncmp(text, own, sizeof(own) - 1);
	size_t prefix = is_own                                       ? sizeof(own) - 1
			: !strncmp(text, libbpf, sizeof(libbpf) - 1) ? sizeof(libbpf) - 1
								     : 0;

	o->log(o->log_ctx, as, m->name, is_own ? "wbpf" : "libbpf", text + prefix, len - prefix);
}

static void listen(struct running *m)
{
	const struct runtime_options *o = &m->runtime->options;

	if (o->log)
		m->in.log.listener = (struct log_listener){pass_on, m, (int)o->log_level - 1};
}

static int link_module(struct running *m, const struct program *p, struct diag *d)
{
	uint64_t began = stats_now();

	m->in.sections = p->sections;
	m->in.wasi = &m->wasi;
	m->in.cache = m->runtime->cache;
	m->in.name = m->name;
	m->in.shares = m->runtime->shares;
	int err;

	if (engine_module_is_component(p->compiled))
		err = component_new(&m->in, m->runtime->engine, p->compiled, &m->wasi,
				    &m->component, d);
	else
		err = engine_instance_new(m->runtime->engine, p->compiled, host_imports, &m->in,
					  &m->wasi, &m->wasm, d);
	if (m->wasm)
		engine_instance_stop_by(m->wasm, &m->in.signals.ended_by);
	stats_stage(m->in.stats, STATS_LINK, began);
	return err;
}

/* For the statistics. "shared" is that of another module of the process. */
static const char *code_name(const struct engine_module *m)
{
	static const char *const names[] = {
		[ENGINE_CODE_CACHED] = "cached",
		[ENGINE_CODE_PRECOMPILED] = "precompiled",
		[ENGINE_CODE_FAST] = "fast",
		[ENGINE_CODE_OPTIMIZED] = "optimized",
	};

	return names[engine_module_code(m)];
}

static void module_free(struct running *m)
{
	instance_destroy(&m->in, true);
	engine_instance_free(m->wasm);
	component_free(m->component);
	stats_destroy(&m->stats);
	free(m);
}

int runtime_add(struct runtime *r, const struct runtime_module *given, struct diag *d)
{
	struct running **modules = realloc(r->modules, (r->count + 1) * sizeof(struct running *));
	struct running *m = calloc(1, sizeof(*m));
	struct program *p = NULL;

	if (modules)
		r->modules = modules;
	if (!m || !modules) {
		free(m);
		return diag_fail(d, ENOMEM, "%s: out of memory", given->path);
	}
	m->runtime = r;
	m->name = given->name ? given->name : given->path;
	m->wasi = given->wasi;
	uint64_t began = stats_now();
	const struct program *first = r->programs;
	int bad = instance_init(&m->in);
	stats_init(&m->stats);
	listen(m);
	int err = program_get(m, given->path, &p, d);
	if (err) {
		module_free(m);
		return err;
	}
	if (r->options.stats) {
		m->in.stats = &m->stats;
		stats_stage(m->in.stats, STATS_COMPILE, began);
		m->stats.code = r->programs == first ? "shared" : code_name(p->compiled);
	}
	if (bad)
		err = diag_fail(d, bad, "%s: cannot prepare the module's signals: %s", given->path,
				strerror(-bad));
	else
		err = link_module(m, p, d);
	if (err) {
		module_free(m);
		return err;
	}
	m->index = r->count;
	r->modules[r->count++] = m;
	return 0;
}

static void tell_end(struct running *m, const struct engine_result *result, const struct diag *d)
{
	struct runtime *r = m->runtime;

	pthread_mutex_lock(&r->lock);
	r->ended(r->ctx, m->index, result, d);
	pthread_mutex_unlock(&r->lock);
}

/* On the thread that is the module's. */
static void *run_module(void *from)
{
	struct running *m = from;
	struct engine_result result = {0};
	struct diag d = {0};

	signals_enter(&m->in.signals);
	m->in.began = stats_now();
	int err = m->component ? component_run(m->component, &result, &d)
			       : engine_instance_run(m->wasm, &result, &d);
	bool failed = err || result.end == ENGINE_TRAPPED;
	if (failed)
		log_tell(&m->in.log, WBPF_LOG_WARN); /* what it did not come to print */
	instance_destroy(&m->in, failed || result.end == ENGINE_STOPPED);
	engine_instance_free(m->wasm);
	m->wasm = NULL;
	component_free(m->component);
	m->component = NULL;
	tell_end(m, err ? NULL : &result, &d);
	free(result.text);
	return NULL;
}

static void start_thread(struct running *m)
{
	struct diag d = {0};
	int err = pthread_create(&m->thread, NULL, run_module, m);

	m->has_thread = !err;
	if (!err)
		return;
	diag_fail(&d, err, "%s: cannot have a thread: %s", m->name, strerror(err));
	instance_destroy(&m->in, true);
	tell_end(m, NULL, &d);
}

void runtime_run(struct runtime *r, runtime_ended_fn ended, void *ctx)
{
	sigset_t saved;

	r->ended = ended;
	r->ctx = ctx;
	if (r->count == 1) {
		run_module(r->modules[0]);
		return;
	}
	/* This thread takes the signals: another module's must not end a call of this one's. */
	signals_block(&saved);
	for (size_t i = 0; i < r->count; i++)
		start_thread(r->modules[i]);
	pthread_sigmask(SIG_SETMASK, &saved, NULL);
	for (size_t i = 0; i < r->count; i++)
		if (r->modules[i]->has_thread)
			pthread_join(r->modules[i]->thread, NULL);
}

/* --- ahead of time -----------------------------------------------------------------------------
 */

static int write_precompiled(const struct engine_module *m, const struct strbuf *bytes,
			     const char *output, struct diag *d)
{
	struct strbuf code = {0}, file = {0};
	int err = engine_module_save(m, &code, d);
	const struct precompiled parts = {
		.module = strbuf_str(bytes),
		.module_len = bytes->len,
		.code = strbuf_str(&code),
		.code_len = code.len,
	};

	if (!err && precompiled_write(&parts, &file))
		err = out_of_memory(d, output);
	if (!err)
		err = file_write(output, &file, d);
	strbuf_free(&code);
	strbuf_free(&file);
	return err;
}

/* Whether it is there can only be told by taking it out. */
static int check_kept(struct runtime *r, const char *path, const struct strbuf *bytes,
		      struct diag *d)
{
	struct engine_module *m = NULL;
	int err = engine_module_new(r->engine, path, strbuf_str(bytes), bytes->len, r->cache, false,
				    &m, d);

	if (!err && engine_module_code(m) != ENGINE_CODE_CACHED)
		err = diag_fail(d, EIO, "%s: the code could not be kept in %s: is there room?",
				path, cache_path(r->cache));
	engine_module_free(m);
	return err;
}

int runtime_compile(struct runtime *r, const char *path, const char *output, struct diag *d)
{
	struct engine_module *m = NULL;
	struct strbuf bytes = {0};
	int err = 0;

	if (!output && !r->cache)
		return diag_fail(d, ENOENT,
				 "there is no cache: $WBPF_CACHE_DIR (or its default) must be a "
				 "folder that only this user can write");
	err = file_read(path, MAX_MODULE_SIZE, &bytes, d);
	if (!err)
		err = engine_module_new(r->engine, path, strbuf_str(&bytes), bytes.len,
					output ? NULL : r->cache, false, &m, d);
	if (!err)
		err = output ? write_precompiled(m, &bytes, output, d)
			     : check_kept(r, path, &bytes, d);
	engine_module_free(m);
	strbuf_free(&bytes);
	return err;
}

struct cache *runtime_cache(const struct runtime *r)
{
	return r->cache;
}

void runtime_stats(struct runtime *r, runtime_stats_fn fn, void *ctx)
{
	for (size_t i = 0; r->options.stats && i < r->count; i++) {
		struct running *m = r->modules[i];
		pthread_mutex_lock(&m->stats.lock);
		stats_look(&m->stats);
		fn(ctx, m->name, &m->stats);
		pthread_mutex_unlock(&m->stats.lock);
	}
}

void runtime_free(struct runtime *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->count; i++)
		module_free(r->modules[i]);
	free(r->modules);
	for (struct program *p = r->programs, *next; p; p = next) {
		next = p->next;
		program_free(p);
	}
	shares_free(r->shares);
	cache_close(r->cache);
	engine_free(r->engine);
	pthread_mutex_destroy(&r->lock);
	free(r);
}
