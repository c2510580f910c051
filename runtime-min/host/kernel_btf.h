/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The types of the kernel and its modules, as /sys/kernel/btf offers them. Read once, searched
 * where they lie.
 *
 * Source: Documentation/bpf/btf.rst; include/uapi/linux/btf.h.
 */
#ifndef WBPF_HOST_KERNEL_BTF_H
#define WBPF_HOST_KERNEL_BTF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct btf_type; /* linux/btf.h */

#define KERNEL_BTF_VMLINUX "vmlinux"

struct kernel_btf {
	struct kernel_btf *next;
	char *name; /* owned */
	uint8_t *data;
	size_t size;
	bool mapped; /* else malloc()ed */
	const uint8_t *types;
	uint32_t types_len;
	const char *strs;
	uint32_t strs_len;
	const struct kernel_btf *base; /* vmlinux, for a module's; NULL: this is it */
	uint32_t first_id;
	uint32_t count;    /* types of its own */
	uint32_t *offsets; /* where each of them begins, bytes from the first; owned */
};

/*
 * That of vmlinux or a module, from the list or put into it. 0, -ENOENT, -EINVAL when it is not as
 * its header says, or what reading it said.
 */
int kernel_btf_get(struct kernel_btf **list, const char *name, const struct kernel_btf **ret);

/* The type at *offset (bytes from the first of its own), which moves behind it; NULL at the end,
 * and where the rest is not as it should be. Only types and types_len need to be set. */
const struct btf_type *kernel_btf_next(const struct kernel_btf *b, uint32_t *offset);

/* The index-th of its own, which must be below count. */
static inline const struct btf_type *kernel_btf_type(const struct kernel_btf *b, uint32_t index)
{
	return (const struct btf_type *)(b->types + b->offsets[index]);
}

/* The lowest id of its own types with that name and kind (-1: any), or -ENOENT. */
int32_t kernel_btf_find(const struct kernel_btf *b, const char *name, int32_t kind);

/* A type's name, "" when it has none, NULL when there is no such type. kind may be NULL. */
const char *kernel_btf_name(const struct kernel_btf *b, uint32_t id, uint32_t *kind);

void kernel_btf_free(struct kernel_btf *list);

#endif
