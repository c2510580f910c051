/* SPDX-License-Identifier: BSD-2-Clause */
/* Types in the order in which C can define them. */
#ifndef WBPF_BTFGEN_ORDER_H
#define WBPF_BTFGEN_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"
#include "btfgen/model.h"

/* Zero-initialise; order_free() when done. */
struct order {
	uint32_t *ids; /* each after what it contains by value */
	size_t count;
	bool *has; /* by type id: is it in ids? */
};

/*
 * What the roots are and contain by value: structs, unions, enums and typedefs, without anonymous
 * structs and unions, which are written where they are used, and without what has no size (a
 * typedef of a function, say), which no field can be. 0 or -ENOMEM.
 */
int order_types(const struct model *m, const uint32_t *roots, size_t root_count, struct order *ret,
		struct diag *d);
void order_free(struct order *o); /* o may be NULL */

#endif
