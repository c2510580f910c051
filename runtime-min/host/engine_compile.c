/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From a module's bytes to its code: what an earlier run left, or compiled. The optimizing compiler
 * takes longer than all the rest of a start, so a module that is not in the cache starts with the
 * fast one's code, while a thread optimizes it for the runs to come.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "host/cache.h"
#include "host/component_reader.h"
#include "host/engine_wasmtime.h"
#include "host/module_shape.h"
#include "host/signals.h"

/* Of the thread: it goes last, and begins when the module's start is over. */
enum { NICE = 10, DELAY_MS = 100 };

/* When a module has ended, its optimized code is waited for; that of one larger than this only so
 * long. */
enum { LARGE = 256 << 10, PATIENCE_MS = 500 };

struct background {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t hurry;
	bool hurried; /* the module has ended already */
	struct engine *engine;
	struct cache *cache; /* owned; the caller's one is closed when nobody waits any more */
	struct cache_key key;
	char *label; /* owned */
	size_t len;
	uint8_t bytes[];
};

/* What the first bytes say; the engine says more of what follows. */
static int check_header(const char *name, const uint8_t *bytes, size_t len, struct diag *d)
{
	static const uint8_t magic[4] = {0, 'a', 's', 'm'};

	if (len < 8 || memcmp(bytes, magic, 4))
		return diag_fail(d, ENOEXEC,
				 "%s: not a WebAssembly module (it does not begin with \\0asm)",
				 name);
	return 0;
}

/*
 * What compiled code depends on: the engine, how it was told to compile (engine_wasm_new(); raise
 * the number with a change there) and the module. Wasmtime itself refuses code for another
 * processor.
 */
static void code_key(struct cache_key *key, const char *kind, const void *bytes, size_t len,
		     enum engine_compiler compiler)
{
	const char *settings = compiler == ENGINE_FAST ? "winch 1" : "cranelift speed 2";
	const void *const parts[] = {engine_version(), settings, bytes};
	const size_t sizes[] = {strlen(engine_version()), strlen(settings) + 1, len};

	cache_key(key, kind, parts, sizes, 3);
}

static void compiled_key(struct cache_key *key, const void *bytes, size_t len,
			 enum engine_compiler compiler)
{
	code_key(key, "compiled module", bytes, len, compiler);
}

/* NULL: not there, or not for this engine and machine. */
static wasmtime_module_t *compiled_before(wasm_engine_t *e, const struct strbuf *code)
{
	wasmtime_module_t *m = NULL;
	wasmtime_error_t *error =
		wasmtime_module_deserialize(e, (const uint8_t *)code->data, code->len, &m);

	if (error)
		wasmtime_error_delete(error);
	return m;
}

/* What was serialized, with the error of that. Failure does not matter: the next run compiles
 * again. */
static void keep_code(struct cache *cache, const struct cache_key *key, const char *kind,
		      const char *label, wasmtime_error_t *error, wasm_byte_vec_t *code)
{
	if (error) {
		wasmtime_error_delete(error);
		return;
	}
	char *text = str_printf("%s %s", kind, label);
	if (text)
		cache_put(cache, key, text, code->data, code->size);
	free(text);
	wasm_byte_vec_delete(code);
}

static void keep_compiled(struct cache *cache, const struct cache_key *key, const char *label,
			  const wasmtime_module_t *m)
{
	wasm_byte_vec_t code;
	wasmtime_error_t *error = wasmtime_module_serialize(m, &code);

	keep_code(cache, key, "module", label, error, &code);
}

/* --- in the background -------------------------------------------------------------------------
 */

static struct timespec after(int ms)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	t.tv_nsec += ms * 1000000L;
	t.tv_sec += t.tv_nsec / 1000000000;
	t.tv_nsec %= 1000000000;
	return t;
}

static void wait_for_start(struct background *b)
{
	const struct timespec until = after(DELAY_MS);

	pthread_mutex_lock(&b->lock);
	while (!b->hurried &&
	       pthread_cond_clockwait(&b->hurry, &b->lock, CLOCK_MONOTONIC, &until) != ETIMEDOUT)
		;
	pthread_mutex_unlock(&b->lock);
}

static void *optimize(void *arg)
{
	struct background *b = arg;
	wasmtime_module_t *m = NULL;

	wait_for_start(b);
	/* Of this thread only, as Linux has it; what the module does goes first. */
	setpriority(PRIO_PROCESS, (id_t)gettid(), NICE);
	wasm_engine_t *engine = engine_wasm_new(b->engine, ENGINE_BACKGROUND);
	wasmtime_error_t *error = engine ? wasmtime_module_new(engine, b->bytes, b->len, &m) : NULL;
	if (error)
		wasmtime_error_delete(error);
	if (m) {
		keep_compiled(b->cache, &b->key, b->label, m);
		wasmtime_module_delete(m);
	}
	if (engine)
		wasm_engine_delete(engine);
	return NULL;
}

static void free_background(struct background *b)
{
	cache_close(b->cache);
	pthread_cond_destroy(&b->hurry);
	pthread_mutex_destroy(&b->lock);
	free(b->label);
	free(b);
}

/* Failure does not matter here either. */
static void optimize_later(struct engine *e, struct engine_module *m, const void *bytes, size_t len,
			   struct cache *cache, const struct cache_key *key)
{
	struct background *b = malloc(sizeof(*b) + len);

	if (!b)
		return;
	*b = (struct background){.engine = e, .key = *key, .len = len};
	memcpy(b->bytes, bytes, len);
	b->label = strdup(m->name);
	pthread_mutex_init(&b->lock, NULL);
	pthread_cond_init(&b->hurry, NULL);
	if (b->label && !cache_open(cache_path(cache), cache_limit(cache), &b->cache) &&
	    !signals_new_thread(&b->thread, NULL, optimize, b))
		m->background = b;
	else
		free_background(b);
}

static int join_in_time(struct background *b)
{
	const struct timespec until = after(PATIENCE_MS);

	if (b->len <= LARGE)
		return pthread_join(b->thread, NULL);
	return pthread_clockjoin_np(b->thread, NULL, CLOCK_MONOTONIC, &until);
}

/*
 * Where there is no time to wait, the next run has the fast code, and optimizes again. The thread
 * ends with the process: until then it has what it uses.
 */
static void finish_background(struct engine_module *m)
{
	struct background *b = m->background;
	struct cache_key key;

	if (!b)
		return;
	pthread_mutex_lock(&b->lock);
	b->hurried = true;
	pthread_cond_signal(&b->hurry);
	pthread_mutex_unlock(&b->lock);
	if (!join_in_time(b)) {
		free_background(b);
		return;
	}
	compiled_key(&key, b->bytes, b->len, ENGINE_FAST);
	keep_compiled(b->cache, &key, m->name, m->wasm);
	b->engine->in_use = true;
	pthread_detach(b->thread);
}

/* --- compiling ---------------------------------------------------------------------------------
 */

/*
 * On other machines Winch knows no atomic instructions, and Wasmtime's C API ends the process where
 * an engine is told to know what its compiler does not.
 */
#ifdef __x86_64__
static const bool has_fast = true;
#else
static const bool has_fast = false;
#endif

static void *wait_for_others(void *lock)
{
	pthread_mutex_lock(lock);
	pthread_mutex_unlock(lock);
	return NULL;
}

/*
 * Whether there can be a thread for each processor: the engine wants as many to compile, and ends
 * the process when it cannot have them.
 */
static bool has_threads(void)
{
	enum { MOST = 64 };
	pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	pthread_t threads[MOST];
	long processors = sysconf(_SC_NPROCESSORS_ONLN), made = 0;

	pthread_mutex_lock(&lock);
	while (made < processors && made < MOST &&
	       !signals_new_thread(&threads[made], NULL, wait_for_others, &lock))
		made++;
	pthread_mutex_unlock(&lock);
	for (long i = 0; i < made; i++)
		pthread_join(threads[i], NULL);
	return made == processors || made == MOST;
}

/* Without threads: the engine that compiles on this one. NULL: no memory. */
static wasm_engine_t *engine_alone(struct engine *e)
{
	pthread_mutex_lock(&e->lock);
	if (!e->alone)
		e->alone = engine_wasm_new(e, ENGINE_BACKGROUND);
	pthread_mutex_unlock(&e->lock);
	return e->alone;
}

/* What an earlier run left that had no time to optimize. */
static wasmtime_module_t *fast_before(wasm_engine_t *engine, const void *bytes, size_t len,
				      struct cache *cache)
{
	struct cache_key key;
	struct strbuf code = {0};
	wasmtime_module_t *m = NULL;

	if (len <= LARGE)
		return NULL;
	compiled_key(&key, bytes, len, ENGINE_FAST);
	if (!cache_get(cache, &key, &code) && code.len)
		m = compiled_before(engine, &code);
	strbuf_free(&code);
	return m;
}

/* False: that compiler does not know all that the module uses, or not this machine. */
static bool compile_fast(struct engine *e, struct engine_module *m, const void *bytes, size_t len,
			 struct cache *cache)
{
	wasmtime_error_t *error = NULL;
	wasm_engine_t *engine;

	if (!has_fast)
		return false;
	pthread_mutex_lock(&e->lock);
	if (!e->fast)
		e->fast = engine_wasm_new(e, ENGINE_FAST);
	engine = e->fast;
	pthread_mutex_unlock(&e->lock);
	if (!engine)
		return false;
	m->wasm = fast_before(engine, bytes, len, cache);
	if (!m->wasm)
		error = wasmtime_module_new(engine, bytes, len, &m->wasm);
	if (error) {
		wasmtime_error_delete(error);
		return false;
	}
	m->engine = engine;
	m->code = ENGINE_CODE_FAST;
	return true;
}

/* Compiles it, by the fast compiler when there is a cache for the other one's code. */
static int compile_new(struct engine *e, struct engine_module *m, const void *bytes, size_t len,
		       struct cache *cache, const struct cache_key *key, bool fast, struct diag *d)
{
	bool threads = has_threads();

	if (cache && fast && threads && compile_fast(e, m, bytes, len, cache)) {
		optimize_later(e, m, bytes, len, cache, key);
		return 0;
	}
	if (!threads && !(m->engine = engine_alone(e)))
		return diag_fail(d, ENOMEM, "out of memory");
	wasmtime_error_t *error = wasmtime_module_new(m->engine, bytes, len, &m->wasm);
	if (error)
		return engine_fail(d, ENOEXEC, m->name, error);
	m->code = ENGINE_CODE_OPTIMIZED;
	if (cache)
		keep_compiled(cache, key, m->name, m->wasm);
	return 0;
}

static int compile(struct engine *e, struct engine_module *m, const void *bytes, size_t len,
		   struct cache *cache, bool fast, struct diag *d)
{
	struct strbuf code = {0}, other = {0};
	struct cache_key key;

	/* As long as this takes, the engine may be in the making. */
	if (cache) {
		compiled_key(&key, bytes, len, ENGINE_OPTIMIZING);
		cache_get(cache, &key, &code);
	}
	int err = engine_ready(e, d);
	m->engine = e->wasm;
	m->code = ENGINE_CODE_CACHED;
	if (!err && code.len)
		m->wasm = compiled_before(e->wasm, &code);
	strbuf_free(&code);
	if (err || m->wasm)
		return err;
	err = module_shape_check(m->name, bytes, len, &other, d);
	if (!err)
		err = compile_new(e, m, other.len ? (const void *)other.data : bytes,
				  other.len ? other.len : len, cache, &key, fast, d);
	strbuf_free(&other);
	return err;
}

/* --- components --------------------------------------------------------------------------------
 */

/* Each core module must be one that the engine can compile as it is. */
static int check_core_module(void *ctx, const uint8_t *module, size_t len, struct diag *d)
{
	const struct engine_module *m = ctx;
	struct strbuf other = {0};
	int err = module_shape_check(m->name, module, len, &other, d);

	if (!err && other.len)
		err = diag_fail(d, E2BIG,
				"%s: a core module in it has too many data segments for the "
				"WebAssembly engine; build it with fewer",
				m->name);
	strbuf_free(&other);
	return err;
}

static void keep_component(struct cache *cache, const struct cache_key *key,
			   const struct engine_module *m)
{
	wasm_byte_vec_t code;
	wasmtime_error_t *error = wasmtime_component_serialize(m->component, &code);

	keep_code(cache, key, "component", m->name, error, &code);
}

static bool component_before(struct engine_module *m, const void *code, size_t len)
{
	wasmtime_error_t *error =
		wasmtime_component_deserialize(m->engine, code, len, &m->component);

	if (error)
		wasmtime_error_delete(error);
	return !error;
}

static int compile_component(struct engine *e, struct engine_module *m, const void *bytes,
			     size_t len, struct cache *cache, struct diag *d)
{
	struct strbuf code = {0};
	struct cache_key key;

	if (cache) {
		code_key(&key, "compiled component", bytes, len, ENGINE_OPTIMIZING);
		cache_get(cache, &key, &code);
	}
	int err = engine_ready(e, d);
	/* Its WASI has a thread for each processor too, and ends the process when it cannot. */
	if (!err && !has_threads())
		err = diag_fail(d, EAGAIN,
				"%s: a component needs a thread for each processor, and this "
				"process may not have them",
				m->name);
	m->engine = e->wasm;
	m->code = ENGINE_CODE_CACHED;
	bool ready = !err && code.len && component_before(m, code.data, code.len);
	strbuf_free(&code);
	if (err || ready)
		return err;
	err = component_modules(m->name, bytes, len, check_core_module, m, d);
	if (err)
		return err;
	wasmtime_error_t *error = wasmtime_component_new(m->engine, bytes, len, &m->component);
	if (error)
		return engine_fail(d, ENOEXEC, m->name, error);
	m->code = ENGINE_CODE_OPTIMIZED;
	if (cache)
		keep_component(cache, &key, m);
	return 0;
}

static int new_module(const char *name, struct engine_module **ret, struct diag *d)
{
	struct engine_module *m = calloc(1, sizeof(*m));

	if (!m || !(m->name = strdup(name))) {
		free(m);
		return diag_fail(d, ENOMEM, "out of memory");
	}
	*ret = m;
	return 0;
}

int engine_module_new(struct engine *e, const char *name, const void *bytes, size_t len,
		      struct cache *cache, bool fast, struct engine_module **ret, struct diag *d)
{
	struct engine_module *m = NULL;
	int err = check_header(name, bytes, len, d);

	if (!err)
		err = new_module(name, &m, d);
	if (!err && component_is(bytes, len))
		err = compile_component(e, m, bytes, len, cache, d);
	else if (!err)
		err = compile(e, m, bytes, len, cache, fast, d);
	if (err) {
		engine_module_free(m);
		return err;
	}
	*ret = m;
	return 0;
}

int engine_module_restore(struct engine *e, const char *name, const void *code, size_t len,
			  struct engine_module **ret, struct diag *d)
{
	struct engine_module *m = NULL;
	int err = engine_ready(e, d);

	if (!err)
		err = new_module(name, &m, d);
	if (err)
		return err;
	m->engine = e->wasm;
	m->code = ENGINE_CODE_PRECOMPILED;
	wasmtime_error_t *error = wasmtime_module_deserialize(e->wasm, code, len, &m->wasm);
	if (error && !component_before(m, code, len)) {
		engine_module_free(m);
		return engine_fail(d, ENOEXEC, name, error);
	}
	if (error)
		wasmtime_error_delete(error);
	*ret = m;
	return 0;
}

int engine_module_save(const struct engine_module *m, struct strbuf *ret, struct diag *d)
{
	wasm_byte_vec_t code;
	wasmtime_error_t *error = m->component ? wasmtime_component_serialize(m->component, &code)
					       : wasmtime_module_serialize(m->wasm, &code);

	if (error)
		return engine_fail(d, EIO, m->name, error);
	strbuf_add(ret, code.data, code.size);
	wasm_byte_vec_delete(&code);
	return strbuf_error(ret) ? diag_fail(d, ENOMEM, "%s: out of memory", m->name) : 0;
}

bool engine_module_is_component(const struct engine_module *m)
{
	return m->component;
}

enum engine_code engine_module_code(const struct engine_module *m)
{
	return m->code;
}

void engine_module_free(struct engine_module *m)
{
	if (!m)
		return;
	finish_background(m);
	if (m->wasm)
		wasmtime_module_delete(m->wasm);
	if (m->component)
		wasmtime_component_delete(m->component);
	free(m->name);
	free(m);
}
