/* SPDX-License-Identifier: BSD-2-Clause */
#include_next <stdlib.h>

#ifndef WBPF_STDLIB_H
#define WBPF_STDLIB_H

#ifdef __cplusplus
extern "C" {
#endif

/* There is no shell: 0 for NULL, else -1 with ENOSYS. */
int system(const char *command);

#ifdef __cplusplus
}
#endif

#endif
