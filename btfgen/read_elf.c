/* SPDX-License-Identifier: BSD-2-Clause */
#include "btfgen/read.h"

#include <elf.h>
#include <errno.h>
#include <string.h>

/* The magic number of <linux/btf.h>, as a little and as a big endian machine writes it. */
static const unsigned char btf_magic[2][2] = {{0x9f, 0xeb}, {0xeb, 0x9f}};

bool read_is_raw_btf(const struct strbuf *file)
{
	return file->len >= 2 &&
	       (!memcmp(file->data, btf_magic[0], 2) || !memcmp(file->data, btf_magic[1], 2));
}

Elf64_Shdr read_elf_section_at(const void *elf, const Elf64_Ehdr *h, size_t index)
{
	Elf64_Shdr s;

	memcpy(&s, (const char *)elf + h->e_shoff + index * sizeof(s), sizeof(s));
	return s;
}

static int check_header(const struct strbuf *file, Elf64_Ehdr *h, struct diag *d)
{
	if (!file->len)
		return diag_fail(d, ENOEXEC, "the file is empty");
	if (file->len < SELFMAG || memcmp(file->data, ELFMAG, SELFMAG))
		return diag_fail(d, ENOEXEC,
				 "not an ELF file (expected what clang -target bpf -g -c makes)");
	if (file->len < EI_NIDENT)
		return diag_fail(d, EINVAL, "cut off: %zu bytes are less than an ELF header",
				 file->len);

	unsigned char class = (unsigned char)file->data[EI_CLASS];
	unsigned char order = (unsigned char)file->data[EI_DATA];
	if (class != ELFCLASS64)
		return diag_fail(d, ENOEXEC, "an ELF file of %s, not of 64 bits as BPF's are",
				 class == ELFCLASS32 ? "32 bits" : "an unknown class");
	if (file->len < sizeof(*h))
		return diag_fail(d, EINVAL, "cut off: %zu bytes are less than an ELF header",
				 file->len);
	memcpy(h, file->data, sizeof(*h));
	/* e_machine in the file's own order, so that the right reason is given. */
	unsigned machine = order == ELFDATA2MSB ? __builtin_bswap16(h->e_machine) : h->e_machine;
	if (machine != EM_BPF)
		return diag_fail(d, ENOEXEC,
				 "an ELF file for another machine (%u), not for BPF: compile with "
				 "clang -target bpf -g -O2 -c",
				 machine);
	if (order != ELFDATA2LSB)
		return diag_fail(d, EINVAL, "damaged: unknown byte order %u in the ELF header",
				 order);
	return 0;
}

static int check_section(const struct strbuf *file, const Elf64_Ehdr *h, size_t i, struct diag *d)
{
	Elf64_Shdr s = read_elf_section_at(file->data, h, i);

	if (s.sh_type == SHT_NULL)
		return 0;
	if (s.sh_type != SHT_NOBITS &&
	    (s.sh_offset > file->len || s.sh_size > file->len - s.sh_offset))
		return diag_fail(d, EINVAL, "cut off or damaged: section %zu reaches past the end",
				 i);
	if (s.sh_size > UINT32_MAX)
		return diag_fail(d, EINVAL, "damaged: section %zu claims %llu bytes", i,
				 (unsigned long long)s.sh_size);
	if (s.sh_link >= h->e_shnum)
		return diag_fail(d, EINVAL, "damaged: section %zu refers to a missing one", i);
	if (s.sh_type == SHT_STRTAB && (!s.sh_size || file->data[s.sh_offset + s.sh_size - 1]))
		return diag_fail(d, EINVAL, "damaged: string table %zu does not end", i);
	if (s.sh_type == SHT_SYMTAB && s.sh_entsize != sizeof(Elf64_Sym))
		return diag_fail(d, EINVAL, "damaged: symbol table %zu has odd entries", i);
	if (s.sh_type == SHT_REL && s.sh_entsize != sizeof(Elf64_Rel))
		return diag_fail(d, EINVAL, "damaged: relocation section %zu has odd entries", i);
	return 0;
}

static int check_sections(const struct strbuf *file, const Elf64_Ehdr *h, struct diag *d)
{
	if (!h->e_shoff || !h->e_shnum || h->e_shentsize != sizeof(Elf64_Shdr))
		return diag_fail(d, EINVAL, "damaged: no usable section table in the ELF header");
	if (h->e_shoff > file->len || h->e_shnum * sizeof(Elf64_Shdr) > file->len - h->e_shoff)
		return diag_fail(d, EINVAL,
				 "cut off: the section table lies past the end (%zu bytes)",
				 file->len);
	for (size_t i = 0; i < h->e_shnum; i++) {
		int err = check_section(file, h, i, d);
		if (err)
			return err;
	}

	if (h->e_shstrndx >= h->e_shnum)
		return diag_fail(d, EINVAL, "damaged: the section names are missing");
	Elf64_Shdr names = read_elf_section_at(file->data, h, h->e_shstrndx);
	if (names.sh_type != SHT_STRTAB)
		return diag_fail(d, EINVAL, "damaged: the section names are no string table");
	for (size_t i = 0; i < h->e_shnum; i++)
		if (read_elf_section_at(file->data, h, i).sh_name >= names.sh_size)
			return diag_fail(d, EINVAL, "damaged: section %zu has no name", i);
	return 0;
}

/* The first section of this name from the one with this index on; its index, or 0. */
static size_t find(const void *elf, const char *name, size_t index, Elf64_Shdr *ret)
{
	Elf64_Ehdr h;
	memcpy(&h, elf, sizeof(h));
	Elf64_Shdr names = read_elf_section_at(elf, &h, h.e_shstrndx);

	for (; index < h.e_shnum; index++) {
		*ret = read_elf_section_at(elf, &h, index);
		if (!strcmp((const char *)elf + names.sh_offset + ret->sh_name, name))
			return index;
	}
	return 0;
}

bool read_elf_find(const void *elf, const char *name, Elf64_Shdr *ret)
{
	return find(elf, name, 1, ret);
}

const char *read_elf_section(const void *elf, const char *name, size_t *ret_size)
{
	Elf64_Shdr s;
	size_t i = find(elf, name, 1, &s);

	/* Of these nothing says that they lie in the file. */
	while (i && (s.sh_type == SHT_NOBITS || s.sh_type == SHT_NULL))
		i = find(elf, name, i + 1, &s);
	*ret_size = i ? s.sh_size : 0;
	return i ? (const char *)elf + s.sh_offset : NULL;
}

/* libbpf's linker would read each and keep the last. */
static int check_once(const struct strbuf *file, const char *name, struct diag *d)
{
	Elf64_Shdr s;
	unsigned count = 0;

	for (size_t i = find(file->data, name, 1, &s); i; i = find(file->data, name, i + 1, &s))
		count += s.sh_type == SHT_PROGBITS;
	return count > 1 ? diag_fail(d, EINVAL, "damaged: it has %u sections %s", count, name) : 0;
}

static int check_elf(const struct strbuf *file, bool needs_btf, struct diag *d)
{
	Elf64_Ehdr h = {0};
	size_t size = 0;

	int err = check_header(file, &h, d);
	if (!err)
		err = check_sections(file, &h, d);
	if (!err && needs_btf && (!read_elf_section(file->data, ".BTF", &size) || !size))
		err = diag_fail(d, ENODATA, "no BTF in it: compile with clang -target bpf -g");
	if (!err)
		err = check_once(file, ".BTF", d);
	if (!err)
		err = check_once(file, ".BTF.ext", d);
	if (!err)
		err = read_check_relocations(file, d);
	return err ? err : read_check_ext(file, d);
}

int read_check_elf(const struct strbuf *file, struct diag *d)
{
	return check_elf(file, true, d);
}

int read_check_linkable(const struct strbuf *file, struct diag *d)
{
	bool is_bpf;
	int err = read_is_bpf(file, &is_bpf, d);

	if (!err && is_bpf && read_is_big_endian(file))
		return diag_fail(d, ENOTSUP,
				 "big-endian: only little-endian BPF objects (-target bpfel) are "
				 "linked here");
	return err ? err : check_elf(file, false, d);
}
