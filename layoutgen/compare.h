/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two shapes, and what changed from the old to the new. How a type is spelled takes no part: int
 * and pid_t are the same, and so are two pointers; int and unsigned int are not.
 */
#ifndef WBPF_LAYOUTGEN_COMPARE_H
#define WBPF_LAYOUTGEN_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/strbuf.h"
#include "layoutgen/shape.h"

/* What a reader that was built for the old layout makes of the new one. */
enum verdict {
	VERDICT_SAME,
	VERDICT_READS, /* all that it knows is where it was, and means what it meant */
	VERDICT_BROKEN,
};

struct comparison {
	enum verdict verdict; /* the worst of all types */
	bool other_order;     /* the byte orders differ: VERDICT_BROKEN, whatever the types are */
	size_t changed;       /* types, with those that are gone and new */
	size_t broken;        /* of these, types that the old reader misreads or misses */
};

/*
 * Appends a paragraph for each type that changed: a line about the type, and an indented line for
 * each field. Types of new that old does not have are left out unless with_added; sections when one
 * of the two is big-endian, since its own are not known. 0 or -ENOMEM.
 */
int compare_shapes(const struct shape *old, const struct shape *new, bool with_added,
		   struct strbuf *out, struct comparison *ret, struct diag *d);

/* For compare_shapes(): a type of the one and a type of the other. Appends the indented lines;
 * -ENOMEM or the verdict. */
struct comparison_sides {
	const struct shape *old, *new;
};

int compare_type(const struct comparison_sides *sides, const struct shape_type *old,
		 const struct shape_type *new, struct strbuf *out);

#endif
