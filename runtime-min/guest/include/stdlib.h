/* SPDX-License-Identifier: BSD-2-Clause */
#include_next <stdlib.h>

#ifndef WBPF_STDLIB_H
#define WBPF_STDLIB_H

#include <__wait_status.h>

#ifdef __cplusplus
extern "C" {
#endif

/* There is no shell: 0 for NULL, else -1 with ENOSYS. */
int system(const char *command);

/* In a folder that the module was given to write in. */
int mkstemp(char *name);
int mkostemp(char *name, int flags);
int mkstemps(char *name, int suffix);
int mkostemps(char *name, int suffix, int flags);
char *mkdtemp(char *name);

/* /proc/loadavg; -1 unless the module may read it. */
int getloadavg(double averages[], int count);

#ifdef __cplusplus
}
#endif

#endif
