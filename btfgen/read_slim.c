/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Slims an object: of its BTF, keeps what loading it needs. Most of a CO-RE object's BTF describes
 * kernel structs of which the program reads a few fields; libbpf looks at exactly these
 * fields (their names, their place in the access string), and at the names and sizes of the
 * structs around them.
 *
 * Kept whole are: every function, every variable and map definition with their types and what these
 * point to, and the types that type-based relocations name. Of a struct that only field relocations
 * or pointers reach, the name, the size and the relocated members are kept, and the relocations'
 * access strings count these members. Function and line information is kept, with the source
 * lines that the verifier prints.
 *
 * Source of the rules: Documentation/bpf/btf.rst and llvm_reloc.rst of the kernel; the comments on
 * bpf_core_relo in linux/bpf.h.
 */
#include "btfgen/read_slim.h"

#include <errno.h>
#include <libelf.h>
#include <stdlib.h>
#include <string.h>

#include "btfgen/read.h"

static Elf_Data *find_data(Elf *elf, const char *wanted, Elf_Scn **ret)
{
	size_t names;
	Elf_Scn *section = NULL;

	if (elf_getshdrstrndx(elf, &names))
		return NULL;
	while ((section = elf_nextscn(elf, section))) {
		const Elf64_Shdr *h = elf64_getshdr(section);
		const char *name = h ? elf_strptr(elf, names, h->sh_name) : NULL;
		if (name && !strcmp(name, wanted)) {
			*ret = section;
			return elf_getdata(section, NULL);
		}
	}
	return NULL;
}

static int replace_sections(struct slim *s, Elf *elf)
{
	Elf_Scn *section;
	uint32_t size;
	const void *raw = btf__raw_data(s->to, &size);
	Elf_Data *data = find_data(elf, ".BTF", &section);

	if (!raw || !data)
		return -ENOMEM;
	data->d_buf = (void *)raw;
	data->d_size = size;
	elf_flagdata(data, ELF_C_SET, ELF_F_DIRTY);
	if (s->ext) {
		data = find_data(elf, ".BTF.ext", &section);
		if (!data)
			return -EINVAL;
		data->d_buf = s->ext;
		data->d_size = s->ext_size;
		elf_flagdata(data, ELF_C_SET, ELF_F_DIRTY);
	}
	return elf_update(elf, ELF_C_WRITE) < 0 ? -EINVAL : 0;
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

static int take_ext(struct slim *s, Elf *elf)
{
	Elf_Scn *section;
	const Elf_Data *data = find_data(elf, ".BTF.ext", &section);
	struct ext_header h;

	if (!data)
		return 0;
	if (data->d_size < offsetof(struct ext_header, relo_off))
		return -EINVAL;
	memset(&h, 0, sizeof(h));
	memcpy(&h, data->d_buf, data->d_size < sizeof(h) ? data->d_size : sizeof(h));
	if (h.hdr_len < offsetof(struct ext_header, relo_off) || h.hdr_len > data->d_size)
		return -EINVAL;
	s->ext = malloc(data->d_size < sizeof(h) ? sizeof(h) : data->d_size);
	if (!s->ext)
		return -ENOMEM;
	memcpy(s->ext, data->d_buf, data->d_size);
	s->ext_size = data->d_size;
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

static int slim_elf(Elf *elf)
{
	struct slim s = {0};
	Elf_Scn *section;
	const Elf_Data *data = find_data(elf, ".BTF", &section);
	int err;

	if (!data)
		return -EINVAL;
	s.from = btf__new(data->d_buf, (uint32_t)data->d_size);
	err = s.from ? take_ext(&s, elf) : -errno;
	if (!err)
		err = slim_btf(&s);
	if (!err)
		err = replace_sections(&s, elf);
	slim_free(&s);
	return err;
}

int read_slim(int fd, struct diag *d)
{
	if (elf_version(EV_CURRENT) == EV_NONE)
		return diag_fail(d, ENOTSUP, "libelf is older than its header");
	Elf *elf = elf_begin(fd, ELF_C_RDWR, NULL);
	int err = elf ? slim_elf(elf) : -EINVAL;

	elf_end(elf);
	return err ? diag_fail(d, err,
			       "cannot slim the object's BTF: %s; --no-slim keeps all of it",
			       strerror(-err))
		   : 0;
}
