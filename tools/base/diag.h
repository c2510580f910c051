/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Diagnostics: how a library function tells its caller why it failed.
 *
 * A function that can fail takes a struct diag, returns a negative errno value and leaves one
 * sentence in the diag that names the file, the object, the type and the field. Libraries never
 * print and never exit; the command at the top does both.
 */
#ifndef WBPF_BASE_DIAG_H
#define WBPF_BASE_DIAG_H

#include <stddef.h>

/* Zero-initialise before use: struct diag diag = {0}. Owns nothing; copy it freely. */
struct diag {
	int err;         /* negative errno of the first failure, 0 while there is none */
	char text[2048]; /* one sentence, no final newline, cut when longer; then diag_add_line()'s
			  */
};

/*
 * Records a failure. err is an errno value of either sign. The first failure wins: a later
 * one is its consequence and is dropped. d may be NULL. Returns err as a negative number, so that
 * callers write "return diag_fail(d, EINVAL, ...)".
 */
int diag_fail(struct diag *d, int err, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* Puts context in front of a recorded failure ("foo.bpf.o: " + text). d may be NULL. */
void diag_prefix(struct diag *d, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Puts a line of what another program said below a recorded failure, while there is room for it
 * whole. d may be NULL. */
void diag_add_line(struct diag *d, const char *line, size_t len);

#endif
