/* SPDX-License-Identifier: BSD-2-Clause */
/* The custom sections of a module that it may ask for: those named "wbpf.". */
#ifndef WBPF_HOST_SECTIONS_H
#define WBPF_HOST_SECTIONS_H

#include <stddef.h>
#include <stdint.h>

struct section {
	char *name;
	uint8_t *bytes; /* len of them */
	size_t len;
	struct section *next;
};

/*
 * Copies them from a core module, or the core modules of a component, that the engine has
 * accepted. *ret is the list (sections_free()
 * it), NULL when there are none. 0, or -ENOMEM.
 */
int sections_read(const void *module, size_t len, struct section **ret);
void sections_free(struct section *s); /* s may be NULL */

/* The first of this name, or NULL. */
const struct section *sections_find(const struct section *s, const char *name);

#endif
