/* SPDX-License-Identifier: BSD-2-Clause */
/* Whole files: read in one piece, written so that they appear whole or not at all. */
#ifndef WBPF_BASE_FILE_H
#define WBPF_BASE_FILE_H

#include <stddef.h>

#include "base/diag.h"
#include "base/strbuf.h"

/*
 * Reads all of path into *ret (which is emptied first; strbuf_free() it). Refuses directories and
 * files over max bytes (0 for no limit). Returns 0 or a negative errno with the diag naming the
 * path.
 */
int file_read(const char *path, size_t max, struct strbuf *ret, struct diag *d);

/*
 * Writes the buffer as the file path, or to standard output when path is NULL or "-".
 *
 * A regular file is written under a temporary name in the same folder, flushed, closed and then
 * renamed, so that readers see the old contents or the new, and a failure leaves the old file. Its
 * mode is that of the file it replaces, else 0666 less the umask. Anything else that exists at path
 * (a pipe, /dev/full) is written directly. When the file has the same bytes already, it is
 * left alone and its time stamp with it.
 * Returns 0 or a negative errno with the diag naming the path.
 */
int file_write(const char *path, const struct strbuf *contents, struct diag *d);

#endif
