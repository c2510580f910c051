/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The part of the kernel's types that loading an object needs, as BTF of its own: some kilobytes
 * where the whole has megabytes, which libbpf reads in a fraction of the time.
 *
 * When types are named to the kernel by their ids, those that are kept keep theirs, and an empty
 * one stands for each of the others; else they are numbered anew.
 */
#ifndef WBPF_HOST_BTF_PART_H
#define WBPF_HOST_BTF_PART_H

#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "host/btf_needs.h"
#include "host/kernel_btf.h"

/*
 * Appends the part in the form in which it is kept: what it depends on is the needs and the kernel.
 * 0, -EINVAL when the kernel's types are not as they should be, or -ENOMEM.
 */
int btf_part_make(const struct btf_needs *n, const struct kernel_btf *kernel, struct strbuf *ret);

/*
 * Appends the BTF that a kept part stands for. Where names is not NULL, it becomes the ids of the
 * named types, one for each need (0: the kernel has none, or it is not asked for by name), an array
 * of n->count to free(). 0, -EINVAL for what is no part for these needs, or -ENOMEM.
 */
int btf_part_expand(const struct btf_needs *n, const void *part, size_t size, struct strbuf *ret,
		    uint32_t **names);

#endif
