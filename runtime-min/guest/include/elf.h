/* SPDX-License-Identifier: BSD-2-Clause */
/* The ELF format's structs and numbers, from the kernel's header. */
#ifndef WBPF_ELF_H
#define WBPF_ELF_H

#include <linux/elf.h>

#define EM_NONE 0
#ifndef EM_BPF
#define EM_BPF 247
#endif

#endif
