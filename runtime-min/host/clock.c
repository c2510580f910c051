/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * WASI's clock_time_get() in place of the engine's, whose monotonic clock begins with the process:
 * BPF programs take times from the kernel's, and programs compare them with clock_gettime(). Beyond
 * WASI's four clocks it knows the kernel's others, by their numbers there.
 */
#include "host/clock.h"

#include <string.h>
#include <time.h>

#include "host/memory.h"

enum { WASI_OK = 0, WASI_FAULT = 21, WASI_INVAL = 28 };
enum { LAST_CLOCK = 11 /* CLOCK_TAI */ };

int32_t clock_time_get(void *env, struct memory *memory, const struct engine_arg *args)
{
	uint32_t id = (uint32_t)args[0].value, addr = (uint32_t)args[2].value;
	struct timespec ts;

	if (id > LAST_CLOCK || clock_gettime((clockid_t)id, &ts) < 0)
		return WASI_INVAL;
	uint64_t ns = (uint64_t)ts.tv_sec * 1000000000u + (uint64_t)ts.tv_nsec;
	void *to = memory ? memory_write(memory, addr, sizeof(ns)) : NULL;
	if (!to)
		return WASI_FAULT;
	memcpy(to, &ns, sizeof(ns));
	return WASI_OK;
}
