/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads a component's binary format (component model, "Binary Format") as far as the core modules
 * in it.
 */
#ifndef WBPF_HOST_COMPONENT_READER_H
#define WBPF_HOST_COMPONENT_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

/* The header says a component, and not a core module; the rest may be anything. */
bool component_is(const void *bytes, size_t len);

/*
 * Calls fn for each core module, also of components within, until it fails. What is not well-formed
 * is left to the engine to refuse. 0, what fn returned, or -E2BIG with d set when they are too
 * deep. name is for messages.
 */
int component_modules(const char *name, const void *bytes, size_t len,
		      int (*fn)(void *ctx, const uint8_t *module, size_t len, struct diag *d),
		      void *ctx, struct diag *d);

#endif
