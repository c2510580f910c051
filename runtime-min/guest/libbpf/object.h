/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the object layer keeps of the host's objects: a handle, and what can be answered without
 * asking.
 */
#ifndef WBPF_GUEST_OBJECT_H
#define WBPF_GUEST_OBJECT_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "guest/host.h"
#include "guest/log.h"

enum wbpf_state { WBPF_OPEN, WBPF_PREPARED, WBPF_LOADED };

struct bpf_map {
	struct bpf_object *obj;
	wbpf_handle handle; /* 0: the pattern of a map of maps, only to be looked at */
	struct wbpf_map_info info;
	char *name;      /* owned */
	char *section;   /* owned; a data section's name, which the map's may not show */
	char *pin_path;  /* owned; NULL: none. Fetched when asked for */
	void *data;      /* a data section's contents, page-aligned; after load the kernel's own */
	size_t data_len; /* bytes of the value */
	size_t data_space; /* bytes at data, whole pages */
	bool data_mapped;
	void *arena;         /* where it lies or will lie, whole pages; NULL: not here */
	bool arena_chosen;   /* by the program, whose memory it is then */
	bool arena_live;     /* data lies in it */
	uint32_t *functions; /* owned; of a struct_ops map, where data has pointers to programs */
	size_t function_cnt;
	struct bpf_map *inner; /* owned; fetched when asked for */
	struct bpf_program *exclusive;
};

struct bpf_program {
	struct bpf_object *obj;
	wbpf_handle handle;
	struct wbpf_prog_info info;
	char *name;             /* owned */
	char *section;          /* owned */
	struct bpf_insn *insns; /* owned; fetched when asked for, NULL when they may have changed */
	void *func_info;        /* owned; the same */
	void *line_info;        /* owned; the same */
	char *log_buf;          /* the program's own, given by set_log_buf() */
	size_t log_size;
	struct wbpf_handler *handler; /* owned; a custom section handler's, handlers.c */
};

struct bpf_object {
	wbpf_handle handle;
	char *name; /* owned */
	uint32_t kernel_version;
	enum wbpf_state state;
	struct bpf_map *maps;
	size_t map_cnt;
	struct bpf_program *progs;
	size_t prog_cnt;
	char *log_buf; /* the program's own, from the open options */
	size_t log_size;
	struct btf *btf; /* owned; fetched when asked for, object_btf.c */
};

struct bpf_link {
	wbpf_handle handle;
	wbpf_handle event; /* a perf event that ends with the link; 0: none */
	char *pin_path;    /* owned; NULL: not pinned */
	bool disconnected;
};

/* libbpf's way to fail: a negative errno that is also in errno; NULL with errno set. */
static inline int ret_err(int ret)
{
	if (ret < 0)
		errno = -ret;
	return ret;
}

static inline void *ret_null(int err)
{
	errno = -err;
	return NULL;
}

/*
 * An options struct carries its size, as it may be older or newer than ours. opts_ok(): it has a
 * size, and what lies behind the fields that we know is zero.
 */
bool wbpf_opts_ok(const void *opts, size_t size, size_t known, const char *type);

#define END_OF(ptr, field)                                                                         \
	(offsetof(__typeof__(*(ptr)), field) + sizeof(((__typeof__(ptr))0)->field))
#define opts_ok(opts, type)                                                                        \
	(!(opts) || wbpf_opts_ok(opts, (opts)->sz, END_OF(opts, type##__last_field), #type))
#define opt(opts, field, otherwise)                                                                \
	((opts) && (opts)->sz >= END_OF(opts, field) ? (opts)->field : (otherwise))

/* A property as a malloc()ed string; NULL with errno set when it cannot be had. */
char *wbpf_get_string(wbpf_handle h, enum wbpf_key key);
/* The same of any bytes, with a NUL behind them. */
void *wbpf_get_bytes(wbpf_handle h, enum wbpf_key key, int *ret_len);
int wbpf_set_u32(wbpf_handle h, enum wbpf_key key, uint32_t value);
int wbpf_set_string(wbpf_handle h, enum wbpf_key key, const char *s);

int wbpf_map_init(struct bpf_map *map, struct bpf_object *obj, wbpf_handle h);
void wbpf_map_free(struct bpf_map *map);
bool wbpf_map_is_created(const struct bpf_map *map);
int wbpf_map_set_u32(struct bpf_map *map, enum wbpf_key key, uint32_t value);
bool wbpf_map_is_kconfig(const struct bpf_map *map);
int wbpf_map_refresh(struct bpf_map *map);   /* info anew */
int wbpf_map_data_send(struct bpf_map *map); /* before load: initial contents to the host, and
						where an arena shall lie */
int wbpf_map_data_map(struct bpf_map *map);  /* after load: the kernel's pages in their place */

/*
 * An arena. place(): before load, memory for it unless the program has chosen some, which is what
 * choose() does. loaded(): its variables are the kernel's own from now on. start(): its first page,
 * or NULL before it is made.
 */
int wbpf_map_arena_choose(struct bpf_map *map, uint64_t extra);
int wbpf_map_arena_place(struct bpf_map *map);
void wbpf_map_arena_loaded(struct bpf_map *map);
void *wbpf_map_arena_start(const struct bpf_map *map);
void wbpf_map_arena_drop(struct bpf_map *map);

/*
 * The same for a struct_ops map of which the program has asked for the initial value. Weak: no
 * other program pays for it.
 */
int wbpf_map_functions_send(struct bpf_map *map) __attribute__((weak));

int wbpf_prog_init(struct bpf_program *prog, struct bpf_object *obj, wbpf_handle h);
void wbpf_prog_free(struct bpf_program *prog);
int wbpf_prog_refresh(struct bpf_program *prog);
void wbpf_prog_forget(struct bpf_program *prog); /* instructions and what belongs to them */

/* A link for a fresh handle, which it owns; gives the handle back and sets errno on failure. */
struct bpf_link *wbpf_link_new(wbpf_handle h);

/* bpf_object__open_mem(); flags: WBPF_OPEN_SECTION when bytes are the name of a section. */
struct bpf_object *wbpf_object_open(const void *bytes, size_t len, uint32_t flags,
				    const struct bpf_object_open_opts *opts);

/* Prepares, or prepares and loads: whatever creates maps. A negative errno. */
int wbpf_object_create(struct bpf_object *obj, bool load);

/*
 * What only some programs use; weak, so that others do not pay for it.
 *
 * wbpf_object_drop_btf(), wbpf_object_resize_btf(): the object's own BTF goes, or follows a data
 * section's new size.
 * wbpf_handlers_open(): programs get their custom section handlers.
 * wbpf_handlers_load(): what these want to have before the programs are loaded.
 * wbpf_handler_attach(): for a program with a handler. *link stays NULL when that does not attach,
 * which is an error unless automatic.
 * wbpf_handler_retype(): the program's type was changed.
 */
void wbpf_object_drop_btf(struct bpf_object *obj) __attribute__((weak));
void wbpf_object_resize_btf(struct bpf_map *map) __attribute__((weak));
int wbpf_handlers_open(struct bpf_object *obj) __attribute__((weak));
int wbpf_handlers_load(struct bpf_object *obj) __attribute__((weak));
int wbpf_handler_attach(const struct bpf_program *prog, bool automatic, struct bpf_link **link)
	__attribute__((weak));
void wbpf_handler_retype(struct bpf_program *prog) __attribute__((weak));

#endif
