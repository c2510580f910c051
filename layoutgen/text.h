/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef WBPF_LAYOUTGEN_TEXT_H
#define WBPF_LAYOUTGEN_TEXT_H

#include "base/diag.h"
#include "base/strbuf.h"
#include "layoutgen/shape.h"

/* Appends the types as people read them: C with each field's offset and size behind it, and the
 * holes. The shape is one that shape_make() made. 0 or -ENOMEM. */
int text_write(const struct shape *s, struct strbuf *out, struct diag *d);

#endif
