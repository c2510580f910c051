/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Perf buffers, one for each CPU, mapped into the module. Positions are the kernel's: bytes since
 * the buffer's beginning, 64 bits, never wrapping.
 */
#ifndef WBPF_GUEST_PERF_BUFFER_H
#define WBPF_GUEST_PERF_BUFFER_H

#include <linux/perf_event.h>
#include <stddef.h>
#include <stdint.h>

#include <bpf/libbpf.h>

#include "abi/wbpf_abi.h"

/* One CPU's buffer. */
struct buffer {
	struct perf_event_mmap_page *page; /* what is mapped: this page, then the data */
	uint8_t *whole;                    /* a record that was cut by the buffer's end; owned */
	size_t whole_size;
	wbpf_handle event;
	int cpu, key;
	struct perf_buffer *of;
	/* While records are taken: to where, the position behind the current one, what was said. */
	uint64_t head, next;
	int said;
	uint32_t records; /* taken, and not yet in the account */
};

struct perf_buffer {
	perf_buffer_event_fn event_cb; /* goes before the other two */
	perf_buffer_sample_fn sample_cb;
	perf_buffer_lost_fn lost_cb;
	void *ctx;
	size_t page_size, size; /* bytes of a page, and of one buffer's data, both powers of two */
	struct buffer **buffers;
	struct wbpf_event *events; /* room for one event of each buffer */
	size_t count;              /* how many buffers there are */
	wbpf_handle poll;
	int map_fd;
	struct wbpf_counts counts;
};

/*
 * Hands all records that are there now to the callbacks, unless one says otherwise. 0, or a
 * negative errno in errno as well: libbpf's of a record that is none, or what the callback said.
 */
int wbpf_perf_consume(struct buffer *b);

#endif
