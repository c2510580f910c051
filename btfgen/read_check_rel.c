/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Relocations: libbpf's linker looks at which symbols they name, but not at whether they and these
 * symbols lie in sections.
 */
#include "btfgen/read.h"

#include <elf.h>
#include <errno.h>
#include <string.h>

struct relocations {
	const char *elf;
	Elf64_Ehdr h;
	Elf64_Shdr symbols, to; /* the symbol table, and what is relocated */
};

/* Code is changed by whole instructions. What is compressed is debug information, which nobody
 * relocates here, and larger than its section. */
static bool lies_inside(const struct relocations *r, const Elf64_Rel *rel)
{
	uint64_t room = r->to.sh_flags & SHF_EXECINSTR ? 8 : 1;

	if (r->to.sh_flags & SHF_COMPRESSED)
		return true;
	return r->to.sh_type != SHT_NOBITS && r->to.sh_size >= room &&
	       rel->r_offset <= r->to.sh_size - room;
}

/* A symbol for a section names one; what is no symbol at all the linker sees itself. */
static bool has_section(const struct relocations *r, const Elf64_Rel *rel)
{
	uint64_t index = ELF64_R_SYM(rel->r_info);
	Elf64_Sym s;

	if (index >= r->symbols.sh_size / sizeof(s))
		return true;
	memcpy(&s, r->elf + r->symbols.sh_offset + index * sizeof(s), sizeof(s));
	return ELF64_ST_TYPE(s.st_info) != STT_SECTION || s.st_shndx < r->h.e_shnum;
}

static int check_relocations(struct relocations *r, size_t index, const Elf64_Shdr *s,
			     struct diag *d)
{
	if (s->sh_info >= r->h.e_shnum)
		return diag_fail(d, EINVAL, "damaged: section %zu relocates a missing one", index);
	r->symbols = read_elf_section_at(r->elf, &r->h, s->sh_link);
	r->to = read_elf_section_at(r->elf, &r->h, s->sh_info);
	if (r->symbols.sh_type != SHT_SYMTAB)
		return diag_fail(d, EINVAL, "damaged: relocation section %zu has no symbols",
				 index);
	for (uint64_t i = 0; i < s->sh_size / sizeof(Elf64_Rel); i++) {
		Elf64_Rel rel;
		memcpy(&rel, r->elf + s->sh_offset + i * sizeof(rel), sizeof(rel));
		if (!lies_inside(r, &rel) || !has_section(r, &rel))
			return diag_fail(d, EINVAL,
					 "damaged: relocation %llu in section %zu leads out of its "
					 "section",
					 (unsigned long long)i, index);
	}
	return 0;
}

int read_check_relocations(const struct strbuf *file, struct diag *d)
{
	struct relocations r = {.elf = file->data};
	int err = 0;

	memcpy(&r.h, r.elf, sizeof(r.h));
	for (size_t i = 1; !err && i < r.h.e_shnum; i++) {
		Elf64_Shdr s = read_elf_section_at(r.elf, &r.h, i);
		if (s.sh_type == SHT_REL)
			err = check_relocations(&r, i, &s, d);
	}
	return err;
}
