/* SPDX-License-Identifier: BSD-2-Clause */
/* Sections of any machine's ELF file: 32 or 64 bits, of either byte order. Only what is asked for
 * is looked at, and nothing in the file is believed. */
#include "btfgen/read.h"

#include <elf.h>
#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <string.h>

struct view {
	const struct strbuf *file;
	bool wide, big;
	uint64_t table, count, names; /* section headers: offset, how many, index of the names */
	size_t stride;
};

struct section {
	uint64_t name, type, flags, offset, size, link;
};

static uint64_t number(const struct view *v, uint64_t offset, size_t size)
{
	uint64_t n = 0;

	for (size_t i = 0; i < size; i++) {
		size_t at = offset + (v->big ? i : size - 1 - i);
		n = n << 8 | (unsigned char)v->file->data[at];
	}
	return n;
}

/* A field of a structure that is in the file, of 32 or of 64 bits. */
#define FIELD(v, base, type, field)                                                                \
	((v)->wide ? number(v, (base) + offsetof(Elf64_##type, field),                             \
			    sizeof(((Elf64_##type *)0)->field))                                    \
		   : number(v, (base) + offsetof(Elf32_##type, field),                             \
			    sizeof(((Elf32_##type *)0)->field)))

static struct section section_at(const struct view *v, uint64_t index)
{
	uint64_t at = v->table + index * v->stride;

	return (struct section){
		.name = FIELD(v, at, Shdr, sh_name),
		.type = FIELD(v, at, Shdr, sh_type),
		.flags = FIELD(v, at, Shdr, sh_flags),
		.offset = FIELD(v, at, Shdr, sh_offset),
		.size = FIELD(v, at, Shdr, sh_size),
		.link = FIELD(v, at, Shdr, sh_link),
	};
}

static bool is_inside(const struct view *v, uint64_t offset, uint64_t size)
{
	return offset <= v->file->len && size <= v->file->len - offset;
}

static int open_view(const struct strbuf *file, struct view *v, struct diag *d)
{
	*v = (struct view){
		.file = file,
		.wide = file->data[EI_CLASS] == ELFCLASS64,
		.big = file->data[EI_DATA] == ELFDATA2MSB,
	};
	v->stride = v->wide ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr);
	if (file->len < (v->wide ? sizeof(Elf64_Ehdr) : sizeof(Elf32_Ehdr)))
		return diag_fail(d, EINVAL, "cut off: %zu bytes are less than an ELF header",
				 file->len);
	v->table = FIELD(v, 0, Ehdr, e_shoff);
	v->count = FIELD(v, 0, Ehdr, e_shnum);
	v->names = FIELD(v, 0, Ehdr, e_shstrndx);
	if (!v->table || FIELD(v, 0, Ehdr, e_shentsize) != v->stride)
		return diag_fail(d, EINVAL, "damaged: no usable section table in the ELF header");
	if (!is_inside(v, v->table, v->stride))
		return diag_fail(d, EINVAL,
				 "cut off: the section table lies past the end (%zu bytes)",
				 file->len);
	/* Numbers that the header has no room for stand in the first section's. */
	if (!v->count)
		v->count = section_at(v, 0).size;
	if (v->names == SHN_XINDEX)
		v->names = section_at(v, 0).link;
	if (v->count > (file->len - v->table) / v->stride)
		return diag_fail(d, EINVAL,
				 "cut off: the section table lies past the end (%zu bytes)",
				 file->len);
	if (v->names >= v->count)
		return diag_fail(d, EINVAL, "damaged: the section names are missing");
	return 0;
}

static bool has_name(const struct view *v, const struct section *names, const struct section *s,
		     const char *name)
{
	size_t n = strlen(name) + 1;

	return s->name < names->size && n <= names->size - s->name &&
	       !memcmp(v->file->data + names->offset + s->name, name, n);
}

int read_any_section(const struct strbuf *file, const char *name, struct strbuf *ret,
		     struct diag *d)
{
	struct view v;

	int err = open_view(file, &v, d);
	if (err)
		return err;
	struct section names = section_at(&v, v.names);
	if (names.type == SHT_NOBITS || !is_inside(&v, names.offset, names.size))
		return diag_fail(d, EINVAL, "cut off or damaged: the section names are missing");
	for (uint64_t i = 1; i < v.count; i++) {
		struct section s = section_at(&v, i);
		if (s.type == SHT_NOBITS || !has_name(&v, &names, &s, name))
			continue;
		if (!is_inside(&v, s.offset, s.size))
			return diag_fail(d, EINVAL,
					 "cut off or damaged: section %s reaches past the end",
					 name);
		if (s.flags & SHF_COMPRESSED)
			return diag_fail(d, ENOTSUP,
					 "section %s is compressed: llvm-objcopy "
					 "--decompress-debug-sections undoes that",
					 name);
		strbuf_add(ret, file->data + s.offset, s.size);
		return strbuf_error(ret) ? diag_fail(d, ENOMEM, "out of memory") : 0;
	}
	return 0;
}
