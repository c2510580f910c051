/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef WBPF_LAYOUTGEN_ASSERT_H
#define WBPF_LAYOUTGEN_ASSERT_H

#include "base/diag.h"
#include "base/strbuf.h"
#include "btfgen/object.h"
#include "layoutgen/shape.h"

/*
 * Appends a header of nothing but assertions, to be included behind the header that defines the
 * types: the size of each struct, union and enum, where each field lies and how large it is, and
 * the values of enumerators. Typedefs of scalars and data sections have none, and C cannot ask
 * where a bitfield lies. 0, or a negative errno with the diag naming the type: -ENOENT there is
 * nothing to assert, -ENOTSUP C cannot have it, -ENOMEM.
 */
int assert_write(const struct object *o, const struct shape *s, struct strbuf *out, struct diag *d);

#endif
