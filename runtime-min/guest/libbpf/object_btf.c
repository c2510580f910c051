// SPDX-License-Identifier: BSD-2-Clause
/* An object's own BTF. In a module only when the program asks for it (see wbpf_object_take_btf). */
#include <elf.h>
#include <string.h>

#include <bpf/btf.h>

#include "guest/libbpf/object.h"

/* The object's bytes may lie at any address: fields are copied out. */
struct elf {
	const char *bytes;
	size_t len;
	Elf64_Ehdr header;
};

static bool elf_take(const struct elf *e, uint64_t offset, void *to, size_t len)
{
	if (offset > e->len || len > e->len - offset)
		return false;
	memcpy(to, e->bytes + offset, len);
	return true;
}

static bool elf_section(const struct elf *e, unsigned int index, Elf64_Shdr *ret)
{
	return index < e->header.e_shnum &&
	       elf_take(e, e->header.e_shoff + (uint64_t)index * sizeof(*ret), ret, sizeof(*ret));
}

static bool elf_has_name(const struct elf *e, const Elf64_Shdr *names, const Elf64_Shdr *s,
			 const char *name)
{
	char found[8];
	size_t len = strlen(name) + 1;

	return len <= sizeof(found) && elf_take(e, names->sh_offset + s->sh_name, found, len) &&
	       !memcmp(found, name, len);
}

/*
 * The host took the object before: it is one for BPF, with sections. Others just have none found.
 */
static bool find_section(const void *bytes, size_t len, const char *name, Elf64_Shdr *ret)
{
	struct elf e = {.bytes = bytes, .len = len};
	Elf64_Shdr names;

	if (!elf_take(&e, 0, &e.header, sizeof(e.header)) ||
	    e.header.e_ident[EI_DATA] != ELFDATA2LSB ||
	    e.header.e_shentsize != sizeof(Elf64_Shdr) ||
	    !elf_section(&e, e.header.e_shstrndx, &names))
		return false;
	for (unsigned int i = 1; i < e.header.e_shnum; i++) {
		if (elf_section(&e, i, ret) && elf_has_name(&e, &names, ret, name))
			return ret->sh_offset <= len && ret->sh_size <= len - ret->sh_offset;
	}
	return false;
}

int wbpf_object_take_btf(struct bpf_object *obj, const void *bytes, size_t len)
{
	Elf64_Shdr s;

	if (!find_section(bytes, len, ".BTF", &s))
		return 0;
	obj->btf = btf__new((const char *)bytes + s.sh_offset, (uint32_t)s.sh_size);
	return obj->btf ? 0 : -errno;
}

void wbpf_object_drop_btf(struct bpf_object *obj)
{
	btf__free(obj->btf);
}

struct btf *bpf_object__btf(const struct bpf_object *obj)
{
	return obj ? obj->btf : NULL;
}

int bpf_object__btf_fd(const struct bpf_object *obj)
{
	return obj->btf ? btf__fd(obj->btf) : -1;
}
