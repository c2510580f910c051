// SPDX-License-Identifier: BSD-2-Clause
/* A program's instructions, and what its BTF says about them. */
#include <stdlib.h>

#include "guest/libbpf/object.h"

/* Kept until something may have changed it: the pointer is the same until then. */
static void *fetch(const struct bpf_program *prog, enum wbpf_key key, size_t size, void **kept)
{
	int ret;

	if (*kept)
		return *kept;
	*kept = malloc(size ? size : 1);
	if (!*kept)
		return ret_null(-ENOMEM);
	ret = HOST(get, prog->handle, key, *kept, size);
	if (ret >= 0)
		return *kept;
	free(*kept);
	*kept = NULL;
	return ret_null(ret);
}

const struct bpf_insn *bpf_program__insns(const struct bpf_program *prog)
{
	struct bpf_program *p = (struct bpf_program *)prog;

	return fetch(p, WBPF_KEY_PROG_INSNS, p->info.insn_cnt * sizeof(struct bpf_insn),
		     (void **)&p->insns);
}

int bpf_program__set_insns(struct bpf_program *prog, struct bpf_insn *insns, size_t count)
{
	int err = HOST(set, prog->handle, WBPF_KEY_PROG_INSNS, insns,
		       count * sizeof(struct bpf_insn));

	if (err < 0)
		return ret_err(err);
	wbpf_prog_forget(prog);
	return ret_err(wbpf_prog_refresh(prog));
}

struct bpf_func_info *bpf_program__func_info(const struct bpf_program *prog)
{
	struct bpf_program *p = (struct bpf_program *)prog;

	return fetch(p, WBPF_KEY_PROG_FUNC_INFO,
		     p->info.func_info_cnt * sizeof(struct bpf_func_info), &p->func_info);
}

__u32 bpf_program__func_info_cnt(const struct bpf_program *prog)
{
	return prog->info.func_info_cnt;
}

struct bpf_line_info *bpf_program__line_info(const struct bpf_program *prog)
{
	struct bpf_program *p = (struct bpf_program *)prog;

	return fetch(p, WBPF_KEY_PROG_LINE_INFO,
		     p->info.line_info_cnt * sizeof(struct bpf_line_info), &p->line_info);
}

__u32 bpf_program__line_info_cnt(const struct bpf_program *prog)
{
	return prog->info.line_info_cnt;
}

void bpf_program__unload(struct bpf_program *prog)
{
	if (!prog)
		return;
	HOST(set, prog->handle, WBPF_KEY_PROG_UNLOAD, NULL, 0);
	wbpf_prog_forget(prog);
	wbpf_prog_refresh(prog);
}
