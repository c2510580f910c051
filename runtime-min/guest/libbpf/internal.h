/* SPDX-License-Identifier: BSD-2-Clause */
/* Names that libbpf's files share among themselves. */
#ifndef WBPF_GUEST_INTERNAL_H
#define WBPF_GUEST_INTERNAL_H

#include <bpf/btf.h>

/*
 * The type behind const, volatile, restrict, tags and typedefs; its id too, unless ret_id is NULL.
 */
const struct btf_type *skip_mods_and_typedefs(const struct btf *btf, __u32 id, __u32 *ret_id);

int probe_kern_syscall_wrapper(int token);

#endif
