/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * As much of libelf as libbpf's btf.c uses, so that BTF can be read from object files. Under names
 * of our own: a program may bring the real libelf. 64-bit little-endian files only.
 */
#ifndef WBPF_UPSTREAM_LIBELF_H
#define WBPF_UPSTREAM_LIBELF_H

#include <elf.h>
#include <stddef.h>

typedef struct wbpf_elf Elf;
typedef struct wbpf_elf_section Elf_Scn;
typedef Elf64_Ehdr GElf_Ehdr;
typedef Elf64_Shdr GElf_Shdr;

typedef struct {
	void *d_buf;
	size_t d_size;
} Elf_Data;

typedef enum { ELF_C_READ = 1 } Elf_Cmd;

#define elf_version wbpf_elf_version
#define elf_begin wbpf_elf_begin
#define elf_end wbpf_elf_end
#define elf_getshdrstrndx wbpf_elf_getshdrstrndx
#define elf_getscn wbpf_elf_getscn
#define elf_nextscn wbpf_elf_nextscn
#define elf_getdata wbpf_elf_getdata
#define elf_rawdata wbpf_elf_getdata
#define elf_strptr wbpf_elf_strptr
#define gelf_getehdr wbpf_elf_getehdr
#define gelf_getshdr wbpf_elf_getshdr
#define gelf_getclass wbpf_elf_getclass

unsigned int elf_version(unsigned int version);
Elf *elf_begin(int fd, Elf_Cmd cmd, Elf *none); /* reads the whole file */
int elf_end(Elf *elf);
int elf_getshdrstrndx(Elf *elf, size_t *ret);
Elf_Scn *elf_getscn(Elf *elf, size_t index);
Elf_Scn *elf_nextscn(Elf *elf, Elf_Scn *section);
Elf_Data *elf_getdata(Elf_Scn *section, Elf_Data *none);
char *elf_strptr(Elf *elf, size_t section, size_t offset);
GElf_Ehdr *gelf_getehdr(Elf *elf, GElf_Ehdr *ret);
GElf_Shdr *gelf_getshdr(Elf_Scn *section, GElf_Shdr *ret);
int gelf_getclass(Elf *elf);

#endif
