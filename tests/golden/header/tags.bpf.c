/* SPDX-License-Identifier: BSD-2-Clause */
/* Tags on types and declarations. */
#define __user __attribute__((btf_type_tag("user")))
#define __about __attribute__((btf_decl_tag("about")))

struct tagged {
	char __user *name;
	int count __about;
	unsigned bits : 3 __about __attribute__((btf_decl_tag("end of comment */")));
} __about;

typedef struct tagged tagged_t __about;

struct tagged tagged;
tagged_t other;

