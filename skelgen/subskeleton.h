/* SPDX-License-Identifier: BSD-2-Clause */
/* The C subskeleton of a BPF object: the shape and the names of `bpftool gen subskeleton`. */
#ifndef WBPF_SKELGEN_SUBSKELETON_H
#define WBPF_SKELGEN_SUBSKELETON_H

#include "base/diag.h"
#include "base/strbuf.h"
#include "btfgen/object.h"

/*
 * Appends the subskeleton of obj, a library's part of objects that are opened by others. Fails as
 * skeleton_emit() does.
 */
int subskeleton_emit(const struct object *obj, struct strbuf *out, struct diag *d);

#endif
