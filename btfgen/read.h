/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the reader share. Only they include this, and only they know libbpf. */
#ifndef WBPF_BTFGEN_READ_H
#define WBPF_BTFGEN_READ_H

#include <elf.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/strbuf.h"
#include "btfgen/model.h"
#include "btfgen/object.h"

struct btf;

/* The largest kernel image with debug information has some hundreds of megabytes, the largest BPF
 * objects some tens; what is beyond this was not meant. */
enum { READ_MAX_FILE = 1 << 30 };

/* Is this a BPF object file? If not, it is raw BTF or another machine's ELF file. 0, -ENOEXEC or
 * -EINVAL. */
int read_is_bpf(const struct strbuf *file, bool *ret, struct diag *d);

/* Is this file, which read_is_bpf() knows for one, a BPF object for big-endian machines? */
bool read_is_big_endian(const struct strbuf *file);

/*
 * Is this a whole ELF file for BPF with BTF in it? libelf and libbpf believe much of what a file
 * says, so what they would follow out of the file is refused here. 0, -ENOEXEC, -ENODATA, -EINVAL
 * or -ENOTSUP.
 */
int read_check_elf(const struct strbuf *file, struct diag *d);

/* The same of an object that may have no BTF. */
int read_check_linkable(const struct strbuf *file, struct diag *d);

/* Parts of it, about .BTF.ext and about relocations. 0 or -EINVAL. */
int read_check_ext(const struct strbuf *file, struct diag *d);
int read_check_relocations(const struct strbuf *file, struct diag *d);

/* A section of a file whose table of sections lies in it. It is copied out: nothing says that the
 * table is aligned in the file. */
Elf64_Shdr read_elf_section_at(const void *elf, const Elf64_Ehdr *h, size_t index);

/* The first section of this name in a file that passed. */
bool read_elf_find(const void *elf, const char *name, Elf64_Shdr *ret);

/* The contents of a section of a file that passed, or NULL. */
const char *read_elf_section(const void *elf, const char *name, size_t *ret_size);

/*
 * Appends the contents of a section to ret, nothing when there is none; for ELF files of every
 * machine, whose magic number, class and byte order are known to be right. 0, -EINVAL, -ENOTSUP or
 * -ENOMEM.
 */
int read_any_section(const struct strbuf *file, const char *name, struct strbuf *ret,
		     struct diag *d);

bool read_is_raw_btf(const struct strbuf *file);

/* The model of a libbpf BTF, checked. */
int read_model(const struct btf *btf, struct model **ret, struct diag *d);

/*
 * Fills o, whose path is set, with the types of a file that is no BPF object, and empties file.
 * base_path: the kernel's BTF that a module's goes on from, or NULL. The diag names the file.
 */
int read_types(struct strbuf *file, const char *base_path, struct object *o, struct diag *d);

/* Sets the roots of an object that has types only, by the maps and variables in its BTF. 0 or
 * -ENOMEM. */
int read_roots(struct object *o, struct diag *d);

/* Fills o, whose path and name are set, with the types of a C header. options may be NULL. The diag
 * names the file. */
int read_header(const struct object_options *options, struct object *o, struct diag *d);

/* Fills what concerns BPF from the file into o, whose path and name are set. */
int read_bpf(const struct strbuf *file, bool keep_btf, struct object *o, struct diag *d);

/*
 * Adds to the model, which stays sound, those of the named types that it lacks and the object's
 * debug information has. One that is in neither is no error here. 0, -EINVAL, -ENOTSUP or -ENOMEM.
 */
int read_dwarf(const struct strbuf *file, const char *const *names, struct model *m,
	       struct diag *d);

/* Links a file with nothing else into the file fd: it has then all BTF, and no debug information.
 */
int read_link_alone(const struct strbuf *file, int fd, struct diag *d);

/* All of the file fd, which the caller frees. */
int read_back(int fd, uint8_t **ret, size_t *ret_size, struct diag *d);

/* Ends what read_warnings_begin() began: fails with the negative errno of a function of libbpf, and
 * what it warned of. -ENOMEM or -EINVAL. */
int read_libbpf_fail(struct diag *d, const char *what, int err);

/*
 * Puts in place of a linked object, size bytes at *elf, which it frees, the same with only what
 * loading it needs (read_slim.c says what that is). It loads to the same instructions. 0 or a
 * negative errno, and the object stays.
 */
int read_slim(uint8_t **elf, size_t *size, struct diag *d);

/*
 * libbpf's warnings between begin and end, which end hands out as one line ("" when there are none;
 * free it). libbpf has one print function for the process, so this is for one thread at a time.
 */
void read_warnings_begin(void);
char *read_warnings_end(void);

#endif
