/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table of what a module holds. A handle is index + generation + kind (abi/wbpf_abi.h): one
 * that was given back, that was never given out, or that is of another kind gives -EBADF.
 */
#ifndef WBPF_HOST_HANDLE_H
#define WBPF_HOST_HANDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi/wbpf_abi.h"

#define HANDLE_LIMIT 16384 /* handles that one module may hold */

struct opened; /* opened.h */

/* One entry. Which fields count depends on the kind. */
struct handle {
	uint16_t kind; /* enum wbpf_kind; 0: free */
	uint16_t generation;
	uint32_t next_free;    /* index of the next free entry while this one is free */
	wbpf_handle value;     /* what the module holds */
	int fd;                /* the host's descriptor; -1: none (yet) */
	void *ptr;             /* struct bpf_map, bpf_program, bpf_link; NULL when only fd counts */
	struct opened *opened; /* what maps, programs and links of an object belong to */
	uint8_t file;          /* files: enum wbpf_file_kind; 0: an iterator */
	/* maps: what bpf(2) needs at each call, without asking the kernel */
	uint32_t map_type, key_size, value_size;
	uint32_t insn_cnt; /* programs of an object: the size that its relocations are for */
	bool own_insns;    /* programs of an object: the module set its instructions */
	bool struct_ops;   /* links: of a struct_ops map; programs with type_known: of that type */
	bool type_known;   /* programs: the kernel was asked, once loaded */
	bool shared;       /* programs of an object: fd is that of another module's (shares.h) */
};

struct handle_table {
	struct handle **entries; /* each allocated alone: pointers stay valid */
	uint32_t count, cap;
	uint32_t first_free, last_free; /* HANDLE_LIMIT: none. First in, first out: late reuse */
};

void handle_table_init(struct handle_table *t);
void handle_table_free(struct handle_table *t); /* closes nothing: instance.c does */

/* A new entry of the kind with fd -1, or NULL with *err -EMFILE or -ENOMEM. */
struct handle *handle_new(struct handle_table *t, enum wbpf_kind kind, int *err);
void handle_release(struct handle_table *t, struct handle *h);

/* The entry behind a value that came from the module, or NULL (say -EBADF). kind 0: any. */
static inline struct handle *handle_find(const struct handle_table *t, wbpf_handle value,
					 unsigned int kind)
{
	uint32_t index = (uint32_t)value & (HANDLE_LIMIT - 1);

	if (!WBPF_IS_HANDLE(value) || index >= t->count)
		return NULL;
	struct handle *h = t->entries[index];
	if (!h->kind || h->value != value || (kind && h->kind != kind))
		return NULL;
	return h;
}

#endif
