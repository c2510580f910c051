/* SPDX-License-Identifier: BSD-2-Clause */
/* What wbpf-run does beside running modules. */
#ifndef WBPF_RUN_COMMANDS_H
#define WBPF_RUN_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

/* Both: 0, or a negative errno with d set. */

/* Lists what is in the cache on standard output, or empties it. */
int commands_cache(bool clear, struct diag *d);

/* Compiles the modules into the cache, or the only one into the file output (NULL: the cache). */
int commands_compile(char **paths, size_t count, const char *output, struct diag *d);

#endif
