/* SPDX-License-Identifier: BSD-2-Clause */
/* The members of a skeleton's data sections, and what the compiler has to check about them. */
#ifndef WBPF_SKELGEN_SECTION_H
#define WBPF_SKELGEN_SECTION_H

#include "base/diag.h"
#include "btfgen/layout.h"
#include "btfgen/object.h"
#include "templates/template.h"

/*
 * Fills an element of the template's list "sections": fields and asserts. map is one whose memory
 * the program shares; ident is its member of the skeleton. Static variables are left out, as
 * bpftool does: two files of one object may have the same.
 */
int section_fill(const struct layout *l, const struct object_map *map, const char *ident,
		 struct template_data *data, struct diag *d);

/*
 * The same for a subskeleton, whose fields point to the variables; and adds each variable to the
 * list "vars" of vars, and to *count. map_ident is the map's member of "maps". The map has a
 * datasec.
 */
int section_fill_pointers(const struct layout *l, const struct object_map *map, const char *ident,
			  const char *map_ident, struct template_data *data,
			  struct template_data *vars, size_t *count, struct diag *d);

/*
 * Adds to the list "asserts" that a field lies at offset (bytes) in what the skeleton's member
 * pointer ("bss", "struct_ops.ops") points to.
 */
void section_assert_offset(struct template_data *data, const char *pointer, const char *field,
			   uint64_t offset);

#endif
