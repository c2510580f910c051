/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How many parts of a kind a module has, before the engine compiles it. Wasmtime 48 ends the
 * process
 * ("MemFlagsSetOverflow") when one function, that which sets up the memory among them, refers to
 * more than 32,767 types, globals and data segments. Programs of Go's have more data segments than
 * that.
 */
#ifndef WBPF_HOST_MODULE_SHAPE_H
#define WBPF_HOST_MODULE_SHAPE_H

#include <stddef.h>

#include "base/diag.h"
#include "base/strbuf.h"

/*
 * Of a core module, whose name is for messages. 0: it can be compiled; then *ret, which was empty,
 * is empty, or has the bytes of an equal module with fewer data segments, to be compiled in its
 * place. -E2BIG with d set, or -ENOMEM. What is no module is left to the engine to refuse.
 */
int module_shape_check(const char *name, const void *module, size_t len, struct strbuf *ret,
		       struct diag *d);

#endif
