/* SPDX-License-Identifier: BSD-2-Clause */
/* wasi-libc's <poll.h>, with a poll() that knows handles too: perf events, sockets, ring buffers.
 */
#include_next <poll.h>

#ifndef WBPF_POLL_H
#define WBPF_POLL_H

#ifdef __cplusplus
extern "C" {
#endif

/* By another symbol, as it asks wasi-libc's for what is no handle. */
int poll(struct pollfd *fds, nfds_t count, int timeout_ms) __asm__("wbpf_poll");

#ifdef __cplusplus
}
#endif

#endif
