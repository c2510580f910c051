/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files that read C headers share; only they include this. */
#ifndef WBPF_BTFGEN_READ_HEADER_H
#define WBPF_BTFGEN_READ_HEADER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/strbuf.h"
#include "base/strmap.h"
#include "btfgen/object.h"

/*
 * Compiles the header path for BPF: the object with all types and macros in its debug information,
 * and a makefile's rule for "x" that names all files that were read. options may be NULL. 0 or a
 * negative errno with the diag naming the header and the compiler's first errors.
 */
int read_compile(const char *path, const struct object_options *options, struct strbuf *ret_object,
		 struct strbuf *ret_rule, struct diag *d);

/* The files that #line names in a header. Zero-initialise. */
struct line_names {
	struct strmap known;
	struct arena texts; /* its keys */
};

/* Adds those of the header path. Relative names are below folder, the compiler's. 0, -ENOTSUP
 * naming the line, or what reading a file gives. */
int line_names_read(struct line_names *names, const char *path, const char *folder, struct diag *d);
/* Is this file, as the debug information has it, one of them? 0 or -ENOMEM. */
int line_names_have(const struct line_names *names, const char *folder, const char *path,
		    bool *ret);
void line_names_clear(struct line_names *names);

/* Fills o with the types and macros of the header o->path from the debug information of the object
 * that was made of it. */
int read_dwarf_header(const struct strbuf *file, const struct object_options *options,
		      struct object *o, struct diag *d);

#endif
