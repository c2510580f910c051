/* SPDX-License-Identifier: BSD-2-Clause */
/* What elfutils' configure finds out, for wasm32-wasi: one thread, no zstd. */
#ifndef WBPF_ELF_CONFIG_H
#define WBPF_ELF_CONFIG_H

#define HAVE_ERROR_H 1
#define HAVE_DECL_MEMPCPY 1
#define HAVE_DECL_MEMRCHR 1
#define HAVE_DECL_POWEROF2 1
#define HAVE_DECL_RAWMEMCHR 0
#define HAVE_DECL_REALLOCARRAY 1

#include <eu-config.h>

#endif
