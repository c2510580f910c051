/* SPDX-License-Identifier: BSD-2-Clause */
/* The templates that embed.c puts into the build folder. */
#ifndef WBPF_TEMPLATES_EMBEDDED_H
#define WBPF_TEMPLATES_EMBEDDED_H

#include <stddef.h>

struct template_file {
	const char *name; /* of the file, without its folder; NULL ends the table */
	const char *text;
	size_t len;
};

extern const struct template_file template_files[];

#endif
