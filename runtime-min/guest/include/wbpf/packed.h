/* SPDX-License-Identifier: BSD-2-Clause */
/* Compressed BPF objects, as "wbpf-gen skeleton" embeds them in modules. */
#ifndef WBPF_PACKED_H
#define WBPF_PACKED_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The object file, *size bytes, which the caller frees. NULL with errno. */
void *wbpf_packed__read(const void *packed, size_t len, size_t *size);

#ifdef __cplusplus
}
#endif

#endif
