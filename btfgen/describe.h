/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef WBPF_BTFGEN_DESCRIBE_H
#define WBPF_BTFGEN_DESCRIBE_H

#include <stdint.h>

#include "base/strbuf.h"
#include "btfgen/model.h"

/*
 * Appends a type as a person says it, for comments and messages: "const struct event *",
 * "char[16]", "function *". Much like C, but not C: what comes out never ends a comment and needs
 * no care for declarators.
 */
void describe_type(const struct model *m, uint32_t id, struct strbuf *out);

#endif
