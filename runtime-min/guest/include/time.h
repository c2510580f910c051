/* SPDX-License-Identifier: BSD-2-Clause */
/* wasi-libc's <time.h>. Local time is that of the host, whose TZ counts. */
#include_next <time.h>

#ifndef WBPF_TIME_H
#define WBPF_TIME_H

#ifdef __cplusplus
extern "C" {
#endif

void tzset(void);

#ifdef __cplusplus
}
#endif

#endif
