/* SPDX-License-Identifier: BSD-2-Clause */
/* A table of strings, as BTF and ELF have them, as small as can be: one that ends like another is a
 * part of it. */
#ifndef WBPF_BTFGEN_STRPACK_H
#define WBPF_BTFGEN_STRPACK_H

#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"

/* Zero-initialise; strpack_clear() when done. */
struct strpack {
	struct strpack_string {
		const char *text; /* the caller's, until strpack_clear() */
		uint32_t *where;  /* gets its offset */
	} *strings;
	size_t count, capacity;
};

/* strpack_finish() puts the text's offset to *where. 0 or -ENOMEM. */
int strpack_add(struct strpack *p, const char *text, uint32_t *where);

/* Appends the table, which begins with the empty string; the same strings give the same table. 0,
 * -ENOMEM, or -E2BIG when it has more than 32 bits' worth. */
int strpack_finish(struct strpack *p, struct strbuf *out);
void strpack_clear(struct strpack *p);

#endif
