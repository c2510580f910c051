/* SPDX-License-Identifier: BSD-2-Clause */
/* What libbpf does with an object file before a module has handles of it, with the rules around it.
 */
#ifndef WBPF_HOST_OBJECT_H
#define WBPF_HOST_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bpf_map;
struct bpf_program;
struct cache;
struct log;
struct opened;

/* An object file and how it is opened: what libbpf gets in struct bpf_object_open_opts. */
struct object_source {
	const void
		*bytes; /* len of them; as a module has it, maybe compressed (struct wbpf_packed) */
	size_t len;
	const char *name, *kconfig, *pin_root_path, *btf_custom_path; /* NULL: none */
	bool relaxed_maps, no_token;
	uint32_t kernel_log_level, kernel_log_size;
	char *kernel_log_buf;
};

/* Opens it into o, which is new. l: the log that libbpf's messages go to now (log_capture()). cache
 * may be NULL. 0 or a negative errno. */
int object_open(struct opened *o, const struct object_source *s, struct log *l,
		struct cache *cache);

/* Loads it as it is, without a module: no arena, nothing shared. l as above. 0 or a negative errno.
 */
int object_load(struct opened *o, struct log *l);

enum { OBJECT_OTHER_KEY = 1, OBJECT_MAX_SIZE = 256 << 20 /* bytes */ };

/*
 * Sets a property of a map (kind WBPF_KIND_MAP) or program of o that is a number or the bytes of a
 * map's initial value. p: size bytes at any address. 0, a negative errno, or OBJECT_OTHER_KEY when
 * key is no such property.
 */
int object_set(struct opened *o, unsigned int kind, void *ptr, uint32_t key, const void *p,
	       uint32_t size);

/* A map's or program's place among those of the object, and what is there; NULL: nothing. */
uint32_t object_index(const struct opened *o, unsigned int kind, const void *ptr);
void *object_child(const struct opened *o, unsigned int kind, uint32_t index);

#endif
