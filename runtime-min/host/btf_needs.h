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
	/* CO-RE: all types of that kind and essential name, with their fields; or without those of
	 * structs */
	BTF_NEED_FIELDS = 1,
	BTF_NEED_TYPE,
	/* the first type of exactly that kind and name, by its id; of the last only the id */
	BTF_NEED_NAME,
	BTF_NEED_STRUCT_OPS, /* with its fields and what their pointers call */
	BTF_NEED_TARGET,     /* where a program goes: libbpf passes it on */
};

struct btf_need {
	enum btf_need_how how;
	uint32_t kind; /* BTF_KIND_* */
	char *name;    /* owned; of a CO-RE root the essential part */
};

struct btf_needs {
	struct btf_need *all; /* sorted, none twice: equal needs are the same bytes */
	size_t count;
	bool ids;   /* libbpf reads types whose ids it names to the kernel */
	bool whole; /* more than this file understands: only all types will do */
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
