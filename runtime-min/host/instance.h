/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One running module: its handles, its log and its signals. Every host call gets one.
 * An instance belongs to one thread.
 */
#ifndef WBPF_HOST_INSTANCE_H
#define WBPF_HOST_INSTANCE_H

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>

#include "abi/wbpf_abi.h"
#include "host/handle.h"
#include "host/ids.h"
#include "host/log.h"
#include "host/memory.h"
#include "host/opened.h"
#include "host/signals.h"

struct ahead;          /* ahead.h */
struct cache;          /* cache.h */
struct section;        /* sections.h */
struct net_attachment; /* call_net.c */
struct engine_wasi;
struct kernel_btf;
struct shares; /* shares.h */
struct stats;  /* stats.h */

struct instance {
	struct memory *memory; /* of the call under way; NULL: the module exports none */
	uint32_t shared;       /* address of the struct wbpf_shared; 0: start() was not called */
	struct handle_table handles;
	struct log log;
	struct signal_sink signals;
	uint32_t possible_cpus;
	struct net_attachment *net; /* what the module attached and not yet detached */
	struct kernel_btf *btfs;    /* those that the module asked about */
	struct ids ids;
	const struct engine_wasi *wasi; /* what the module was given; the caller's */
	const struct section *sections; /* the module's own; the caller's of instance_init() */
	struct cache *cache;   /* what earlier runs made (cache.h); the caller's, NULL: none */
	struct ahead *ahead;   /* NULL: nothing is done ahead */
	const char *name;      /* for messages; the caller's, as is the next one */
	struct shares *shares; /* NULL: nothing is shared with other modules */
	struct stats *stats;   /* NULL: nobody wants them */
	uint64_t began;        /* with stats: when the module was started (stats_now()) */
};

/* 0, or a negative errno. */
int instance_init(struct instance *in);

/*
 * Gives everything back that the module still holds: links are detached, objects closed. With
 * failed (a trap), network attachments that no process end would undo are removed too.
 */
void instance_destroy(struct instance *in, bool failed);

/* A map, program or BTF of an object, which has no life of its own: its handle ends with it. */
bool instance_is_child(const struct handle *h);

/* Gives one handle back as close() says. */
void instance_close(struct instance *in, struct handle *h);

/*
 * Wraps a descriptor in a new handle and takes it over: on failure it is closed. Returns the
 * handle or a negative errno; fd may be a negative errno itself, which is passed on.
 */
wbpf_handle instance_add_fd(struct instance *in, enum wbpf_kind kind, int fd);

/* What a system call returned, as a call's result. */
static inline int32_t instance_result(int ret)
{
	return ret < 0 ? -errno : ret;
}

/* The handle of an object's map or program, or 0. */
wbpf_handle instance_handle_of(const struct instance *in, enum wbpf_kind kind, const void *ptr);

/* The descriptor behind a handle of the kind (0: any), or -EBADF. */
int instance_fd(const struct instance *in, wbpf_handle value, unsigned int kind);

/*
 * What the kernel shall get where the module wrote value: the descriptor behind a handle, or one
 * with which the kernel gives the error that is due. For 0 to 2 that is an open one of another
 * kind, else a number that no process can have as one, and value itself when it is negative.
 */
int instance_descriptor(const struct instance *in, wbpf_handle value);

/* A map that was not to be created: libbpf has a file in its place, which is no map. */
bool instance_is_placeholder(const struct handle *h);

/* Puts a map's descriptor and sizes, as libbpf has them now, into the handle of an object's map. */
void instance_learn_map(struct handle *h);

/* The module's custom section of that name. 0; -ENOENT, or why the name cannot be read. */
int instance_section(const struct instance *in, struct wbpf_str name, const struct section **ret);

/* Reads the number of log records and the signals into the shared block. */
void instance_update_shared(struct instance *in);

/*
 * A malloc()ed, NUL-terminated copy of a string in the module's memory, or NULL with *err set: 0
 * when the string is absent (addr 0), -EFAULT, -EINVAL (holds a NUL, or longer than max), -ENOMEM.
 */
char *instance_string(const struct instance *in, struct wbpf_str s, uint32_t max, int *err);

/*
 * Copies a size-prefixed struct from the module: what is missing in an older, shorter one is
 * zero; what a newer, longer one has on top must be zero (-E2BIG). min is the size of the
 * first version.
 */
int instance_struct(const struct instance *in, void *to, uint32_t to_size, uint32_t min,
		    wbpf_addr from, uint32_t from_size);

#endif
