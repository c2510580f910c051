/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ends several attachments at once. The kernel waits for all processors when it takes a program off
 * a tracepoint; waits from several threads are one.
 */
#ifndef WBPF_HOST_DETACH_H
#define WBPF_HOST_DETACH_H

#include <stddef.h>

#include "host/handle.h"

struct instance;

/*
 * Gives the handles of links and files back, as instance_close() does one by one, and returns when
 * all are detached. None may be in the list twice.
 */
void detach_all(struct instance *in, struct handle *const *handles, size_t count);

#endif
