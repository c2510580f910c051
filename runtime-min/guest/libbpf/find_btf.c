// SPDX-License-Identifier: BSD-2-Clause
/* The kernel's types by what attaches to them. */
#include <string.h>

#include <linux/btf.h>

#include "guest/libbpf/object.h"

enum { MAX_NAME = 128 }; /* libbpf's limit, with the prefix */

static const char *prefix_of(enum bpf_attach_type type)
{
	switch (type) {
	case BPF_TRACE_RAW_TP:
		return "btf_trace_";
	case BPF_LSM_MAC:
	case BPF_LSM_CGROUP:
		return "bpf_lsm_";
	case BPF_TRACE_ITER:
		return "bpf_iter_";
	default:
		return "";
	}
}

int libbpf_find_vmlinux_btf_id(const char *name, enum bpf_attach_type type)
{
	struct wbpf_btf q = {
		.size = sizeof(q),
		.kind = type == BPF_TRACE_RAW_TP ? BTF_KIND_TYPEDEF : BTF_KIND_FUNC,
		.of = wbpf_str("vmlinux"),
	};
	const char *prefix = prefix_of(type);
	char full[MAX_NAME];
	int err = -ENAMETOOLONG;

	if (strlen(prefix) + strlen(name) < sizeof(full)) {
		strcpy(full, prefix);
		strcat(full, name);
		q.name = wbpf_str(full);
		err = HOST(btf, WBPF_BTF_FIND, &q, sizeof(q));
	}
	if (!err)
		return (int)q.id;
	warn("%s is not found in vmlinux BTF\n", name);
	return ret_err(err);
}
