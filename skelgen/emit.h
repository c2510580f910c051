/* SPDX-License-Identifier: BSD-2-Clause */
/* What skeletons and subskeletons share: the names of maps and programs in their templates. */
#ifndef WBPF_SKELGEN_EMIT_H
#define WBPF_SKELGEN_EMIT_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/strbuf.h"
#include "btfgen/layout.h"
#include "btfgen/object.h"
#include "skelgen/ident.h"
#include "templates/template.h"

/* One run. Functions that return int give 0 or a negative errno with d set. */
struct emitter {
	const struct object *obj;
	struct layout *layout;
	struct template_data *data;
	struct ident_scope maps, progs, links, members;
	bool has_struct_ops;
	struct diag *d;
};

int emit_no_memory(struct emitter *e);

/* A name as a string of C: ELF allows any. */
void emit_set_string(struct template_data *data, const char *name, const char *value);

/* Adds to the list "maps" a map's "index", "ident" (also *ret_ident) and "bpf_name", and its shadow
 * to "struct_ops" when it has one. */
int emit_map(struct emitter *e, size_t index, const char *bpf_name, const char **ret_ident,
	     struct template_data **ret);
/* The same of a program, in "progs". */
int emit_prog(struct emitter *e, size_t index, struct template_data **ret);

/*
 * Takes the members' names that are there before the object's data sections (NULL-ended), and sets
 * the lists (NULL-ended), "file", "name", "guard" (with the suffix), "map_count" and "prog_count".
 */
int emit_begin(struct emitter *e, const char *const *members, const char *const *lists,
	       const char *suffix);

/* Checks the object, has fill() fill e->data, and renders the template. */
int emit_template(struct emitter *e, const char *name, int (*fill)(struct emitter *e),
		  struct strbuf *out);

#endif
