/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/object_rules.h"

#include <errno.h>
#include <gelf.h>
#include <linux/bpf.h>
#include <stdbool.h>
#include <stdint.h>

#include "abi/wbpf_abi.h"
#include "host/log.h"

/* The first half of a load of 64 bits, which takes two instructions. */
enum { WIDE = BPF_LD | BPF_IMM | BPF_DW };

/* In all programs of an object; the kernel takes 256 in one. */
enum { MAX_FUNCTIONS = 16384 };

/*
 * Whether the function ends in the middle of such a load. libbpf has a copy of each function alone,
 * and relocates both halves: the second one would lie behind the copy's end.
 */
static bool is_cut(Elf *elf, const GElf_Sym *sym)
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
	Elf_Data *data = elf_getdata(symbols, NULL);
	GElf_Sym sym;

	for (int i = 0; data && gelf_getsym(data, i, &sym); i++) {
		if (GELF_ST_TYPE(sym.st_info) != STT_FUNC)
			continue;
		/* libbpf follows their calls by calling itself: its stack is the host's. */
		if (++*functions > MAX_FUNCTIONS) {
			log_add(l, WBPF_LOG_WARN,
				"wbpf: the BPF object has more than %d functions\n", MAX_FUNCTIONS);
			return -E2BIG;
		}
		if (is_cut(elf, &sym)) {
			log_add(l, WBPF_LOG_WARN,
				"wbpf: the BPF object has a function that ends within an "
				"instruction\n");
			return -EINVAL;
		}
	}
	return 0;
}

int object_rule_bytes(struct log *l, void *bytes, size_t len)
{
	elf_version(EV_CURRENT);
	Elf *elf = elf_memory(bytes, len);
	uint32_t functions = 0;
	int err = 0;

	for (Elf_Scn *s = elf ? elf_nextscn(elf, NULL) : NULL; s && !err; s = elf_nextscn(elf, s)) {
		GElf_Shdr header;
		if (gelf_getshdr(s, &header) && header.sh_type == SHT_SYMTAB)
			err = check_functions(l, elf, s, &functions);
	}
	elf_end(elf);
	return err;
}
