/* SPDX-License-Identifier: BSD-2-Clause */
/* Records of a perf buffer (perf_event_open(2)), of samples with PERF_SAMPLE_RAW alone. */
#ifndef WBPF_GUEST_PERF_RECORD_H
#define WBPF_GUEST_PERF_RECORD_H

#include <linux/perf_event.h>
#include <stdint.h>

struct sample {
	struct perf_event_header header;
	uint32_t size; /* bytes of data */
	char data[];
};

struct lost {
	struct perf_event_header header;
	uint64_t id;
	uint64_t lost; /* how many */
};

#endif
