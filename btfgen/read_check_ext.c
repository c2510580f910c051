/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * .BTF.ext: lines, functions and relocations, by section. libbpf's linker takes those of a section
 * that it leaves out, and loses the memory. What else may be wrong with them it sees itself.
 */
#include "btfgen/read.h"

#include <elf.h>
#include <errno.h>
#include <linux/btf.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The last two are there when hdr_len says so. */
struct ext_header {
	uint16_t magic;
	uint8_t version, flags;
	uint32_t hdr_len, func_off, func_len, line_off, line_len, relo_off, relo_len;
};

struct bytes {
	const char *at;
	size_t size;
};

static bool get(const struct bytes *b, uint64_t offset, void *to, size_t size)
{
	if (offset > b->size || size > b->size - offset)
		return false;
	memcpy(to, b->at + offset, size);
	return true;
}

/* The string at an offset in BTF, or NULL. */
static const char *string_at(const struct bytes *btf, uint32_t offset)
{
	struct btf_header h;

	if (!get(btf, 0, &h, sizeof(h)))
		return NULL;
	uint64_t begin = (uint64_t)h.hdr_len + h.str_off, end = begin + h.str_len;
	if (end > btf->size || offset >= h.str_len)
		return NULL;
	const char *s = btf->at + begin + offset;
	return memchr(s, '\0', h.str_len - offset) ? s : NULL;
}

/* Does the first section of this name have code that is linked? */
static bool has_code(const struct strbuf *file, const char *name)
{
	Elf64_Shdr s;

	return read_elf_find(file->data, name, &s) && s.sh_type == SHT_PROGBITS &&
	       s.sh_flags & SHF_EXECINSTR && s.sh_size && strncmp(name, ".debug_", 7) &&
	       strncmp(name, ".rel", 4);
}

/* One table: the records' size, and by section its name, how many there are, and these. */
static int check_table(const struct strbuf *file, const struct bytes *btf, const struct bytes *ext,
		       uint64_t at, uint32_t size, struct diag *d)
{
	uint64_t end = at + size;
	uint32_t record, head[2];

	if (!size || end > ext->size || !get(ext, at, &record, sizeof(record)))
		return 0;
	at += sizeof(record);
	while (at < end && get(ext, at, head, sizeof(head))) {
		const char *name = string_at(btf, head[0]);
		if (!name || !has_code(file, name))
			return diag_fail(
				d, EINVAL,
				"damaged: .BTF.ext is about a section that has no code%s%s",
				name ? ": " : "", name ? name : "");
		at += sizeof(head) + (uint64_t)record * head[1];
	}
	return 0;
}

int read_check_ext(const struct strbuf *file, struct diag *d)
{
	struct bytes btf, ext = {0};
	struct ext_header h = {0};
	uint32_t hdr_len;

	btf.at = read_elf_section(file->data, ".BTF", &btf.size);
	ext.at = read_elf_section(file->data, ".BTF.ext", &ext.size);
	if (!btf.at || !ext.at ||
	    !get(&ext, offsetof(struct ext_header, hdr_len), &hdr_len, sizeof(hdr_len)) ||
	    !get(&ext, 0, &h, hdr_len < sizeof(h) ? hdr_len : sizeof(h)))
		return 0;
	int err = check_table(file, &btf, &ext, (uint64_t)hdr_len + h.func_off, h.func_len, d);
	if (!err)
		err = check_table(file, &btf, &ext, (uint64_t)hdr_len + h.line_off, h.line_len, d);
	if (!err)
		err = check_table(file, &btf, &ext, (uint64_t)hdr_len + h.relo_off, h.relo_len, d);
	return err;
}
