/* SPDX-License-Identifier: BSD-2-Clause */
/* The shadow struct of a struct_ops map: its scalars and functions, to be set before load. */
#ifndef WBPF_SKELGEN_STRUCT_OPS_H
#define WBPF_SKELGEN_STRUCT_OPS_H

#include "base/diag.h"
#include "btfgen/layout.h"
#include "btfgen/object.h"
#include "templates/template.h"

/*
 * Fills an element of the template's list "struct_ops"; ident is the map's member. As with bpftool,
 * functions are struct bpf_program pointers, scalars are themselves, and the rest is opaque bytes.
 */
int struct_ops_fill(const struct layout *l, const struct object_map *map, const char *ident,
		    struct template_data *data, struct diag *d);

#endif
