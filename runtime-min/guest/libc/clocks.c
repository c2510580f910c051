// SPDX-License-Identifier: BSD-2-Clause
/* The clocks that wasi-libc has no names for, as it names the others. */
#include <time.h>
#include <wasi/api.h>

struct __clockid {
	__wasi_clockid_t id;
};

const struct __clockid _CLOCK_MONOTONIC_RAW = {4};
const struct __clockid _CLOCK_REALTIME_COARSE = {5};
const struct __clockid _CLOCK_MONOTONIC_COARSE = {6};
const struct __clockid _CLOCK_BOOTTIME = {7};
const struct __clockid _CLOCK_TAI = {11};
