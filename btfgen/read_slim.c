/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Slims an object: of its BTF, keeps what loading it needs. Most of a CO-RE object's BTF describes
 * kernel structs of which the program reads a few fields; libbpf looks at exactly these
 * fields (their names, their place in the access string), and at the names and sizes of the
 * structs around them.
 *
 * Kept whole are: every function, every variable but the license, every map definition with its key
 * and value, and the types that type-based relocations name. Of a struct that only field
 * relocations or pointers reach, the name, the size and the relocated members are kept, and the
 * relocations' access strings count these members. Function and line information is kept as far as
 * the verifier prints it. Of the symbols those are kept that libbpf looks at (read_slim_elf.c).
 *
 * Source of the rules: Documentation/bpf/btf.rst and llvm_reloc.rst of the kernel; the comments on
 * bpf_core_relo in linux/bpf.h.
 */
#include "btfgen/read_slim.h"

#include <elf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "btfgen/read.h"

bool slim_is_text_section(const char *name)
{
	return !strcmp(name, "license") || !strcmp(name, "version");
}

static int slim_btf(struct slim *s)
{
	s->count = btf__type_cnt(s->from);
	s->marks = calloc(s->count, sizeof(*s->marks));
	s->to = btf__new_empty();
	if (!s->marks || !s->to)
		return -ENOMEM;
	int err = slim_mark(s);
	if (err)
		return err;
	slim_number(s);
	err = slim_build(s);
	return err || !s->ext ? err : slim_move_ext(s);
}

static int take_ext(struct slim *s, const void *elf)
{
	struct ext_header h;
	size_t size;
	const char *data = read_elf_section(elf, ".BTF.ext", &size);

	if (!data)
		return 0;
	if (size < offsetof(struct ext_header, relo_off))
		return -EINVAL;
	memset(&h, 0, sizeof(h));
	memcpy(&h, data, size < sizeof(h) ? size : sizeof(h));
	if (h.hdr_len < offsetof(struct ext_header, relo_off) || h.hdr_len > size)
		return -EINVAL;
	s->ext = calloc(1, size < sizeof(h) ? sizeof(h) : size);
	if (!s->ext)
		return -ENOMEM;
	memcpy(s->ext, data, size);
	s->ext_size = size;
	return 0;
}

static void slim_free(struct slim *s)
{
	for (uint32_t i = 0; s->marks && i < s->count; i++)
		free(s->marks[i].used);
	free(s->marks);
	free(s->stack);
	free(s->ext);
	btf__free(s->to);
	btf__free((struct btf *)s->from);
}

static int slim_elf(const void *elf, size_t elf_size, struct strbuf *out)
{
	struct slim s = {0};
	struct strbuf btf = {0};
	size_t size;
	const char *data = read_elf_section(elf, ".BTF", &size);

	if (!data)
		return -EINVAL;
	s.from = btf__new(data, (uint32_t)size);
	int err = s.from ? take_ext(&s, elf) : -errno;
	if (!err)
		err = slim_btf(&s);
	if (!err)
		err = slim_pack_strings(&s, &btf);
	if (!err)
		err = slim_write_elf(&s, &btf, elf, elf_size, out);
	strbuf_free(&btf);
	slim_free(&s);
	return err;
}

int read_slim(uint8_t **elf, size_t *size, struct diag *d)
{
	struct strbuf out = {0};
	int err = slim_elf(*elf, *size, &out);

	if (err) {
		strbuf_free(&out);
		return diag_fail(d, err,
				 "cannot slim the object's BTF: %s; --no-slim keeps all of it",
				 strerror(-err));
	}
	free(*elf);
	*size = out.len;
	*elf = (uint8_t *)strbuf_detach(&out);
	return 0;
}
