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

#ifdef __cplusplus
}
#endif

#endif
