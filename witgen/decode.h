/* SPDX-License-Identifier: BSD-2-Clause */
/* C functions from the kernel's bytes to the WIT view of them. */
#ifndef WBPF_WITGEN_DECODE_H
#define WBPF_WITGEN_DECODE_H

#include <stdint.h>

#include "base/strbuf.h"

struct wit_types;

/* How things are called; all strings are the caller's. */
struct wit_decode_names {
	const char *object; /* functions are OBJECT__decode_TYPE() */
	const char *prefix; /* of types: "bpf_foo_bpf_types" for bpf_foo_bpf_types_event_t */
	/* The name of a struct or typedef in the C header, or "". */
	const char *(*c_type)(void *context, uint32_t id);
	void *context;
};

/* Appends the functions for what has been defined. 0 or -ENOMEM. */
int wit_decode_functions(const struct wit_types *w, const struct wit_decode_names *names,
			 struct strbuf *out);

#endif
