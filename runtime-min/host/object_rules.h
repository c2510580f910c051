/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What an object file may not contain: what libbpf takes for granted of a compiler's, before it
 * writes into the programs.
 */
#ifndef WBPF_HOST_OBJECT_RULES_H
#define WBPF_HOST_OBJECT_RULES_H

#include <stddef.h>

struct log;

/*
 * bytes: the object file, not the module's own. 0, or -EINVAL or -E2BIG with a log record that says
 * why. What is no object file at all is for libbpf to refuse.
 */
int object_rule_bytes(struct log *l, void *bytes, size_t len);

#endif
