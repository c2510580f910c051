/* SPDX-License-Identifier: BSD-2-Clause */
#include_next <stdio.h>

#ifndef WBPF_STDIO_H
#define WBPF_STDIO_H

#ifdef __cplusplus
extern "C" {
#endif

/* Fail with ENOSYS. */
FILE *popen(const char *command, const char *mode);
int pclose(FILE *f);

/* By another symbol, as <fcntl.h> does. */
int renameat(int dir, const char *path, int to_dir, const char *to) __asm__("wbpf_renameat");

#ifdef __cplusplus
}
#endif

#endif
