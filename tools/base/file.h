/* SPDX-License-Identifier: BSD-2-Clause */
/* Whole files: read in one piece, written so that they appear whole or not at all. */
#ifndef WBPF_BASE_FILE_H
#define WBPF_BASE_FILE_H

#include <stdbool.h>
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
 * renamed, so that readers see the old contents or the new, and a failure or a signal leaves the
 * old file and nothing else. Its mode is that of the file it replaces, else 0666 less the umask.
 * When the file has the same bytes already, it is left alone and its time stamp with it. Symbolic
 * links stay: the file behind one is written, and created when it is not there.
 *
 * Anything else that exists at path (a pipe, /dev/full) is written directly, and so is what the
 * process has open already under that name (/dev/stdout, /dev/fd/3): from where it is.
 * Returns 0 or a negative errno with the diag naming the path.
 */
int file_write(const char *path, const struct strbuf *contents, struct diag *d);

/*
 * Would writing one change the other? Links are followed. It is the same regular file by device and
 * inode, or, when neither is there, the same name in the same folder. What is no regular file
 * (/dev/null, a pipe) can be two outputs at once, and is never the same.
 */
bool file_is_same(const char *a, const char *b);

#endif
