/* SPDX-License-Identifier: BSD-2-Clause */
/* Properties of maps and programs that belong to no object: what the kernel knows of them. */
#ifndef WBPF_HOST_KERNEL_INFO_H
#define WBPF_HOST_KERNEL_INFO_H

#include "abi/wbpf_abi.h"

struct handle;
struct instance;

/* get() of NAME and INFO; -EINVAL for keys of objects. */
int32_t kernel_info_map(const struct instance *in, const struct handle *h, uint32_t key,
			wbpf_addr buf, uint32_t cap);
int32_t kernel_info_prog(const struct instance *in, const struct handle *h, uint32_t key,
			 wbpf_addr buf, uint32_t cap);

#endif
