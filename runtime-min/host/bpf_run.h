/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One bpf() call under way, for the files behind call_bpf.c. Which of the kernel's fields hold
 * descriptors and addresses is data (struct field); what data cannot say is a function that the
 * command's row names.
 *
 * Three rules for everything here:
 * - The kernel gets a copy of the module's union bpf_attr, and of it only fields that are known.
 * - Where a descriptor belongs it gets one that the module holds, else one that no process has, so
 *   that it is the kernel who says -EBADF, when it comes to that field.
 * - Where a pointer belongs it gets one into the module's memory, all bytes of it checked, or one
 * to a copy that lives as long as the call.
 */
#ifndef WBPF_HOST_BPF_RUN_H
#define WBPF_HOST_BPF_RUN_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "host/instance.h"

enum what {
	FIELDS_END,
	HANDLE,           /* of anything: the kernel knows what it needs */
	OPTIONAL_HANDLE,  /* 0: none */
	RELATIVE_HANDLE,  /* 0: none; an id when the u32 of flags at count_off has BPF_F_ID */
	BYTES,            /* pointer to as many bytes as the u32 at count_off says */
	NUMBERS,          /* pointer to as many times unit bytes */
	RECORDS,          /* the same, and the u32 at unit says how many bytes */
	STRING,           /* pointer to a NUL-terminated string */
	STRINGS,          /* pointer to count addresses of strings */
	LONGS,            /* pointer to count longs: 32 bits in the module, 64 in the kernel */
	KERNEL_ADDRESSES, /* the same; the module has the low half of each */
	KEY,              /* pointer to a key of the map; 0 where the kernel allows it */
	VALUE,            /* pointer to a value, of all CPUs in a per-CPU map */
	KEYS,             /* pointer to batch.count keys */
	VALUES,           /* pointer to batch.count values */
	BATCH,            /* pointer to a batch position */
};

struct field {
	uint8_t what; /* enum what */
	uint16_t off, count_off, unit;
};

enum { MAX_FIELDS = 9, MAX_OWNED = 8 };

struct run {
	struct instance *in;
	uint32_t cmd;
	wbpf_handle first;        /* the module's first word, a handle or an id in many commands */
	const struct handle *map; /* whose elements the command is about */
	uint8_t element[8];       /* a key or value with its handle translated */
	void *state;              /* between a command's two functions */
	void *owned[MAX_OWNED];   /* freed at the end */
	unsigned int nr_owned;
	uint32_t size;       /* how much of attr is the module's and the kernel's */
	union bpf_attr attr; /* what the kernel gets; all that is known of it is set */
};

/* Zeroed memory that lives as long as the call, or NULL. */
void *run_alloc(struct run *r, size_t size);

/* Translates fields of r->attr, at most MAX_FIELDS. 0 or a negative errno. */
int run_translate(struct run *r, const struct field *fields);

/* A pointer for the kernel to a span of the module, 0 for address 0. 0 or -EFAULT. */
int run_span(const struct run *r, uint64_t addr, uint64_t len, uint64_t *ret);

uint32_t run_u32(const struct run *r, size_t off);
uint64_t run_u64(const struct run *r, size_t off);
void run_set(struct run *r, size_t off, uint64_t value);

/*
 * What rows of the table name. Those that return int come before the kernel: 0, or a negative
 * errno that ends the call. Those with a result come behind it and return the call's.
 */

/* bpf_elements.c: what keys and values of maps are made of */
int run_take_map(struct run *r, size_t off); /* the map whose handle is at off */
/* Of a map's value: of all CPUs where each has one. */
uint64_t element_value_bytes(const struct instance *in, const struct handle *map);
uint64_t run_element_bytes(const struct run *r, enum what what);
int run_element(struct run *r);
int run_batch(struct run *r);
int run_map_create(struct run *r);
/*
 * A whole call, what programs do most: lookup, update, delete or next key of an element. It goes
 * straight to the kernel when the map's keys and values are nothing but bytes and attr has just
 * libbpf's size; of anything else it has done nothing yet and takes the general way.
 */
int32_t run_element_call(struct instance *in, uint32_t cmd, wbpf_addr addr, uint32_t size);

/* The general way: any command, as the table in call_bpf.c says. */
int32_t run_general(struct instance *in, uint32_t cmd, wbpf_addr addr, uint32_t size);

/* bpf_struct_ops.c */
int run_struct_ops(struct run *r);
int run_test(struct run *r);
int32_t run_tested(struct run *r, long ret);

/* bpf_programs.c */
int run_prog_load(struct run *r);
int32_t run_prog_loaded(struct run *r, long ret);
int run_attach_target(struct run *r);

/* bpf_links.c */
int run_link_create(struct run *r);
int run_link_update(struct run *r);
int32_t run_link_created(struct run *r, long ret);

/* bpf_infos.c */
int run_info(struct run *r);
int32_t run_info_given(struct run *r, long ret);

/* bpf_ids.c: objects by id, by path and by process */
int run_task_query(struct run *r);
int32_t run_got_by_id(struct run *r, long ret);
int32_t run_got_by_path(struct run *r, long ret);
/* A handle of the kind for a new descriptor, which learns what is to know of a map. */
wbpf_handle run_add(struct run *r, enum wbpf_kind kind, int fd);

#endif
