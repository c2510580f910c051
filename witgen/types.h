/* SPDX-License-Identifier: BSD-2-Clause */
/* From the type model to WIT's types: the mapping. README.md has it as a table. */
#ifndef WBPF_WITGEN_TYPES_H
#define WBPF_WITGEN_TYPES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "btfgen/model.h"
#include "templates/template.h"

struct wit_types;

/*
 * data's list "types" is what definitions go to; it must outlive the result. bytes: arrays of char
 * are list<u8>. 0, -ENOMEM, or -EINVAL with the diag naming a declaration tag that is wrong.
 */
int wit_types_new(const struct model *m, bool bytes, struct template_data *data,
		  struct wit_types **ret, struct diag *d);
void wit_types_free(struct wit_types *w); /* w may be NULL */

/*
 * Defines the type and, before it, those that it holds by value; what is defined already stays.
 * hint names a type that has no name of its own; without a hint such a type is left to what uses
 * it. Returns 0, -ENOTSUP or -EINVAL with the diag naming the type, or -ENOMEM.
 */
int wit_types_define(struct wit_types *w, uint32_t id, const char *hint, struct diag *d);

#endif
