/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef WBPF_SKELGEN_BYTES_H
#define WBPF_SKELGEN_BYTES_H

#include <stddef.h>

#include "base/strbuf.h"

/*
 * Bytes as the lines of one C string literal, without a newline after the last. A literal, because
 * compilers read it far faster than an array's initialiser.
 */
void bytes_as_literal(const void *bytes, size_t size, struct strbuf *out);

#endif
