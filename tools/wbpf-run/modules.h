/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which modules a command line names, and the arguments of each:
 *
 *   a.wasm ARGUMENT...            one module; everything behind it is its own
 *   a.wasm b.wasm c.wasm          several, without arguments
 *   -- a.wasm b.wasm              one; b.wasm is its argument
 *   -M 'a.wasm ARGUMENT...' ...   one an option, in words as a shell makes them, before the others
 */
#ifndef WBPF_RUN_MODULES_H
#define WBPF_RUN_MODULES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

enum { MODULES_LIMIT = 1000 }; /* each has a reservation of 4 GiB of addresses */

struct module_words {
	size_t argc;
	char **argv; /* argv[0] is the module's path */
	char *text;  /* what argv points into, when it is owned; argv then is as well */
	char *name;  /* for messages: the path, or "path#2" of the second one of it; owned */
};

struct modules {
	struct module_words *list;
	size_t count;
};

/* Both: 0, or a negative errno with d set. */

/* Adds what an option's value says. Quotes and backslashes as in a shell. */
int modules_add_words(struct modules *m, const char *words, struct diag *d);

/* Adds what a command line's positional arguments say, with single when "--" is in front of them.
 */
int modules_add_arguments(struct modules *m, int argc, char **argv, bool single, struct diag *d);

/* Gives every module its name. */
int modules_name(struct modules *m, struct diag *d);

void modules_free(struct modules *m);

#endif
