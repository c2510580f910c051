/* SPDX-License-Identifier: BSD-2-Clause */
/* A plan's types as text, in each language. */
#ifndef WBPF_BINDGEN_LANGUAGE_H
#define WBPF_BINDGEN_LANGUAGE_H

#include "base/strbuf.h"
#include "bindgen/plan.h"

void rust_types(const struct plan *p, struct strbuf *out);
void go_types(const struct plan *p, struct strbuf *out);

/* In how many pieces of 64 KiB the largest type is whose fields' places are asserted; 0: there is
 * none. */
unsigned rust_pieces(const struct plan *p);

/* The type that a field of that use has. */
void rust_use(const struct plan *p, const struct plan_use *use, struct strbuf *out);
void go_use(const struct plan *p, const struct plan_use *use, struct strbuf *out);

/* The names that the text around the types has: false when memory ran out. */
bool rust_reserve(struct plan *p);
bool go_reserve(struct plan *p);

/* Text in a comment of one line: no control characters, and what Rust's doc comments take for links
 * or HTML in backquotes. */
void comment_text(const char *text, struct strbuf *out);

#endif
