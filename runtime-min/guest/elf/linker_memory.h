/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Included before libbpf's linker.c, which takes objects in memory by way of memfd_create(2): the
 * few functions it uses with that descriptor know it from a real one.
 */
#ifndef WBPF_ELF_LINKER_MEMORY_H
#define WBPF_ELF_LINKER_MEMORY_H

#include <libelf.h>
#include <sys/types.h>
#include <unistd.h>

long wbpf_linker_memory(long number, ...);
ssize_t wbpf_linker_write(int fd, const void *bytes, size_t len);
int wbpf_linker_close(int fd);
Elf *wbpf_linker_elf_begin(int fd, Elf_Cmd cmd, Elf *ref);

#ifndef WBPF_LINKER_MEMORY
#define syscall wbpf_linker_memory
#define write wbpf_linker_write
#define close wbpf_linker_close
#define elf_begin wbpf_linker_elf_begin
#endif

#endif
