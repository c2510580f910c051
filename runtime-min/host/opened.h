/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An opened object and what libbpf gets with it: the kernel's types, buffers for the verifier's
 * log, and BTF that stands for the kernel's.
 */
#ifndef WBPF_HOST_OPENED_H
#define WBPF_HOST_OPENED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "host/btf_view.h"
#include "host/map_arena.h"

#define OPENED_MAX_LOG (64u << 20) /* bytes of a log buffer; a larger one gets this much */
enum { OPENED_MAX_KEPT = 4096 };

struct bpf_object;

/* What the verifier writes into for a program, or for all that have none of their own. */
struct log_buffer {
	struct log_buffer *next;
	const void *of; /* struct bpf_program; NULL: the object's */
	char *bytes;    /* owned */
	uint32_t size;
};

/*
 * It is closed when its handle and the handles of all its links are given back: some of libbpf's
 * links (USDT) use the object when they are detached.
 */
struct opened {
	struct bpf_object *object;
	struct btf_view view; /* what libbpf sees of the kernel's types while it loads it */
	unsigned int refs;
	bool prepared; /* or tried to: its maps are what they will be */
	struct log_buffer *logs;
	void *file;       /* the object file when it came compressed; else NULL */
	size_t file_size; /* bytes */
	char *btf_path;   /* owned; the module's name of the BTF that stands for the kernel's */
	int btf_fd;       /* what libbpf opens by its number then; -1: none */
	int btf_err;      /* why that is empty */
	struct share_program *programs; /* shares.h */
	int *kept;                      /* descriptors that libbpf has the numbers of */
	size_t nr_kept;
	struct map_arena arena;
};

/* With one reference, or NULL. */
struct opened *opened_new(void);
void opened_put(struct opened *o); /* o may be NULL */

/*
 * Puts a copy in place of the descriptor, for libbpf to hold on to by its number until the object
 * is loaded: it stays open as long as the object, so that the number cannot become another
 * module's. What is no descriptor stays as it is. 0; -EMFILE (past OPENED_MAX_KEPT) or -ENOMEM.
 */
int opened_keep(struct opened *o, int *fd);

/*
 * When the bytes are a compressed object file (struct wbpf_packed), replaces them by what o->file
 * then holds. 0; -EINVAL: damaged; -E2BIG: larger than max; -ENOMEM.
 */
int opened_unpack(struct opened *o, const void **bytes, size_t *len, size_t max);

/*
 * A buffer in place of the one that was there, not NULL even for size 0; *size becomes what it has
 * (OPENED_MAX_LOG). NULL: no memory.
 */
char *opened_add_log(struct opened *o, const void *of, uint32_t *size);
void opened_drop_log(struct opened *o, const void *of);

/* The text that a load left in the buffer, *len bytes; NULL when there is no buffer, or no text. */
const char *opened_log(const struct opened *o, const void *of, size_t *len);

/*
 * The path under which libbpf finds the module's own BTF, before it is there. btf_path becomes the
 * object's. 0 or a negative errno.
 */
int opened_custom_btf(struct opened *o, char *btf_path, char *path, size_t size);

/* Puts the file there; a negative errno is kept for the case that libbpf misses it. */
void opened_set_custom_btf(struct opened *o, int fd);

#endif
