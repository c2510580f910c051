/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a module did, for who asks: counted while it runs, read at any time and from any thread.
 *
 * What it takes from buffers happens without a call, so the guest library counts that, in the
 * module's own memory (struct wbpf_counts), and says where. Those are the module's numbers: nothing
 * here relies on them.
 */
#ifndef WBPF_HOST_STATS_H
#define WBPF_HOST_STATS_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi/wbpf_abi.h"

struct bpf_object;
struct handle;
struct instance;

/* The steps of a start, in order. */
enum stats_stage {
	STATS_COMPILE,     /* reading the file, and compiling it or taking it from the cache */
	STATS_LINK,        /* its imports and folders */
	STATS_INSTANTIATE, /* its memory, until its first call of the host */
	STATS_OPEN,        /* of an object, the first one, as are the next two */
	STATS_LOAD,
	STATS_ATTACH,
	STATS_RECORD, /* the first one from a buffer: no step, a moment */
	STATS_STAGES,
};

struct stats_time {
	uint64_t at; /* ns of CLOCK_MONOTONIC when it began; 0: it did not */
	uint64_t ns; /* how long it took */
};

enum { STATS_COMMANDS = 64, STATS_LIMIT = 1024 };

struct stats_map {
	char *name;
	const char *type_name; /* "hash"; NULL: a type that libbpf does not know */
	uint32_t max_entries;
};

struct stats_prog {
	char *name, *section;
};

/* An object that was loaded. */
struct stats_object {
	char *name;
	struct stats_map *maps;
	size_t nr_maps;
	struct stats_prog *progs;
	size_t nr_progs;
	bool ahead; /* it was loaded before the module ran */
};

struct stats_link {
	char *kind;   /* as the kernel's "perf_event", "tracing"; or "tc", "xdp" */
	char *prog;   /* the program's name; "" when it is not known */
	char *target; /* a section's name, a path and a symbol, an interface */
	wbpf_handle handle;
	bool ended;
};

/* A ring buffer, or the perf buffers of a map. */
struct stats_buffer {
	char *map;
	bool perf;
	wbpf_handle handle;
	wbpf_addr addr;      /* of the module's counts */
	const void *live;    /* the same as a pointer; NULL: it reads no more */
	const uint8_t *ring; /* the ring's pages in its memory; NULL: not a ring, or not there */
	uint64_t first;      /* the consumer's position when reading began */
	struct wbpf_counts
		before; /* of readers that are gone; size and highest: the most until now */
};

struct stats {
	pthread_mutex_t lock;               /* of what follows but bpf_calls */
	uint64_t bpf_calls[STATS_COMMANDS]; /* by command */
	struct stats_time stages[STATS_STAGES];
	const char *code; /* where its code came from: "cached", ...; NULL: it has none yet */
	struct stats_object *objects;
	size_t nr_objects;
	struct stats_link *links;
	size_t nr_links;
	struct stats_buffer *buffers;
	size_t nr_buffers;
	uint64_t woke;   /* when the module's last wait ended; 0: it did not wait yet */
	size_t left_out; /* of the three lists, when one has STATS_LIMIT or there was no memory */
};

void stats_init(struct stats *s);
void stats_destroy(struct stats *s);

uint64_t stats_now(void); /* ns of CLOCK_MONOTONIC */

/* Everything below does nothing when in->stats is NULL. */

static inline void stats_add_call(uint64_t *calls, uint32_t cmd)
{
	if (cmd < STATS_COMMANDS)
		__atomic_add_fetch(&calls[cmd], 1, __ATOMIC_RELAXED);
}

/* A stage that began then and has just ended; only the first one of its kind counts. */
void stats_stage(struct stats *s, enum stats_stage stage, uint64_t began);

/* ahead: while the engine was loading (ahead.h). */
void stats_loaded(struct instance *in, const struct bpf_object *o, bool ahead);
/* kind NULL: that of the handle's descriptor. */
void stats_attached(struct instance *in, const struct handle *h, const char *kind, const char *prog,
		    const char *target);
void stats_detached(struct instance *in, wbpf_handle link);

/* WBPF_KEY_COUNTS. 0 or a negative errno. */
int stats_counts(struct instance *in, wbpf_addr addr, uint32_t size);

/* The module begins to wait, or comes back: how full its ring buffers are, and whether it has had a
 * first record. */
void stats_waits(struct instance *in);
void stats_woke(struct instance *in);

/* The same when somebody asks, with the lock held. */
void stats_look(struct stats *s);

/* The module's memory is about to go: keeps what it has counted. */
void stats_end(struct instance *in);

/* What a buffer has counted in all, whose lock is held. */
struct wbpf_counts stats_total(const struct stats_buffer *b);

#endif
