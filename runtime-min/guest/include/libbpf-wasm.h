/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For programs that were written for the guest header of this name that wasm-bpf has: its functions
 * over libbpf's. Everything else of it is libbpf itself here, so that new programs do not need it.
 * Where a skeleton was what included it, compile with -include libbpf-wasm.h.
 */
#ifndef WBPF_LIBBPF_WASM_H
#define WBPF_LIBBPF_WASM_H

#include <assert.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef POLL_TIMEOUT_MS
#define POLL_TIMEOUT_MS 100
#endif

/* A ring buffer or a perf buffer. */
struct bpf_buffer;

/* data stays valid as long as the callback runs. A negative result ends the poll, which returns it.
 */
typedef int (*bpf_buffer_sample_fn)(void *ctx, void *data, size_t size);

/* events: BPF_MAP_TYPE_RINGBUF or _PERF_EVENT_ARRAY, loaded. NULL with errno set on failure. */
struct bpf_buffer *bpf_buffer__open(struct bpf_map *events, bpf_buffer_sample_fn sample_cb,
				    void *ctx);

/*
 * As ring_buffer__poll() and perf_buffer__poll(), whatever the map is; 0 and less milliseconds are
 * POLL_TIMEOUT_MS.
 */
int bpf_buffer__poll(struct bpf_buffer *buffer, int timeout_ms);

void bpf_buffer__free(struct bpf_buffer *buffer); /* buffer may be NULL */

/*
 * Attaches a loaded program to a cgroup (a path) or, of XDP and tc, to an interface (its name),
 * until the module ends. What fails is said through libbpf's print callback.
 */
void bpf_set_prog_attach_target(struct bpf_program *prog, const char *target);

#ifdef __cplusplus
}
#endif

#endif
