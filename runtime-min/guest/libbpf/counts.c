// SPDX-License-Identifier: BSD-2-Clause
#include "guest/libbpf/counts.h"

void wbpf_counts_tell(const struct wbpf_counts *counts, uint32_t size)
{
	wbpf_host_set(0, WBPF_KEY_COUNTS, counts, size);
}
