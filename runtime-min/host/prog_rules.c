/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/prog_rules.h"

#include <errno.h>
#include <stdint.h>

#include <bpf/libbpf.h>

#include "abi/wbpf_abi.h"
#include "host/instance.h"

bool prog_rule_is_wide(const struct bpf_insn *i)
{
	return i->code == (BPF_LD | BPF_IMM | BPF_DW);
}

static bool is_own_map(const struct bpf_object *o, int fd)
{
	struct bpf_map *m;

	bpf_object__for_each_map(m, o)
		if (bpf_map__fd(m) == fd)
			return true;
	return false;
}

/* A map of the module's, in a program whose instructions it gave us with handles in them. */
static bool is_given_map(const struct instance *in, const struct bpf_program *p, int fd)
{
	bool given = false, held = false;

	for (uint32_t i = 0; i < in->handles.count; i++) {
		const struct handle *h = in->handles.entries[i];
		given |= h->kind == WBPF_KIND_PROG && h->ptr == p && h->own_insns;
		held |= h->kind == WBPF_KIND_MAP && h->fd == fd;
	}
	return given && held;
}

/* A load of 64 bits whose number stands for a map. */
static bool is_foreign_map(const struct instance *in, const struct bpf_object *o,
			   const struct bpf_program *p, const struct bpf_insn *i)
{
	if (!prog_rule_is_wide(i))
		return false;
	if (i->src_reg == BPF_PSEUDO_MAP_IDX || i->src_reg == BPF_PSEUDO_MAP_IDX_VALUE)
		return true;
	return (i->src_reg == BPF_PSEUDO_MAP_FD || i->src_reg == BPF_PSEUDO_MAP_VALUE) &&
	       !is_own_map(o, i->imm) && !is_given_map(in, p, i->imm);
}

/* A helper of syscall programs; these act on the descriptors of the process that runs them. */
static const char *descriptor_helper(const struct bpf_insn *i)
{
	if (i->code != (BPF_JMP | BPF_CALL) || i->src_reg)
		return NULL;
	switch (i->imm) {
	case BPF_FUNC_sys_bpf:
		return "bpf_sys_bpf";
	case BPF_FUNC_sys_close:
		return "bpf_sys_close";
	case BPF_FUNC_btf_find_by_name_kind:
		return "bpf_btf_find_by_name_kind";
	default:
		return NULL;
	}
}

const char *prog_rule_helper(const struct bpf_insn *insns, size_t n, size_t *at)
{
	for (size_t i = 0; i < n; i++) {
		const char *helper = descriptor_helper(&insns[i]);
		if (helper) {
			*at = i;
			return helper;
		}
		if (prog_rule_is_wide(&insns[i]))
			i++; /* its second half */
	}
	return NULL;
}

void prog_rule_tell_helper(struct log *l, const char *prog, int max, size_t at, const char *helper)
{
	log_add(l, WBPF_LOG_WARN,
		"wbpf: prog '%.*s': instruction %zu calls %s(), which acts on descriptors of the "
		"host: not allowed\n",
		max, prog, at, helper);
}

int prog_rule_translate(const struct instance *in, struct bpf_insn *insns, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!prog_rule_is_wide(&insns[i]))
			continue;
		switch (insns[i].src_reg) {
		case BPF_PSEUDO_MAP_FD:
		case BPF_PSEUDO_MAP_VALUE:
			insns[i].imm = instance_descriptor(in, insns[i].imm);
			break;
		case 0: /* a number */
		case BPF_PSEUDO_BTF_ID:
		case BPF_PSEUDO_FUNC:
		case BPF_PSEUDO_MAP_IDX:
		case BPF_PSEUDO_MAP_IDX_VALUE:
			break;
		default:
			return -EINVAL;
		}
		i++; /* its second half */
	}
	return 0;
}

static int check_program(struct instance *in, const struct bpf_object *o,
			 const struct bpf_program *p)
{
	const struct bpf_insn *insns = bpf_program__insns(p);
	size_t n = bpf_program__fd(p) < 0 ? 0 : bpf_program__insn_cnt(p), at;
	const char *helper = prog_rule_helper(insns, n, &at);

	if (helper) {
		prog_rule_tell_helper(&in->log, bpf_program__name(p), 1024, at, helper);
		return -EPERM;
	}
	for (size_t i = 0; i < n; i++) {
		if (is_foreign_map(in, o, p, &insns[i])) {
			log_add(&in->log, WBPF_LOG_WARN,
				"wbpf: prog '%s': instruction %zu names a map that is not one of "
				"the module's: not allowed\n",
				bpf_program__name(p), i);
			return -EPERM;
		}
		if (prog_rule_is_wide(&insns[i]))
			i++; /* its second half */
	}
	return 0;
}

int prog_rule_loaded(struct instance *in, struct bpf_object *o)
{
	struct bpf_program *p;
	int err = 0;

	bpf_object__for_each_program(p, o)
		if (!err)
			err = check_program(in, o, p);
	if (err)
		bpf_object__for_each_program(p, o)
			bpf_program__unload(p);
	return err;
}
