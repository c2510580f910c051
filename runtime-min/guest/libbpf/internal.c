// SPDX-License-Identifier: BSD-2-Clause
/* What libbpf's own files, compiled as they are, expect of those that stay on the host. */
#include <bpf/btf.h>

#include "guest/libbpf/internal.h"

const struct btf_type *skip_mods_and_typedefs(const struct btf *btf, __u32 id, __u32 *ret_id)
{
	const struct btf_type *t = btf__type_by_id(btf, id);

	while (btf_is_mod(t) || btf_is_typedef(t)) {
		id = t->type;
		t = btf__type_by_id(btf, id);
	}
	if (ret_id)
		*ret_id = id;
	return t;
}

/* Concerns kprobes on system calls, which the host's libbpf attaches. */
int probe_kern_syscall_wrapper(int token)
{
	return 0;
}
