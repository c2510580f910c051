/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef WBPF_BTFGEN_DESCRIBE_H
#define WBPF_BTFGEN_DESCRIBE_H

#include <stdint.h>

#include "base/strbuf.h"
#include "btfgen/model.h"

/*
 * Appends a type as the BPF program's own C has it, for comments and messages: "const struct event
 * *", "char[16]", "int (*)(struct sock *, ...)". Long ones are cut, and what would end a comment is
 * not in it.
 */
void describe_type(const struct model *m, uint32_t id, struct strbuf *out);

/* The same with a name in it: "char comm[16]", "int (*fn)(struct sock *, ...)". */
void describe_declaration(const struct model *m, uint32_t id, const char *name, struct strbuf *out);

/* A declaration tag: "tag(about)". */
void describe_tag(const struct model *m, uint32_t id, struct strbuf *out);

#endif
