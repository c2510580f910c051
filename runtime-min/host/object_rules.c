/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/object_rules.h"

#include <errno.h>
#include <gelf.h>
#include <linux/bpf.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <bpf/btf.h>

#include "abi/wbpf_abi.h"
#include "host/btf_types.h"
#include "host/log.h"

/* The first half of a load of 64 bits, which takes two instructions. */
enum { WIDE = BPF_LD | BPF_IMM | BPF_DW };

/* In all programs of an object; the kernel takes 256 in one. */
enum { MAX_FUNCTIONS = 16384 };

/*
 * Whether the function ends in the middle of such a load. libbpf has a copy of each function alone,
 * and relocates both halves: the second one would lie behind the copy's end.
 */
static bool is_cut(Elf *elf, const Elf64_Sym *sym)
{
	Elf_Scn *scn = elf_getscn(elf, sym->st_shndx);
	const Elf_Data *data = scn ? elf_getdata(scn, NULL) : NULL;
	const uint64_t slot = sizeof(struct bpf_insn);

	if (!data || !data->d_buf)
		return false;
	if (sym->st_size < slot || sym->st_size > data->d_size ||
	    sym->st_value > data->d_size - sym->st_size)
		return false;
	return ((const uint8_t *)data->d_buf)[sym->st_value + sym->st_size - slot] == WIDE;
}

static int check_functions(struct log *l, Elf *elf, Elf_Scn *symbols, uint32_t *functions)
{
	/* Taken as libbpf takes them, whatever the section's flags make of the data. */
	const Elf_Data *data = elf_getdata(symbols, NULL);
	const Elf64_Sym *all = data ? data->d_buf : NULL;

	for (size_t i = 0; all && i < data->d_size / sizeof(*all); i++) {
		const Elf64_Sym *sym = &all[i];
		if (ELF64_ST_TYPE(sym->st_info) != STT_FUNC)
			continue;
		/* libbpf follows their calls by calling itself: its stack is the host's. */
		if (++*functions > MAX_FUNCTIONS) {
			log_add(l, WBPF_LOG_WARN,
				"wbpf: the BPF object has more than %d functions\n", MAX_FUNCTIONS);
			return -E2BIG;
		}
		if (is_cut(elf, sym)) {
			log_add(l, WBPF_LOG_WARN,
				"wbpf: the BPF object has a function that ends within an "
				"instruction\n");
			return -EINVAL;
		}
	}
	return 0;
}

/* A struct's pointers lie within it: libbpf writes those of struct_ops maps. */
static bool is_whole(const struct btf *btf, const struct btf_type *t)
{
	for (uint16_t i = 0; i < btf_vlen(t); i++)
		if (btf_types_is_pointer(btf, btf_members(t)[i].type) &&
		    btf_member_bit_offset(t, i) / 8 + sizeof(uint64_t) > t->size)
			return false;
	return true;
}

/* The ends of a section's variables are what 32 bits can say, in which libbpf adds them up. */
static bool is_small(const struct btf *btf, const struct btf_type *t)
{
	for (uint16_t i = 0; i < btf_vlen(t); i++) {
		const struct btf_var_secinfo *v = &btf_var_secinfos(t)[i];
		int64_t size = btf__resolve_size(btf, v->type);
		if (size > 0 && v->offset + (uint64_t)size > UINT32_MAX)
			return false;
	}
	return true;
}

/* Types that cannot be read are for libbpf to refuse. */
static int check_types(struct log *l, Elf_Scn *s)
{
	Elf_Data *data = elf_getdata(s, NULL);
	struct btf *btf = data && data->d_buf && data->d_size <= UINT32_MAX
				  ? btf__new(data->d_buf, (uint32_t)data->d_size)
				  : NULL;
	bool good = true;

	for (uint32_t id = 1; btf && good && id < btf__type_cnt(btf); id++) {
		const struct btf_type *t = btf__type_by_id(btf, id);
		good = btf_is_struct(t)    ? is_whole(btf, t)
		       : btf_is_datasec(t) ? is_small(btf, t)
					   : true;
	}
	btf__free(btf);
	if (!good)
		log_add(l, WBPF_LOG_WARN,
			"wbpf: the BPF object has a type with parts outside of it\n");
	return good ? 0 : -EINVAL;
}

static bool has_types(Elf *elf, const GElf_Shdr *header)
{
	size_t names;
	const char *name =
		elf_getshdrstrndx(elf, &names) ? NULL : elf_strptr(elf, names, header->sh_name);

	return name && !strcmp(name, ".BTF");
}

int object_rule_bytes(struct log *l, void *bytes, size_t len)
{
	elf_version(EV_CURRENT);
	Elf *elf = elf_memory(bytes, len);
	uint32_t functions = 0;
	int err = 0;

	for (Elf_Scn *s = elf ? elf_nextscn(elf, NULL) : NULL; s && !err; s = elf_nextscn(elf, s)) {
		GElf_Shdr header;
		if (!gelf_getshdr(s, &header))
			continue;
		if (header.sh_type == SHT_SYMTAB)
			err = check_functions(l, elf, s, &functions);
		else if (has_types(elf, &header))
			err = check_types(l, s);
	}
	elf_end(elf);
	return err;
}
