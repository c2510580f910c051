/* SPDX-License-Identifier: BSD-2-Clause */
/* wasi-libc's <time.h>. Local time is that of the host, whose TZ counts. */
#include_next <time.h>

#ifndef WBPF_TIME_H
#define WBPF_TIME_H

#ifdef __cplusplus
extern "C" {
#endif

void tzset(void);

/* The kernel's other clocks; all of them are those that bpf_ktime_get_*() read. */
extern const struct __clockid _CLOCK_MONOTONIC_RAW;
#define CLOCK_MONOTONIC_RAW (&_CLOCK_MONOTONIC_RAW)
extern const struct __clockid _CLOCK_REALTIME_COARSE;
#define CLOCK_REALTIME_COARSE (&_CLOCK_REALTIME_COARSE)
extern const struct __clockid _CLOCK_MONOTONIC_COARSE;
#define CLOCK_MONOTONIC_COARSE (&_CLOCK_MONOTONIC_COARSE)
extern const struct __clockid _CLOCK_BOOTTIME;
#define CLOCK_BOOTTIME (&_CLOCK_BOOTTIME)
extern const struct __clockid _CLOCK_TAI;
#define CLOCK_TAI (&_CLOCK_TAI)

#ifdef __cplusplus
}
#endif

#endif
