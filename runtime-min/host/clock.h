/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef WBPF_HOST_CLOCK_H
#define WBPF_HOST_CLOCK_H

#include <stdint.h>

#include "host/engine.h"

/* wasi_snapshot_preview1.clock_time_get(id: i32, precision: i64, time: i32); returns WASI's errno.
 */
int32_t clock_time_get(void *env, struct memory *memory, const struct engine_arg *args);

#endif
