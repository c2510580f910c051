/* SPDX-License-Identifier: BSD-2-Clause */
/* What a C header declares, from the debug information of the object that was made of it. */
#include <dwarf.h>
#include <errno.h>
#include <libelf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "btfgen/read.h"
#include "btfgen/read_dwarf.h"
#include "btfgen/read_header.h"

/* A type that is declared at the outermost level of a file. */
struct declared {
	uint32_t id;
	Dwarf_Word file, line;
	size_t index; /* in the debug information */
};

struct header {
	const struct object_options *options;
	struct object *o;
	struct dwarf_types types;
	Dwarf_Die unit;
	bool *own; /* by the number of a source file: is it the header? */
	size_t file_count;
	struct declared *own_types, *included; /* room for all that the unit has */
	size_t own_count, included_count;
	struct diag *d;
};

static int no_memory(struct header *h)
{
	return diag_fail(h->d, ENOMEM, "out of memory");
}

/* One file can have several names, and parts of it have been given others. */
static int find_own(struct header *h, Dwarf_Files *files)
{
	struct line_names given = {0};
	struct stat header, st;
	Dwarf_Attribute a;
	const char *folder = dwarf_formstring(dwarf_attr(&h->unit, DW_AT_comp_dir, &a));

	folder = folder ? folder : "";
	int err = line_names_read(&given, h->o->path, folder, h->d);
	bool there = !stat(h->o->path, &header);
	for (size_t i = 0; !err && i < h->file_count; i++) {
		const char *name = dwarf_filesrc(files, i, NULL, NULL);
		if (!name)
			continue;
		if (line_names_have(&given, folder, name, &h->own[i]))
			err = no_memory(h);
		if (there && !stat(name, &st) && st.st_dev == header.st_dev &&
		    st.st_ino == header.st_ino)
			h->own[i] = true;
	}
	line_names_clear(&given);
	return err;
}

static int read_files(struct header *h)
{
	Dwarf_Files *files;

	if (dwarf_getsrcfiles(&h->unit, &files, &h->file_count))
		return diag_fail(h->d, EINVAL, "its debug information names no files");
	h->own = calloc(h->file_count + 1, sizeof(*h->own));
	if (!h->own)
		return no_memory(h);
	int err = find_own(h, files);
	return err ? err : dwarf_read_macros(&h->unit, h->own, h->file_count, h->o, h->d);
}

static bool number_of(Dwarf_Die *die, unsigned attribute, Dwarf_Word *ret)
{
	Dwarf_Attribute a;

	return dwarf_attr(die, attribute, &a) && !dwarf_formudata(&a, ret);
}

/* An unnamed struct or union is written where it is used; an unnamed enum is there for its
 * constants. */
static bool is_declaration(Dwarf_Die *die)
{
	bool named = dwarf_diename(die) && *dwarf_diename(die);

	switch (dwarf_tag(die)) {
	case DW_TAG_structure_type:
	case DW_TAG_union_type:
	case DW_TAG_typedef:
		return named && !dwarf_hasattr(die, DW_AT_declaration);
	case DW_TAG_enumeration_type:
		return !dwarf_hasattr(die, DW_AT_declaration);
	default:
		return false;
	}
}

static int add(struct header *h, Dwarf_Die *die, size_t index)
{
	Dwarf_Word file = h->file_count, line = 0;

	if (!number_of(die, DW_AT_decl_file, &file) || file >= h->file_count)
		return 0;
	number_of(die, DW_AT_decl_line, &line);
	if (!h->own[file] && !(h->options && h->options->all))
		return 0;
	struct declared *to =
		h->own[file] ? &h->own_types[h->own_count++] : &h->included[h->included_count++];
	*to = (struct declared){dwarf_want(&h->types, die), h->own[file] ? 0 : file, line, index};
	return to->id ? 0 : h->d->err;
}

static size_t count_children(Dwarf_Die *parent)
{
	Dwarf_Die die;
	size_t n = 0;

	if (dwarf_child(parent, &die) != 0)
		return 0;
	do
		n++;
	while (dwarf_next(&die));
	return n;
}

static int by_place(const void *a, const void *b)
{
	const struct declared *x = a, *y = b;

	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

static int find_types(struct header *h)
{
	size_t n = count_children(&h->unit), index = 0;
	Dwarf_Die die;
	int err = 0;

	h->own_types = calloc(n + 1, sizeof(*h->own_types));
	h->included = calloc(n + 1, sizeof(*h->included));
	if (!h->own_types || !h->included)
		return no_memory(h);
	if (!n || dwarf_child(&h->unit, &die) != 0)
		return 0;
	do
		if (is_declaration(&die))
			err = add(h, &die, index);
	while (!err && ++index < n && dwarf_next(&die));
	qsort(h->own_types, h->own_count, sizeof(*h->own_types), by_place);
	qsort(h->included, h->included_count, sizeof(*h->included), by_place);
	return err;
}

static int find_named(struct header *h, Dwarf *dwarf)
{
	const char *const *name = h->options ? h->options->types : NULL;
	Dwarf_Die die;

	for (; name && *name; name++)
		if (dwarf_find(dwarf, *name, &die) && !dwarf_want(&h->types, &die))
			return h->d->err;
	return 0;
}

/* Of what has no size there can be no field and no variable: it is nothing to write down. */
static size_t keep_sized(const struct model *m, const struct declared *from, size_t count,
			 uint32_t *to)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		if (model_has_size(m, from[i].id))
			to[n++] = from[i].id;
	return n;
}

static int set_roots(struct header *h)
{
	uint32_t *roots = calloc(h->own_count + h->included_count + 1, sizeof(*roots));
	struct object *o = h->o;

	if (!roots)
		return no_memory(h);
	o->roots = roots;
	o->root_count = keep_sized(o->model, h->own_types, h->own_count, roots);
	o->included_count =
		keep_sized(o->model, h->included, h->included_count, roots + o->root_count);
	return 0;
}

static int read_unit(struct header *h, Dwarf *dwarf)
{
	Dwarf_CU *cu = NULL;

	if (dwarf_get_units(dwarf, cu, &cu, NULL, NULL, &h->unit, NULL))
		return diag_fail(h->d, EINVAL, "the compiler made no debug information");
	int err = read_files(h);
	if (!err)
		err = find_types(h);
	if (!err)
		err = find_named(h, dwarf);
	if (!err)
		err = dwarf_add_wanted(&h->types);
	if (!err)
		err = model_check(h->o->model, h->d);
	if (!err)
		err = set_roots(h);
	return err;
}

static int read_elf(struct header *h, const struct strbuf *file)
{
	if (elf_version(EV_CURRENT) == EV_NONE)
		return diag_fail(h->d, EINVAL, "no libelf of this version");
	Elf *elf = elf_memory(file->data, file->len);
	Dwarf *dwarf = elf ? dwarf_begin_elf(elf, DWARF_C_READ, NULL) : NULL;
	int err = dwarf ? read_unit(h, dwarf)
			: diag_fail(h->d, EINVAL, "the compiler made no debug information");

	if (dwarf)
		dwarf_end(dwarf);
	elf_end(elf);
	return err;
}

int read_dwarf_header(const struct strbuf *file, const struct object_options *options,
		      struct object *o, struct diag *d)
{
	struct header h = {.options = options, .o = o, .d = d};

	o->model = model_new(8, file->data[EI_DATA] == ELFDATA2MSB);
	if (!o->model)
		return no_memory(&h);
	h.types = (struct dwarf_types){.m = o->model, .known = model_count(o->model), .d = d};
	int err = read_elf(&h, file);
	dwarf_types_clear(&h.types);
	free(h.own);
	free(h.own_types);
	free(h.included);
	return err;
}
