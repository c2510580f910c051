/* SPDX-License-Identifier: BSD-2-Clause */
/* What declares maps, without the kernel's headers. */
#define SEC(name) __attribute__((section(name), used))
#define __uint(name, val) int(*name)[val]
#define __type(name, val) val *name
#define __array(name, val) val *name[]

enum { BPF_MAP_TYPE_HASH = 1, BPF_MAP_TYPE_ARRAY = 2, BPF_MAP_TYPE_ARRAY_OF_MAPS = 12 };
