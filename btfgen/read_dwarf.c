/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Types that an object has in its debug information only: clang drops from BTF what no map,
 * variable or function uses.
 *
 * The sections are read as they lie in the object, unrelocated: BPF's relocations keep their
 * addends in place, and between sections of one object file these are the offsets that are meant.
 */
#include "btfgen/read.h"

#include <dwarf.h>
#include <errno.h>
#include <gelf.h>
#include <libelf.h>
#include <stdlib.h>
#include <string.h>

#include "btfgen/read_dwarf.h"

enum { MAX_DEPTH = 32 };

struct search {
	const char *name;    /* without "struct " */
	enum type_kind only; /* TYPE_VOID: any */
	unsigned rank;       /* of what was found; 0 while nothing was */
	Dwarf_Die found;
	Dwarf_Off last; /* in this unit, the furthest DIE so far */
};

/* How well a DIE answers to a name: struct, union, enum, typedef, as model_find_spelled() has it.
 */
static unsigned rank_of(const struct search *s, Dwarf_Die *die)
{
	static const struct {
		int tag;
		enum type_kind kind;
	} order[] = {
		{DW_TAG_typedef, TYPE_TYPEDEF},
		{DW_TAG_enumeration_type, TYPE_ENUM},
		{DW_TAG_union_type, TYPE_UNION},
		{DW_TAG_structure_type, TYPE_STRUCT},
	};
	int tag = dwarf_tag(die);

	for (unsigned i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		if (tag != order[i].tag || (s->only && s->only != order[i].kind))
			continue;
		const char *name = dwarf_diename(die);
		return name && !strcmp(name, s->name) && !dwarf_hasattr(die, DW_AT_declaration)
			       ? i + 1
			       : 0;
	}
	return 0;
}

/* Each DIE once: a file may say of those behind one another that they are also inside one another,
 * and the ways through them would have no end. */
static void search_below(struct search *s, Dwarf_Die *parent, unsigned depth)
{
	Dwarf_Die die;

	if (depth >= MAX_DEPTH || dwarf_child(parent, &die) != 0)
		return;
	do {
		if (dwarf_dieoffset(&die) <= s->last)
			return;
		s->last = dwarf_dieoffset(&die);
		unsigned rank = rank_of(s, &die);
		if (rank > s->rank) {
			s->rank = rank;
			s->found = die;
		}
		if (dwarf_haschildren(&die) > 0)
			search_below(s, &die, depth + 1);
	} while (dwarf_next(&die));
}

bool dwarf_find(Dwarf *dwarf, const char *spelling, Dwarf_Die *ret)
{
	static const struct {
		const char *prefix;
		enum type_kind kind;
	} prefixes[] = {{"struct ", TYPE_STRUCT}, {"union ", TYPE_UNION}, {"enum ", TYPE_ENUM}};
	struct search s = {.name = spelling};
	Dwarf_CU *cu = NULL;
	Dwarf_Die die;

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		size_t n = strlen(prefixes[i].prefix);
		if (strncmp(spelling, prefixes[i].prefix, n))
			continue;
		s.name = spelling + n;
		s.only = prefixes[i].kind;
	}
	while (!s.rank && dwarf_get_units(dwarf, cu, &cu, NULL, NULL, &die, NULL) == 0) {
		s.last = 0;
		search_below(&s, &die, 0);
	}
	*ret = s.found;
	return s.rank;
}

static int add_named(Dwarf *dwarf, const char *const *names, struct model *m, struct diag *d)
{
	struct dwarf_types t = {.m = m, .known = model_count(m), .d = d};
	bool any = false;
	int err = 0;

	for (; !err && *names; names++) {
		Dwarf_Die die;
		if (model_find_spelled(m, *names) || !dwarf_find(dwarf, *names, &die))
			continue;
		any = true;
		err = dwarf_want(&t, &die) ? 0 : d->err;
	}
	if (!err)
		err = dwarf_add_wanted(&t);
	if (!err && any)
		err = model_check(m, d);
	dwarf_types_clear(&t);
	return err;
}

/* libdw takes strings to end, which in the file they do: behind it is a NUL. Not so in what it
 * would uncompress. */
static int refuse_compressed(Elf *elf, struct diag *d)
{
	size_t names;

	if (elf_getshdrstrndx(elf, &names))
		return 0;
	for (Elf_Scn *scn = elf_nextscn(elf, NULL); scn; scn = elf_nextscn(elf, scn)) {
		GElf_Shdr s;
		const char *name = gelf_getshdr(scn, &s) ? elf_strptr(elf, names, s.sh_name) : NULL;
		if (name && (s.sh_flags & SHF_COMPRESSED || !strncmp(name, ".zdebug_", 8)))
			return diag_fail(d, ENOTSUP,
					 "section %s is compressed: llvm-objcopy "
					 "--decompress-debug-sections undoes that",
					 name);
	}
	return 0;
}

static int with_dwarf(const struct strbuf *file, const char *const *names, struct model *m,
		      struct diag *d)
{
	/* elf_memory() wants to write only when told to. */
	Elf *elf = elf_memory(file->data, file->len);
	if (!elf)
		return 0;
	int err = refuse_compressed(elf, d);
	Dwarf *dwarf = err ? NULL : dwarf_begin_elf(elf, DWARF_C_READ, NULL);
	if (dwarf)
		err = add_named(dwarf, names, m, d);

	if (dwarf)
		dwarf_end(dwarf);
	elf_end(elf);
	return err;
}

int read_dwarf(const struct strbuf *file, const char *const *names, struct model *m, struct diag *d)
{
	const char *const *missing = names;
	struct diag inner = {0};

	while (missing && *missing && model_find_spelled(m, *missing))
		missing++;
	if (!missing || !*missing || elf_version(EV_CURRENT) == EV_NONE)
		return 0;
	int err = with_dwarf(file, names, m, &inner);
	return err ? diag_fail(d, err, "%s", inner.text) : 0;
}
