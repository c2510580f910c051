/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The account of what a program takes from a buffer, which the host reads when somebody asks it
 * (abi/wbpf_abi.h). Without a look at the log or at signals: these are not calls of the program.
 */
#ifndef WBPF_GUEST_COUNTS_H
#define WBPF_GUEST_COUNTS_H

#include <stdint.h>

#include "guest/host.h"

/* Where it is, size bytes of it; size 0: it is about to go. */
void wbpf_counts_tell(const struct wbpf_counts *counts, uint32_t size);

#endif
