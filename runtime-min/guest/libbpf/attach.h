/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef WBPF_GUEST_ATTACH_H
#define WBPF_GUEST_ATTACH_H

#include "guest/libbpf/object.h"

/* Attaches a program or map. Sets how->size. NULL with errno set on failure. */
struct bpf_link *wbpf_attach(wbpf_handle what, struct wbpf_attach *how);

/* attach(prog, kind, .field = value, ...) */
#define attach(prog, attach_kind, ...)                                                             \
	wbpf_attach((prog)->handle, &(struct wbpf_attach){.kind = (attach_kind), ##__VA_ARGS__})

#endif
