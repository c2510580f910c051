/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the component front end share. Nobody else includes this. */
#ifndef WBPF_HOST_COMPONENT_CALLS_H
#define WBPF_HOST_COMPONENT_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi/wbpf_abi.h"
#include "base/strbuf.h"
#include "host/engine_component.h"
#include "host/instance.h"

struct event_stream; /* component_events.c */

/* Pages of the kernel's in the component's scratch memory. */
struct region {
	wbpf_addr addr;
	uint32_t len;    /* bytes, whole pages */
	wbpf_handle map; /* whose data section it is; 0: an event stream's */
	bool writable;
};

struct component {
	struct instance *in;
	struct engine_component *engine;
	struct component_offer offer;
	struct component_import *imports; /* with their names, owned */
	struct component_resource *resources;
	struct memory *memory;
	uint32_t used;          /* bytes of what the call under way has put into memory */
	struct region *regions; /* sorted by address */
	size_t nr_regions;
	struct event_stream **streams; /* by number - 1; NULL: none any more */
	size_t nr_streams;
	uint32_t caught; /* signals, bit signo-1 */
};

/* Types of resources, by their place in the definition. */
enum component_type {
#define WBPF_RESOURCE(name, doc) COMPONENT_##name,
#include "abi/wbpf_component.def"
};

/* int component_RESOURCE_NAME() for every function of a resource, component_INTERFACE_NAME() for
 * all others; struct component_arg: self first. */
#define COMPONENT_FUNCTION(of, name)                                                               \
	int component_##of##_##name(struct component *c, const struct component_arg *args,         \
				    struct value *result);
#define WBPF_METHOD(resource, name, n, params, result, doc) COMPONENT_FUNCTION(resource, name)
#define WBPF_STATIC(resource, name, n, params, result, doc) COMPONENT_FUNCTION(resource, name)
#define WBPF_FUNC(interface, name, n, params, result, doc) COMPONENT_FUNCTION(interface, name)
#include "abi/wbpf_component.def"

/* The component gave a resource back. */
#define WBPF_RESOURCE(name, doc) void component_##name##_drop(struct component *c, uint32_t number);
#include "abi/wbpf_component.def"

/* --- memory (component_memory.c) ------------------------------------------------------------- */

enum { COMPONENT_SHARED = 4096 /* address of the struct wbpf_shared */ };

int component_memory_new(struct component *c);    /* 0, or a negative errno */
void component_memory_begin(struct component *c); /* what earlier calls have put there is gone */

/* Room for len bytes until the next call, zeroed and 8-byte aligned. 0: there is none. */
wbpf_addr component_room(struct component *c, size_t len);
/* The same, with these bytes. */
wbpf_addr component_put(struct component *c, const void *bytes, size_t len);
struct wbpf_str component_put_str(struct component *c, const void *text, size_t len);

/* The bytes at an address that is known to be good. */
static inline void *component_at(const struct component *c, wbpf_addr addr)
{
	return c->memory->base + addr;
}

/* Whole pages for len bytes, which stay until component_region_free(). like: whose they are. 0, or
 * -ENOMEM. */
int component_region_new(struct component *c, uint32_t len, const struct region *like,
			 struct region *ret);
void component_region_free(struct component *c, wbpf_addr addr);

/* --- results (component_result.c) ------------------------------------------------------------ */

/*
 * Makes result an error with that negative errno; what libbpf said meanwhile comes with it. The
 * message is followed by the errno's text. Returns 0: for the engine the call went well.
 */
int component_fail(struct component *c, struct value *result, int err, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* A record of the definition, with its fields as they are filled. */
struct record {
	struct value *value;
	const char *name;
};
struct record component_record(struct value *v, const char *name);
struct value *component_field(struct record *r, const char *name);

/* A name of the definition as WIT has it: "-" for "_". buf has size bytes. */
const char *component_name(const char *name, char *buf, size_t size);

/* --- handles (component_handles.c) ----------------------------------------------------------- */

/* For messages: the name of the map or program, "?" when it is gone. Until the next call. */
const char *component_name_of(struct component *c, wbpf_handle h);
int component_set_u32(struct component *c, wbpf_handle h, uint32_t key, uint32_t number);
int component_set_bytes(struct component *c, wbpf_handle h, uint32_t key, const void *p,
			size_t len);
/* get() of a struct that begins with its size, or of a number. 0, or a negative errno. */
int component_get(struct component *c, wbpf_handle h, uint32_t key, void *to, uint32_t size);
/* A property of any length, appended. */
int component_get_text(struct component *c, wbpf_handle h, uint32_t key, struct strbuf *ret);
/* bpf(2): attr is read and written. */
int component_bpf(struct component *c, uint32_t cmd, void *attr, uint32_t size);
/* result<_, error> of err: what was to be done, and of what. */
int component_done(struct component *c, struct value *result, int err, const char *what,
		   const char *of);

/* --- between the subjects --------------------------------------------------------------------- */

/* Data sections' regions of maps that are gone (component_data.c). */
void component_data_forget(struct component *c);
/* Ends event streams at the component's end. */
void component_streams_free(struct component *c);

#endif
