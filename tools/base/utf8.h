/* SPDX-License-Identifier: BSD-2-Clause */
/* Text from somewhere, for formats that must be UTF-8 (JSON). */
#ifndef WBPF_BASE_UTF8_H
#define WBPF_BASE_UTF8_H

#include <stddef.h>

#include "base/strbuf.h"

/*
 * Appends the text with U+FFFD in place of each byte that no character begins with, is cut off by,
 * or that is NUL. Surrogates, overlong forms and what lies behind U+10FFFF are no characters
 * (RFC 3629).
 */
void utf8_add(struct strbuf *b, const char *text, size_t len);

#endif
