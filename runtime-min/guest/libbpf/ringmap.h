/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A ring buffer's memory, the kernel's or the user's kind: the consumer's page, the producer's, and
 * the data twice in a row, so that no record is cut (Documentation/bpf/ringbuf.rst).
 */
#ifndef WBPF_GUEST_RINGMAP_H
#define WBPF_GUEST_RINGMAP_H

#include <stdbool.h>
#include <stdint.h>

#include "guest/host.h"

/*
 * Maps the ring of a map whose data has size bytes: writable is the consumer's page, or, with
 * producing, the rest. *ret: where the consumer's page lies. 0 or a negative errno.
 */
int wbpf_ring_map(wbpf_handle map, uint32_t size, bool producing, uint8_t **ret);

void wbpf_ring_unmap(uint8_t *area, uint32_t size); /* area may be NULL */

#endif
