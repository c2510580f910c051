/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef WBPF_HOST_ATTACH_ITER_H
#define WBPF_HOST_ATTACH_ITER_H

#include "abi/wbpf_abi.h"

struct bpf_link;
struct bpf_program;
struct instance;

/*
 * bpf_program__attach_iter(), with info the kernel's union bpf_iter_link_info in the module's
 * memory (addr 0: none), in which descriptors are handles. NULL with errno set.
 */
struct bpf_link *attach_iter(struct instance *in, struct bpf_program *p, struct wbpf_str info);

#endif
