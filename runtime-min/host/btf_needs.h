/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What loading a BPF object asks of the kernel's types: the roots of its CO-RE relocations, the
 * functions, variables and structs that it names. Everything else of the kernel's types makes no
 * difference to it.
 *
 * Source: how libbpf's relocation finds and compares types (bpf_core_find_cands() and
 * bpf_core_calc_relo() in the pinned release); Documentation/bpf/btf.rst and
 * Documentation/bpf/llvm_reloc.rst for .BTF.ext.
 */
#ifndef WBPF_HOST_BTF_NEEDS_H
#define WBPF_HOST_BTF_NEEDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bpf_object;
struct bpf_program;

enum btf_need_how {
	BTF_NEED_FIELDS =
		1,         /* CO-RE: all types of that kind and essential name, with their fields */
	BTF_NEED_TYPE = 2, /* CO-RE: the same types, without the fields of structs */
	BTF_NEED_NAME = 3, /* the first type of exactly that kind and name, by its id */
	BTF_NEED_STRUCT_OPS = 4, /* the same, with its fields and what their pointers call */
};

struct btf_need {
	enum btf_need_how how;
	uint32_t kind; /* BTF_KIND_* */
	char *name;    /* owned; of a CO-RE root the essential part */
};

struct btf_needs {
	struct btf_need *all; /* sorted, none twice: equal needs are the same bytes */
	size_t count;
	bool ids;   /* types are named to the kernel by their ids */
	bool whole; /* more than this file understands: only all types will do */
	bool none;  /* it asks nothing: the kernel's types are not read */
};

/*
 * Reads the needs of an object file, which object_rule_bytes() let pass, and of what libbpf made of
 * it (programs' types and sections). What cannot be read makes ret->whole. 0 or -ENOMEM.
 */
int btf_needs_read(struct btf_needs *ret, void *bytes, size_t len, const struct bpf_object *o);
void btf_needs_free(struct btf_needs *n);

/* Bytes of the name before its flavor ("task_struct" of "task_struct___old"). */
size_t btf_essential_len(const char *name);

/* What stands before a tracing program's target in the name of the kernel's type for it. */
const char *btf_target_prefix(const struct bpf_program *p);

/* CO-RE takes the two kinds of enums for one. */
bool btf_kinds_fit(uint32_t a, uint32_t b);

#endif
