/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Loading a program, and attaching without a link: the fields that mean something else from case
 * to case.
 *
 * Source: bpf_prog_load(), bpf_prog_attach(), bpf_prog_query() in kernel/bpf/syscall.c;
 * resolve_pseudo_ldimm64() and fetch_kfunc_btf() in kernel/bpf/verifier.c.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "host/bpf_run.h"
#include "host/prog_rules.h"

/* The kernel reads no more instructions. */
enum { MAX_INSTRUCTIONS = 1000000 };

struct loading {
	const char *helper; /* that the program may not call */
	size_t at;
};

/* How many entries of fd_array the instructions name; a negative errno. */
static int64_t descriptors_named(const struct bpf_insn *insns, uint32_t n)
{
	int64_t max = 0, index;

	for (uint32_t i = 0; i < n; i++) {
		if (prog_rule_is_wide(&insns[i])) {
			bool by_index = insns[i].src_reg == BPF_PSEUDO_MAP_IDX ||
					insns[i].src_reg == BPF_PSEUDO_MAP_IDX_VALUE;
			index = by_index ? insns[i].imm : -1;
			if (by_index && index < 0)
				return -EFAULT; /* outside the array */
			i++;
		} else {
			bool module = insns[i].code == (BPF_JMP | BPF_CALL) &&
				      insns[i].src_reg == BPF_PSEUDO_KFUNC_CALL;
			index = module ? insns[i].off : -1;
		}
		if (index >= max)
			max = index + 1;
	}
	return max;
}

static int copy_descriptors(struct run *r, const struct bpf_insn *insns, uint32_t n)
{
	int64_t count = descriptors_named(insns, n);
	uint64_t host;

	if (count < 0)
		return (int)count;
	if (!r->attr.fd_array)
		return 0;
	if (count < r->attr.fd_array_cnt)
		count = r->attr.fd_array_cnt;
	int err = run_span(r, r->attr.fd_array, (uint64_t)count * sizeof(int), &host);
	int *fds = err ? NULL : run_alloc(r, (size_t)count * sizeof(int));
	if (!fds)
		return err ? err : -ENOMEM;
	for (int64_t i = 0; i < count; i++) {
		wbpf_handle value;
		memcpy(&value, (const uint8_t *)(uintptr_t)host + i * (int64_t)sizeof(value),
		       sizeof(value));
		fds[i] = instance_descriptor(r->in, value);
	}
	r->attr.fd_array = (uint64_t)(uintptr_t)fds;
	return 0;
}

/* The instructions are copied, so that the kernel gets those that were looked at. */
int run_prog_load(struct run *r)
{
	struct loading *l = run_alloc(r, sizeof(*l));
	uint32_t n = r->attr.insn_cnt;
	uint64_t host;

	r->state = l;
	if (!l)
		return -ENOMEM;
	if (n > MAX_INSTRUCTIONS)
		return -E2BIG;
	if (!r->attr.insns)
		return 0;
	int err = run_span(r, r->attr.insns, n * sizeof(struct bpf_insn), &host);
	struct bpf_insn *insns = err ? NULL : run_alloc(r, n * sizeof(*insns));
	if (!insns)
		return err ? err : -ENOMEM;
	memcpy(insns, (const void *)(uintptr_t)host, n * sizeof(*insns));
	r->attr.insns = (uint64_t)(uintptr_t)insns;
	err = copy_descriptors(r, insns, n);
	if (!err)
		err = prog_rule_translate(r->in, insns, n);
	if (!err)
		l->helper = prog_rule_helper(insns, n, &l->at);
	return err;
}

/*
 * What is not allowed is given back only now: where the kernel refuses the program too, which it
 * does in most program types, its own answer and log are worth more.
 */
int32_t run_prog_loaded(struct run *r, long ret)
{
	const struct loading *l = r->state;

	if (ret < 0 || !l->helper)
		return ret < 0 ? (int32_t)ret : run_add(r, WBPF_KIND_PROG, (int)ret);
	close((int)ret);
	prog_rule_tell_helper(&r->in->log, r->attr.prog_name, sizeof(r->attr.prog_name), l->at,
			      l->helper);
	instance_update_shared(r->in);
	return -EPERM;
}

/* tcx and netkit take an interface index. The target is the first word, the rest differs. */
int run_attach_target(struct run *r)
{
	uint32_t type = r->cmd == BPF_PROG_QUERY ? r->attr.query.attach_type : r->attr.attach_type;

	switch (type) {
	case BPF_TCX_INGRESS:
	case BPF_TCX_EGRESS:
	case BPF_NETKIT_PRIMARY:
	case BPF_NETKIT_PEER:
		return 0;
	case BPF_FLOW_DISSECTOR: /* to be attached, of this network namespace */
		if (!r->attr.target_fd)
			return 0;
		/* fall through */
	default:
		r->attr.target_fd = (uint32_t)instance_descriptor(r->in, r->first);
		return 0;
	}
}
