/* SPDX-License-Identifier: BSD-2-Clause */
/* WIT for an object's own types: what a component passes on once the bytes are decoded. */
#ifndef WBPF_WITGEN_WIT_H
#define WBPF_WITGEN_WIT_H

#include "base/diag.h"
#include "base/strbuf.h"
#include "btfgen/object.h"
#include "btfgen/select.h"

/*
 * Appends one package to out: an interface with the types that the options select (NULL: none
 * beyond the object's own), and a world. Returns 0 or a negative errno with the diag naming the
 * type and the field.
 */
int wit_emit(const struct object *obj, const struct select_options *options, struct strbuf *out,
	     struct diag *d);

#endif
