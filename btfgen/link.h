/* SPDX-License-Identifier: BSD-2-Clause */
/* Several BPF objects linked to one, as `bpftool gen object` does. */
#ifndef WBPF_BTFGEN_LINK_H
#define WBPF_BTFGEN_LINK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/strbuf.h"

struct link_options {
	size_t size; /* sizeof(struct link_options) */
	bool slim;   /* with only the BTF that loading the result needs */
};

/*
 * Links the BPF object files, count of them and at least one, with libbpf's linker, which leaves
 * debug information behind, and appends the object file's bytes to out. The same input gives the
 * same bytes. options may be NULL. 0, or a negative errno with the diag naming the file and what in
 * it does not go with those before it: as object_read() for a file that is none; -EINVAL for a
 * symbol with two definitions, or types that differ; -ENOTSUP for a big-endian one.
 */
int link_objects(const char *const *paths, size_t count, const struct link_options *options,
		 struct strbuf *out, struct diag *d);

#endif
