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

/*
 * The same as the lines of a macro's body, each "x("...")" with what joins them but for the last:
 * the macro's parameter x then makes of a literal what it likes, an assembler's text for one.
 */
void bytes_in_macro(const void *bytes, size_t size, struct strbuf *out);

/*
 * Appends the bytes compressed, as the host interface takes them: "wbpz", their number as 32 bits,
 * a zlib stream. 0 or -ENOMEM.
 */
int bytes_pack(const void *bytes, size_t size, struct strbuf *out);

#endif
