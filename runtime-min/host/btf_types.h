/* SPDX-License-Identifier: BSD-2-Clause */
/* Questions about types of a module's object, which may mean harm. */
#ifndef WBPF_HOST_BTF_TYPES_H
#define WBPF_HOST_BTF_TYPES_H

#include <stdbool.h>
#include <stdint.h>

#include <bpf/btf.h>

/* The kernel refuses deeper ones (MAX_RESOLVE_DEPTH in kernel/bpf/btf.c); a circle has no end. */
#define BTF_TYPES_MAX_DEPTH 32

/* The type behind const, volatile, restrict, tags and typedefs, or NULL. */
static inline const struct btf_type *btf_types_resolve(const struct btf *btf, uint32_t id)
{
	const struct btf_type *t = btf__type_by_id(btf, id);

	for (int i = 0; t && (btf_is_mod(t) || btf_is_typedef(t)); i++)
		t = i < BTF_TYPES_MAX_DEPTH ? btf__type_by_id(btf, t->type) : NULL;
	return t;
}

static inline bool btf_types_is_pointer(const struct btf *btf, uint32_t id)
{
	const struct btf_type *t = btf_types_resolve(btf, id);

	return t && btf_is_ptr(t);
}

#endif
