/* SPDX-License-Identifier: BSD-2-Clause */
/* The C skeleton of a BPF object: the shape and the names of `bpftool gen skeleton`. */
#ifndef WBPF_SKELGEN_SKELETON_H
#define WBPF_SKELGEN_SKELETON_H

#include "base/diag.h"
#include "base/strbuf.h"
#include "btfgen/object.h"

/*
 * Appends the skeleton of obj, which must be an object file and not raw BTF, to out. Returns 0 or
 * a negative errno with the diag naming the object and what in it cannot be written: -EINVAL for a
 * name that is no identifier, -ENOTSUP for something that BTF says and C for wasm32 cannot.
 */
int skeleton_emit(const struct object *obj, struct strbuf *out, struct diag *d);

#endif
