/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files that the host reads for a module by the module's name for them: only those that the module
 * could read itself.
 */
#ifndef WBPF_HOST_FOLDERS_H
#define WBPF_HOST_FOLDERS_H

struct engine_wasi;

/*
 * Opens (flags: open(2)'s O_*) what lies below one of the folders that the module was given, which
 * WASI's rules for paths name. A descriptor; -ENOENT when no folder's name begins the path; what
 * opening said.
 */
int folders_open(const struct engine_wasi *w, const char *path, int flags);

#endif
