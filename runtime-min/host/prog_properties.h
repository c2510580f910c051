/* SPDX-License-Identifier: BSD-2-Clause */
/* The properties of programs that are more than a number or a path. */
#ifndef WBPF_HOST_PROG_PROPERTIES_H
#define WBPF_HOST_PROG_PROPERTIES_H

#include <stddef.h>
#include <stdint.h>

#include "abi/wbpf_abi.h"

struct handle;
struct instance;

/* Copies as much of data as there is room for and returns its full size, as get() does. */
int32_t property_give(const struct instance *in, wbpf_addr buf, uint32_t cap, const void *data,
		      size_t len);

/* A number that was given to set(): 0, -EINVAL for another size, -EFAULT. */
int property_read_u32(const struct instance *in, wbpf_addr buf, uint32_t size, uint32_t *ret);

int32_t prog_get_insns(struct instance *in, const struct handle *h, wbpf_addr buf, uint32_t cap);
int32_t prog_get_info(struct instance *in, const struct handle *h, uint32_t key, wbpf_addr buf,
		      uint32_t cap);

/* What comes through set() for a program and is no number: 0, a negative errno. */
int prog_set(struct instance *in, struct handle *h, uint32_t key, wbpf_addr buf, uint32_t size);

#endif
