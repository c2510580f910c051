/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a module's start needs of libbpf and the kernel, done by a thread while the engine is
 * loaded: libbpf's questions to the kernel (features.h); and all that the module does up to the
 * load of its first object, when an earlier run has shown it.
 *
 * Such a run keeps in the cache what the module opened, what it set and in which order. The next
 * run of the same file with the same arguments opens that object once more, and a thread loads a
 * second one of it, set as before. When the module has opened and set the same, byte for byte, it
 * gets them, with what libbpf said about them; otherwise they go, its own object is loaded as ever,
 * and nobody tries again for these arguments. So this decides only when an object is loaded, never
 * what the module gets.
 *
 * Left out is what leaves a trace or needs the module's memory or other objects: maps that are
 * pinned, arenas, struct_ops, descriptors, log buffers; and what takes 20 ms to load, and longer
 * than all before it, where the end of a process that does not want it would have to wait for it.
 *
 * Every function takes NULL for a and then does nothing. All but the thread's work is on the
 * thread of the module.
 */
#ifndef WBPF_HOST_AHEAD_H
#define WBPF_HOST_AHEAD_H

#include <stdbool.h>
#include <stdint.h>

#include "host/cache.h"

struct ahead;
struct log;
struct object_source;
struct opened;

/*
 * Begins, with what an earlier run kept under the key. level: enum wbpf_log, what the log's
 * listener hears; -1: nothing. cache must outlive it; it may be NULL, and then there are only the
 * questions, as always on the first run. With one processor nothing is done ahead. NULL: no memory.
 */
struct ahead *ahead_new(struct cache *cache, const struct cache_key *key, int level);

/* Keeps what this run did, and gives back what nobody took. */
void ahead_end(struct ahead *a);

/*
 * The module opens an object: the opened one when there is one of the same, which is the caller's
 * then; else NULL. What libbpf said of it goes to l, whose level counts too.
 */
struct opened *ahead_open(struct ahead *a, const struct object_source *s, struct log *l);
void ahead_opened(struct ahead *a, const struct opened *o); /* the object that it has become */
void ahead_closed(struct ahead *a, const struct opened *o);

/* The module set a property with object_set(), whose arguments these are. */
void ahead_set(struct ahead *a, const struct opened *o, unsigned int kind, const void *ptr,
	       uint32_t key, const void *p, uint32_t size);

/* It did something to the object that cannot be done ahead. */
void ahead_cannot(struct ahead *a, const struct opened *o);

/*
 * The module loads the object: a loaded one of the same, which stays a's until ahead_end(), or
 * NULL. Waits for the thread.
 */
struct opened *ahead_load(struct ahead *a, const struct opened *o, struct log *l);
/* The object is loaded, which took so many ns. */
void ahead_loaded(struct ahead *a, const struct opened *o, uint64_t ns);

#endif
