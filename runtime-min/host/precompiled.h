/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A module that was compiled ahead of time, as a file: the module itself and its code for one
 * engine and one kind of processor. It holds machine code, which is run as it is: such a file must
 * be trusted as a program is, and is only taken where the caller says so.
 */
#ifndef WBPF_HOST_PRECOMPILED_H
#define WBPF_HOST_PRECOMPILED_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/strbuf.h"

/* Where the two parts lie within the file's bytes. */
struct precompiled {
	const void *module, *code;
	size_t module_len, code_len;
};

bool precompiled_is(const void *bytes, size_t len);

/* Appends the file's bytes. 0 or -ENOMEM. */
int precompiled_write(const struct precompiled *p, struct strbuf *ret);

/* 0, or -ENOEXEC with d set when the file is damaged or of another version. name is for messages.
 */
int precompiled_read(const char *name, const void *bytes, size_t len, struct precompiled *ret,
		     struct diag *d);

#endif
