/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What libbpf sees of the kernel's types while it loads an object: the part that the object needs
 * (btf_part.h), made once for an object and a kernel and then taken from the cache. libbpf has no
 * function to be given it, so the linker puts ours (__wrap_*) in place of those with which it reads
 * the types and searches them (-Wl,--wrap, see CMakeLists.txt).
 *
 * Where the part cannot answer, libbpf gets all types: when the needs are not understood, when a
 * module's types build on them, and without /sys/kernel/btf.
 */
#ifndef WBPF_HOST_BTF_VIEW_H
#define WBPF_HOST_BTF_VIEW_H

#include "host/btf_needs.h"
#include "host/kernel_btf.h"

struct btf;
struct cache;

/* Where the types that libbpf got came from; for statistics. */
enum btf_view_source {
	BTF_VIEW_UNUSED, /* it did not ask */
	BTF_VIEW_CACHE,
	BTF_VIEW_MADE, /* the part, made now */
	BTF_VIEW_WHOLE,
};

/* Of one object. Zero: libbpf gets all types. */
struct btf_view {
	struct btf_needs needs;
	bool has_needs;
	const struct bpf_object *object; /* the caller's */
	struct cache *cache;             /* the caller's; NULL: none */
	enum btf_view_source source;
	/* while libbpf holds the part: */
	struct btf *part;  /* libbpf's */
	uint32_t *names;   /* the ids of what is named, one for each need */
	struct btf *whole; /* what modules' types build on */
	struct kernel_btf *kernel;
};

/* From an object's file and what libbpf made of it. 0 or -ENOMEM. */
int btf_view_init(struct btf_view *v, struct cache *cache, void *bytes, size_t len,
		  const struct bpf_object *o);
void btf_view_free(struct btf_view *v); /* after the object is closed */

/* Between these two calls, in this thread, libbpf sees the kernel's types so. */
void btf_view_enter(struct btf_view *v);
void btf_view_leave(void);

#endif
