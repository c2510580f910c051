/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The object file around slimmed BTF. Its sections stay; symbols that libbpf looks at stay:
 * functions, what is global, what relocations name. Names are packed into one table.
 */
#include "btfgen/read_slim.h"

#include <elf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "btfgen/read.h"
#include "btfgen/strpack.h"

struct section {
	Elf64_Shdr h;
	const uint8_t
		*data; /* h.sh_size bytes, also when these are to be others than in the file */
};

struct writer {
	const uint8_t *elf;
	size_t size;
	Elf64_Ehdr h;
	struct section *sections; /* h.e_shnum */
	size_t symbols;           /* index of the symbol table's section; 0: none */
	Elf64_Sym *syms;          /* sym_count, a copy */
	size_t sym_count;
	uint32_t *sym_new; /* by old index; 0: dropped, or the first */
	struct strbuf strings, rels;
};

static const char *name_of(const struct writer *w, uint32_t offset)
{
	const struct section *s = &w->sections[w->h.e_shstrndx];
	const char *name = (const char *)s->data + offset;

	return offset < s->h.sh_size && memchr(name, '\0', s->h.sh_size - offset) ? name : NULL;
}

static int take_sections(struct writer *w)
{
	memcpy(&w->h, w->elf, sizeof(w->h));
	w->sections = calloc(w->h.e_shnum, sizeof(*w->sections));
	if (!w->sections)
		return -ENOMEM;
	for (size_t i = 0; i < w->h.e_shnum; i++) {
		struct section *s = &w->sections[i];
		s->h = read_elf_section_at(w->elf, &w->h, i);
		if (s->h.sh_type != SHT_NOBITS && s->h.sh_type != SHT_NULL &&
		    (s->h.sh_offset > w->size || s->h.sh_size > w->size - s->h.sh_offset))
			return -EINVAL;
		s->data = w->elf + (s->h.sh_type == SHT_NOBITS ? 0 : s->h.sh_offset);
		if (s->h.sh_type == SHT_SYMTAB)
			w->symbols = i;
	}
	/* libbpf's linker has one table for all names. */
	return w->symbols && w->sections[w->symbols].h.sh_link != w->h.e_shstrndx ? -ENOTSUP : 0;
}

static int take_symbols(struct writer *w)
{
	const struct section *s = &w->sections[w->symbols];

	w->sym_count = w->symbols ? s->h.sh_size / sizeof(*w->syms) : 0;
	w->syms = calloc(w->sym_count + 1, sizeof(*w->syms));
	w->sym_new = calloc(w->sym_count + 1, sizeof(*w->sym_new));
	if (!w->syms || !w->sym_new)
		return -ENOMEM;
	if (w->sym_count)
		memcpy(w->syms, s->data, w->sym_count * sizeof(*w->syms));
	return 0;
}

/* The text of these is read, and by the section's name. */
static bool is_text_section(const struct writer *w, uint16_t index)
{
	const char *name = index < w->h.e_shnum ? name_of(w, w->sections[index].h.sh_name) : NULL;

	return name && slim_is_text_section(name);
}

static bool is_needed(const struct writer *w, const Elf64_Sym *sym)
{
	if (ELF64_ST_BIND(sym->st_info) != STB_LOCAL)
		return !is_text_section(w, sym->st_shndx);
	return ELF64_ST_TYPE(sym->st_info) == STT_FUNC;
}

/* The n-th relocation of a section of them, or false. */
static bool take_relocation(const struct section *s, size_t n, Elf64_Rel *ret)
{
	if (s->h.sh_type != SHT_REL || n >= s->h.sh_size / sizeof(*ret))
		return false;
	memcpy(ret, s->data + n * sizeof(*ret), sizeof(*ret));
	return true;
}

static int mark_symbols(struct writer *w)
{
	for (size_t i = 1; i < w->sym_count; i++)
		w->sym_new[i] = is_needed(w, &w->syms[i]);
	for (size_t i = 1; i < w->h.e_shnum; i++) {
		const struct section *s = &w->sections[i];
		Elf64_Rel rel;
		for (size_t n = 0; take_relocation(s, n, &rel); n++) {
			if (ELF64_R_SYM(rel.r_info) >= w->sym_count)
				return -EINVAL;
			w->sym_new[ELF64_R_SYM(rel.r_info)] = 1;
		}
	}
	return 0;
}

/* Moves the needed ones to the front, in their order: local ones first, as ELF has them. */
static void number_symbols(struct writer *w)
{
	uint32_t count = w->sym_count ? 1 : 0, locals = count;

	for (size_t i = 1; i < w->sym_count; i++) {
		if (!w->sym_new[i])
			continue;
		w->syms[count] = w->syms[i];
		locals += ELF64_ST_BIND(w->syms[i].st_info) == STB_LOCAL;
		w->sym_new[i] = count++;
	}
	w->sym_new[0] = 0;
	w->sym_count = count;
	if (w->symbols) {
		w->sections[w->symbols].h.sh_info = locals;
		w->sections[w->symbols].h.sh_size = count * sizeof(*w->syms);
		w->sections[w->symbols].data = (const uint8_t *)w->syms;
	}
}

static int move_relocations(struct writer *w)
{
	for (size_t i = 1; i < w->h.e_shnum; i++) {
		const struct section *s = &w->sections[i];
		Elf64_Rel rel;
		for (size_t n = 0; take_relocation(s, n, &rel); n++) {
			rel.r_info = ELF64_R_INFO((uint64_t)w->sym_new[ELF64_R_SYM(rel.r_info)],
						  ELF64_R_TYPE(rel.r_info));
			strbuf_add(&w->rels, &rel, sizeof(rel));
		}
	}
	if (strbuf_error(&w->rels))
		return -ENOMEM;
	const uint8_t *data = (const uint8_t *)w->rels.data;
	for (size_t i = 1; i < w->h.e_shnum; i++) {
		struct section *s = &w->sections[i];
		if (s->h.sh_type != SHT_REL)
			continue;
		s->h.sh_size -= s->h.sh_size % sizeof(Elf64_Rel);
		s->data = data;
		if (s->h.sh_size) /* without any there is no data */
			data += s->h.sh_size;
	}
	return 0;
}

static int add_name(struct writer *w, struct strpack *pack, uint32_t *at)
{
	const char *name = name_of(w, *at);

	return name ? strpack_add(pack, name, at) : -EINVAL;
}

static int pack_names(struct writer *w)
{
	struct strpack pack = {0};
	struct section *table = &w->sections[w->h.e_shstrndx];
	int err = 0;

	for (size_t i = 0; i < w->h.e_shnum && !err; i++)
		err = add_name(w, &pack, &w->sections[i].h.sh_name);
	for (size_t i = 0; i < w->sym_count && !err; i++)
		err = add_name(w, &pack, &w->syms[i].st_name);
	if (!err)
		err = strpack_finish(&pack, &w->strings);
	strpack_clear(&pack);
	table->data = (const uint8_t *)w->strings.data;
	table->h.sh_size = w->strings.len;
	return err;
}

static void replace(struct writer *w, const char *wanted, const void *data, size_t size)
{
	for (size_t i = 1; i < w->h.e_shnum; i++) {
		struct section *s = &w->sections[i];
		const char *name = name_of(w, s->h.sh_name);
		if (!name || strcmp(name, wanted) != 0)
			continue;
		s->data = data;
		s->h.sh_size = size;
		s->h.sh_addralign = 4;
	}
}

static void align(struct strbuf *out, uint64_t alignment)
{
	while (alignment > 1 && out->len % alignment)
		strbuf_putc(out, '\0');
}

static int write_file(struct writer *w, struct strbuf *out)
{
	strbuf_add(out, &w->h, sizeof(w->h));
	for (size_t i = 1; i < w->h.e_shnum; i++) {
		struct section *s = &w->sections[i];
		if (s->h.sh_type == SHT_NOBITS)
			s->h.sh_offset = out->len;
		if (s->h.sh_type == SHT_NOBITS || s->h.sh_type == SHT_NULL)
			continue;
		if (s->h.sh_addralign > 8)
			return -ENOTSUP;
		align(out, s->h.sh_addralign);
		s->h.sh_offset = out->len;
		strbuf_add(out, s->data, s->h.sh_size);
	}
	align(out, 8);
	w->h.e_shoff = out->len;
	for (size_t i = 0; i < w->h.e_shnum; i++)
		strbuf_add(out, &w->sections[i].h, sizeof(w->sections[i].h));
	if (strbuf_error(out))
		return -ENOMEM;
	memcpy(out->data, &w->h, sizeof(w->h));
	return 0;
}

int slim_write_elf(const struct slim *s, const struct strbuf *btf, const void *elf, size_t size,
		   struct strbuf *out)
{
	struct writer w = {.elf = elf, .size = size};
	int err = take_sections(&w);

	if (!err)
		err = take_symbols(&w);
	if (!err)
		err = mark_symbols(&w);
	if (!err) {
		number_symbols(&w);
		err = move_relocations(&w);
	}
	if (!err) {
		replace(&w, ".BTF", btf->data, btf->len);
		if (s->ext)
			replace(&w, ".BTF.ext", s->ext, s->ext_size);
		err = pack_names(&w);
	}
	if (!err)
		err = write_file(&w, out);
	free(w.sections);
	free(w.syms);
	free(w.sym_new);
	strbuf_free(&w.strings);
	strbuf_free(&w.rels);
	return err;
}
