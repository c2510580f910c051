/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a module's programs may not contain. Their instructions come from an object that the module
 * brings: descriptors in them are numbers of this process, and libbpf passes on what it did not
 * relocate.
 *
 * Source: BPF_PSEUDO_* in linux/bpf.h; kernel/bpf/syscall.c (syscall programs).
 */
#ifndef WBPF_HOST_PROG_RULES_H
#define WBPF_HOST_PROG_RULES_H

#include "host/log.h"

struct bpf_object;

/*
 * Looks at the relocated instructions of a loaded object: map descriptors in them must be of the
 * object's own maps, and no helper may be called that takes or gives descriptors. 0; or -EPERM
 * with a warning logged, and then the programs are unloaded again.
 */
int prog_rule_loaded(struct log *l, struct bpf_object *o);

#endif
