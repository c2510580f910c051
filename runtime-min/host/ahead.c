/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/ahead.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/libbpf.h>

#include "abi/wbpf_abi.h"
#include "host/features.h"
#include "host/log.h"
#include "host/object.h"
#include "host/opened.h"
#include "host/signals.h"
#include "host/stats.h"

/*
 * What is kept: a struct opening with a name, the kernel's configuration and the object file
 * behind it; then a struct step for each property that was set, with its bytes, and one of kind 0
 * for the load. Or, in place of all that, VARIES.
 */
struct opening {
	uint32_t version;
	uint32_t level; /* of the log, as in the last step */
	uint32_t relaxed_maps, no_token, kernel_log_level;
	uint32_t name_len, kconfig_len; /* each with its NUL; 0: none */
	uint32_t len;
};

struct step {
	uint32_t kind, index, key; /* of the load: 0, the log's level, 0 */
	uint32_t size;
};

enum { VERSION = 1, VARIES = 0xffff, LIMIT = 1 << 20 /* bytes */ };
#define LITTLE_NS (UINT64_C(20) * 1000 * 1000)

/* How far the module is with its first object. */
enum phase { NOTHING, OPENING, OPENED, DONE, OTHER /* it did what cannot be done ahead */ };

struct ahead {
	struct cache *cache;
	struct cache_key key;
	int level;
	struct strbuf known, now; /* what an earlier run did; what this one did until now */
	enum phase phase;
	const struct opened *object; /* the module's, while OPENED */
	uint64_t began, opened;      /* when, of CLOCK_MONOTONIC in ns */
	bool keep;                   /* now is for other runs */
	pthread_t thread;
	cpu_set_t processors; /* of the process */
	bool has_thread;
	/* The thread's, until it has ended. */
	struct opened *loaded, *fresh; /* with its properties set; as it is when it is opened */
	struct log loaded_log, fresh_log;
	bool claimed; /* fresh is opened, or will not be */
};

/* --- reading what is known ---------------------------------------------------------------------
 */

struct reader {
	const char *at;
	size_t left;
};

/* len bytes, or NULL: there are not so many. */
static const void *take(struct reader *r, size_t len)
{
	const char *p = r->at;

	if (len > r->left)
		return NULL;
	r->at += len;
	r->left -= len;
	return p;
}

/* A string of len bytes with its NUL, in *ret; len 0: none. */
static bool take_string(struct reader *r, size_t len, const char **ret)
{
	*ret = len ? take(r, len) : NULL;
	return !len || (*ret && strnlen(*ret, len) == len - 1);
}

static bool take_opening(struct reader *r, struct object_source *ret, uint32_t *level)
{
	const void *p = take(r, sizeof(struct opening));
	struct opening o;

	if (!p)
		return false;
	memcpy(&o, p, sizeof(o));
	*ret = (struct object_source){
		.len = o.len,
		.relaxed_maps = o.relaxed_maps,
		.no_token = o.no_token,
		.kernel_log_level = o.kernel_log_level,
	};
	*level = o.level;
	if (o.version != VERSION || !take_string(r, o.name_len, &ret->name) ||
	    !take_string(r, o.kconfig_len, &ret->kconfig))
		return false;
	ret->bytes = take(r, o.len);
	return ret->bytes && ret->name;
}

static bool take_step(struct reader *r, struct step *ret, const void **bytes)
{
	const void *p = take(r, sizeof(*ret));

	if (!p)
		return false;
	memcpy(ret, p, sizeof(*ret));
	*bytes = take(r, ret->size);
	return *bytes;
}

static struct reader known(const struct ahead *a)
{
	return (struct reader){strbuf_str(&a->known), a->known.len};
}

static bool varies(const struct ahead *a)
{
	static const uint32_t version = VARIES;

	return a->known.len == sizeof(version) && !memcmp(a->known.data, &version, sizeof(version));
}

/* What this run did until now is how the earlier one began; and it is all of it. */
static bool is_as_known(const struct ahead *a)
{
	return a->known.len >= a->now.len &&
	       !memcmp(strbuf_str(&a->known), strbuf_str(&a->now), a->now.len);
}

static bool is_the_same(const struct ahead *a)
{
	return a->known.len == a->now.len && is_as_known(a);
}

/* --- doing it ----------------------------------------------------------------------------------
 */

static void begin_log(const struct ahead *a, struct log *l, uint32_t level)
{
	log_init(l);
	l->level = (int)level > a->level ? level : (uint32_t)a->level;
	log_capture(l);
}

/* Opens the object that is known, whose properties r is then at. NULL: it cannot be. */
static struct opened *open_known(struct ahead *a, struct reader *r, struct log *l)
{
	struct object_source s;
	uint32_t level;
	struct opened *o = take_opening(r, &s, &level) ? opened_new() : NULL;

	if (!o)
		return NULL;
	begin_log(a, l, level);
	if (!object_open(o, &s, l, a->cache))
		return o;
	opened_put(o);
	return NULL;
}

/* Sets its properties. *level: the log's when it was loaded. */
static bool set_known(struct opened *o, struct reader *r, uint32_t *level)
{
	struct step s;
	const void *bytes;

	while (take_step(r, &s, &bytes)) {
		if (!s.kind) {
			*level = s.index;
			return true;
		}
		void *ptr = object_child(o, s.kind, s.index);
		if (!ptr || object_set(o, s.kind, ptr, s.key, bytes, s.size))
			return false;
	}
	return false;
}

static struct opened *load_known(struct ahead *a)
{
	struct log *l = &a->loaded_log;
	struct reader r = known(a);
	struct opened *o = open_known(a, &r, l);
	uint32_t level;

	if (o && set_known(o, &r, &level)) {
		log_clear(l); /* all until here the module hears of its own object */
		begin_log(a, l, level);
		if (!object_load(o, l))
			return o;
	}
	opened_put(o);
	return NULL;
}

/* The module's object is opened by who comes first, the thread or the module. True: the caller. */
static bool claim_fresh(struct ahead *a)
{
	return !__atomic_exchange_n(&a->claimed, true, __ATOMIC_ACQ_REL);
}

static void *work(void *arg)
{
	struct ahead *a = arg;

	sched_setaffinity(0, sizeof(a->processors), &a->processors);
	if (!a->known.len || varies(a)) {
		features_ask();
		return NULL;
	}
	struct reader r = known(a);
	a->loaded = load_known(a);
	if (claim_fresh(a))
		a->fresh = open_known(a, &r, &a->fresh_log);
	log_capture(NULL);
	return NULL;
}

/*
 * The thread begins on another processor than its maker's, where the kernel often leaves a new one
 * to wait for some ms; then it may run wherever the process may. False: there is no other one, and
 * both would take longer in turn than one after the other.
 */
static bool begin_thread(struct ahead *a)
{
	pthread_attr_t attr;
	cpu_set_t others;
	int cpu = sched_getcpu();

	if (cpu < 0 || sched_getaffinity(0, sizeof(a->processors), &a->processors))
		return false;
	others = a->processors;
	CPU_CLR((size_t)cpu, &others);
	if (!CPU_COUNT(&others) || pthread_attr_init(&attr))
		return false;
	bool done = !pthread_attr_setaffinity_np(&attr, sizeof(others), &others) &&
		    !signals_new_thread(&a->thread, &attr, work, a);
	pthread_attr_destroy(&attr);
	return done;
}

struct ahead *ahead_new(struct cache *cache, const struct cache_key *key, int level)
{
	struct ahead *a = calloc(1, sizeof(*a));

	if (!a)
		return NULL;
	a->cache = cache;
	a->key = *key;
	a->level = level;
	a->began = stats_now();
	log_init(&a->fresh_log);
	log_init(&a->loaded_log);
	cache_get(cache, key, &a->known);
	a->has_thread = begin_thread(a);
	return a;
}

static void wait_for(struct ahead *a)
{
	if (a->has_thread)
		pthread_join(a->thread, NULL);
	a->has_thread = false;
}

/* Once the module did something else, before its own object is loaded: not both at a time. */
static void give_up(struct ahead *a)
{
	wait_for(a);
	opened_put(a->fresh);
	opened_put(a->loaded);
	a->fresh = a->loaded = NULL;
	log_clear(&a->fresh_log);
	log_clear(&a->loaded_log);
}

/* Runs that differ are told from each other by what is kept of the first. */
static void keep(struct ahead *a)
{
	static const uint32_t version = VARIES;

	if (a->phase < DONE || is_the_same(a) || varies(a) || strbuf_error(&a->now))
		return;
	if (a->known.len)
		cache_put(a->cache, &a->key, "a start that varies", &version, sizeof(version));
	else if (a->keep)
		cache_put(a->cache, &a->key, "a start", a->now.data, a->now.len);
}

void ahead_end(struct ahead *a)
{
	if (!a)
		return;
	give_up(a);
	keep(a);
	strbuf_free(&a->known);
	strbuf_free(&a->now);
	free(a);
}

/* --- what the module does ----------------------------------------------------------------------
 */

static size_t string_size(const char *s)
{
	return s ? strlen(s) + 1 : 0;
}

static void add_opening(struct ahead *a, const struct object_source *s, uint32_t level)
{
	const struct opening o = {
		.version = VERSION,
		.level = level,
		.relaxed_maps = s->relaxed_maps,
		.no_token = s->no_token,
		.kernel_log_level = s->kernel_log_level,
		.name_len = (uint32_t)string_size(s->name),
		.kconfig_len = (uint32_t)string_size(s->kconfig),
		.len = (uint32_t)s->len,
	};

	strbuf_add(&a->now, &o, sizeof(o));
	strbuf_add(&a->now, s->name, o.name_len);
	strbuf_add(&a->now, s->kconfig ? s->kconfig : "", o.kconfig_len);
	strbuf_add(&a->now, s->bytes, s->len);
}

struct opened *ahead_open(struct ahead *a, const struct object_source *s, struct log *l)
{
	struct opened *ret;

	if (!a || a->phase != NOTHING)
		return NULL;
	a->phase = OTHER;
	if (varies(a) || s->kernel_log_buf || s->btf_custom_path || s->pin_root_path ||
	    s->len > LIMIT)
		return NULL;
	a->phase = OPENING;
	add_opening(a, s, l->level);
	if (!a->known.len || !is_as_known(a) || claim_fresh(a))
		return NULL;
	wait_for(a);
	ret = a->fresh;
	a->fresh = NULL;
	log_move(l, &a->fresh_log);
	return ret;
}

void ahead_opened(struct ahead *a, const struct opened *o)
{
	if (!a || a->phase != OPENING)
		return;
	a->phase = OPENED;
	a->opened = stats_now();
	a->object = o;
}

static bool is_it(const struct ahead *a, const struct opened *o)
{
	return a && o && a->phase == OPENED && a->object == o;
}

void ahead_cannot(struct ahead *a, const struct opened *o)
{
	if (is_it(a, o))
		a->phase = OTHER;
}

void ahead_closed(struct ahead *a, const struct opened *o)
{
	if (is_it(a, o))
		a->object = NULL;
}

static void add_step(struct ahead *a, const struct step *s, const void *bytes)
{
	if (a->now.len + sizeof(*s) + s->size > 2 * (size_t)LIMIT) {
		a->phase = OTHER;
		return;
	}
	strbuf_add(&a->now, s, sizeof(*s));
	strbuf_add(&a->now, bytes, s->size);
}

void ahead_set(struct ahead *a, const struct opened *o, unsigned int kind, const void *ptr,
	       uint32_t key, const void *p, uint32_t size)
{
	struct step s = {.kind = kind, .key = key, .size = size};

	if (!is_it(a, o))
		return;
	s.index = object_index(o, kind, ptr);
	add_step(a, &s, p);
}

/* Nothing of it outlives the process, or lies in the module's memory. */
static bool can_be_ahead(const struct opened *o)
{
	const struct bpf_map *m;

	bpf_object__for_each_map(m, o->object) {
		enum bpf_map_type type = bpf_map__type(m);
		if (bpf_map__pin_path(m) || type == BPF_MAP_TYPE_ARENA ||
		    type == BPF_MAP_TYPE_STRUCT_OPS)
			return false;
	}
	return true;
}

struct opened *ahead_load(struct ahead *a, const struct opened *o, struct log *l)
{
	const struct step s = {.index = l->level};

	if (!a)
		return NULL;
	wait_for(a); /* for the features too, which libbpf would ask for itself */
	if (a->phase != OTHER && !is_it(a, o))
		return NULL;
	if (is_it(a, o))
		add_step(a, &s, "");
	if (a->phase == OTHER || strbuf_error(&a->now) || !is_the_same(a) || !a->loaded) {
		give_up(a);
		return NULL;
	}
	log_move(l, &a->loaded_log);
	return a->loaded;
}

void ahead_loaded(struct ahead *a, const struct opened *o, uint64_t ns)
{
	if (!is_it(a, o))
		return;
	a->phase = DONE;
	/* Else a process that does not want it after all would wait for it. */
	a->keep = (ns < LITTLE_NS || ns < a->opened - a->began) && can_be_ahead(o);
}
