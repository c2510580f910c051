/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a module's programs may not contain. Their instructions come from the module: descriptors in
 * them are numbers of this process, and libbpf passes on what it did not relocate.
 *
 * Source: BPF_PSEUDO_* in linux/bpf.h; kernel/bpf/syscall.c (syscall programs).
 */
#ifndef WBPF_HOST_PROG_RULES_H
#define WBPF_HOST_PROG_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "host/log.h"

struct bpf_insn;
struct bpf_object;
struct instance;

/* Whether the instruction loads 64 bits and so takes the place of two. */
bool prog_rule_is_wide(const struct bpf_insn *i);

/* The first helper called that takes or gives descriptors, and the instruction; NULL: none. */
const char *prog_rule_helper(const struct bpf_insn *insns, size_t n, size_t *at);
/* Says so in the log; max: bytes of the name at most. */
void prog_rule_tell_helper(struct log *l, const char *prog, int max, size_t at, const char *helper);

/*
 * Puts descriptors in place of the handles of maps that instructions from the module name. 0, or
 * -EINVAL for a kind of operand that is not known here.
 */
int prog_rule_translate(const struct instance *in, struct bpf_insn *insns, size_t n);

/*
 * Looks at the relocated instructions of a loaded object: map descriptors in them must be of the
 * object's own maps, or others of the module in instructions that it set, and no helper may be
 * called that takes or gives descriptors. 0; or -EPERM with a warning logged, and then the programs
 * are unloaded again.
 */
int prog_rule_loaded(struct instance *in, struct bpf_object *o);

#endif
