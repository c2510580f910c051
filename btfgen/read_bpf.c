/* SPDX-License-Identifier: BSD-2-Clause */
#include "btfgen/read.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "btfgen/names.h"

/* Where clang puts variables of address space 1, which BPF programs call __arena. */
#define ARENA_SECTION ".addr_space.1"

static const struct {
	const char *prefix;
	enum map_role role;
} section_roles[] = {
	{".data", MAP_DATA},
	{".rodata", MAP_RODATA},
	{".bss", MAP_BSS},
	{".kconfig", MAP_KCONFIG},
};

static int strip(const struct strbuf *file, int fd, struct object *o, struct diag *d)
{
	int err = read_link_alone(file, fd, d);

	return err ? err : read_back(fd, (uint8_t **)&o->elf, &o->elf_size, d);
}

static const char *copy(const char *s)
{
	return strdup(s ? s : "");
}

/* "x.rodata" is .rodata, ".data.extra" itself; a data section without variables in BTF has only its
 * map's name to tell which it is. */
static const char *section_of(const struct object *o, const struct object_map *map)
{
	if (map->role == MAP_ARENA)
		return map->datasec ? ARENA_SECTION : "";
	if (!map->internal)
		return "";
	const struct type *t = model_type(o->model, map->datasec);
	if (t->kind == TYPE_DATASEC)
		return t->name;
	const char *first = NULL;
	for (size_t i = 0; i < sizeof(section_roles) / sizeof(section_roles[0]); i++) {
		const char *at = strstr(map->name, section_roles[i].prefix);
		if (at && (!first || at < first))
			first = at;
	}
	return first ? first : map->name;
}

static enum map_role role_of(const struct object_map *map)
{
	if (map->type == BPF_MAP_TYPE_STRUCT_OPS)
		return MAP_STRUCT_OPS;
	if (map->type == BPF_MAP_TYPE_ARENA)
		return MAP_ARENA;
	for (size_t i = 0; map->internal && i < sizeof(section_roles) / sizeof(section_roles[0]);
	     i++)
		if (strstr(map->name, section_roles[i].prefix))
			return section_roles[i].role;
	return MAP_PLAIN;
}

/* As a member of the skeleton: what bpftool calls it. */
static char *ident_of(const struct object_map *map)
{
	const char *from = map->name;

	for (size_t i = 0; map->internal && i < sizeof(section_roles) / sizeof(section_roles[0]);
	     i++) {
		const char *at = strstr(map->name, section_roles[i].prefix);
		if (at) {
			from = at + 1;
			break;
		}
	}
	char *ident = strdup(from);
	if (ident)
		name_sanitize(ident);
	return ident;
}

static int fill_map(struct object *o, struct object_map *to, struct bpf_map *from, struct diag *d)
{
	to->name = copy(bpf_map__name(from));
	if (!to->name)
		return diag_fail(d, ENOMEM, "out of memory");
	to->internal = bpf_map__is_internal(from);
	to->type = bpf_map__type(from);
	to->key_size = bpf_map__key_size(from);
	to->value_size = bpf_map__value_size(from);
	to->max_entries = bpf_map__max_entries(from);
	to->flags = bpf_map__map_flags(from);
	to->extra = bpf_map__map_extra(from);
	to->mmapable = to->flags & BPF_F_MMAPABLE;
	to->role = role_of(to);
	uint32_t value = bpf_map__btf_value_type_id(from);
	if (to->role == MAP_STRUCT_OPS)
		to->ops_type = model_resolve(o->model, value);
	else if (to->role == MAP_ARENA)
		to->datasec = model_find(o->model, TYPE_DATASEC, ARENA_SECTION);
	else if (to->internal)
		to->datasec = model_type(o->model, value)->kind == TYPE_DATASEC ? value : 0;
	else
		to->key_type = bpf_map__btf_key_type_id(from), to->value_type = value;
	struct bpf_map *inner = bpf_map__inner_map(from);
	if (inner) {
		to->inner_key_type = bpf_map__btf_key_type_id(inner);
		to->inner_value_type = bpf_map__btf_value_type_id(inner);
	}

	size_t size = 0;
	const void *initial = bpf_map__initial_value(from, &size);
	void *bytes = initial && size ? malloc(size) : NULL;
	if (bytes) {
		to->initial = memcpy(bytes, initial, size);
		to->initial_size = size;
	}
	to->ident = ident_of(to);
	to->section = copy(section_of(o, to));
	if (!to->ident || !to->section || (initial && size && !bytes))
		return diag_fail(d, ENOMEM, "out of memory");
	return 0;
}

static int fill_maps(struct bpf_object *bpf, struct object *o, struct diag *d)
{
	struct bpf_map *map;
	size_t count = 0;
	int err = 0;

	bpf_object__for_each_map(map, bpf)
		count++;
	o->maps = calloc(count ? count : 1, sizeof(*o->maps));
	if (!o->maps)
		return diag_fail(d, ENOMEM, "out of memory");
	bpf_object__for_each_map(map, bpf) {
		err = fill_map(o, &o->maps[o->map_count++], map, d);
		if (err)
			break;
	}
	return err;
}

static int fill_progs(struct bpf_object *bpf, struct object *o, struct diag *d)
{
	struct bpf_program *prog;
	size_t count = 0;

	bpf_object__for_each_program(prog, bpf)
		count++;
	o->progs = calloc(count ? count : 1, sizeof(*o->progs));
	if (!o->progs)
		return diag_fail(d, ENOMEM, "out of memory");
	bpf_object__for_each_program(prog, bpf) {
		struct object_prog *to = &o->progs[o->prog_count++];
		*to = (struct object_prog){
			.name = copy(bpf_program__name(prog)),
			.section = copy(bpf_program__section_name(prog)),
			.type = bpf_program__type(prog),
			.attach_type = bpf_program__expected_attach_type(prog),
			.autoload = bpf_program__autoload(prog),
		};
		if (!to->name || !to->section)
			return diag_fail(d, ENOMEM, "out of memory");
	}
	return 0;
}

static int fill_license(struct object *o, struct diag *d)
{
	size_t size = 0;
	const char *text = read_elf_section(o->elf, "license", &size);

	o->license = text ? strndup(text, size) : strdup("");
	return o->license ? 0 : diag_fail(d, ENOMEM, "out of memory");
}

static int fill_from(struct bpf_object *bpf, struct object *o, struct diag *d)
{
	struct btf *btf = bpf_object__btf(bpf);
	if (!btf)
		return diag_fail(d, ENODATA, "no BTF in it: compile with clang -target bpf -g");

	int err = read_model(btf, &o->model, d);
	if (!err)
		err = fill_maps(bpf, o, d);
	if (!err)
		err = fill_progs(bpf, o, d);
	return err;
}

static int read_all(const struct strbuf *file, int fd, bool keep_btf, struct object *o,
		    struct diag *d)
{
	LIBBPF_OPTS(bpf_object_open_opts, opts, .object_name = o->name);

	int err = strip(file, fd, o, d);
	if (!err)
		err = fill_license(o, d);
	if (err)
		return err;
	read_warnings_begin();
	struct bpf_object *bpf = bpf_object__open_mem(o->elf, o->elf_size, &opts);
	/* For a type of 2 GiB or more, libbpf 1.7 returns its size where an error number should be,
	 * and with that a pointer that none can be. */
	if (!bpf || (intptr_t)bpf < 0)
		return read_libbpf_fail(d, "libbpf cannot open it", bpf ? -EINVAL : -errno);
	free(read_warnings_end());
	err = fill_from(bpf, o, d);
	bpf_object__close(bpf);
	o->is_bpf = true;
	/* What a skeleton embeds needs less BTF than the generators, so this comes last. */
	return err || keep_btf ? err : read_slim((uint8_t **)&o->elf, &o->elf_size, d);
}

int read_bpf(const struct strbuf *file, bool keep_btf, struct object *o, struct diag *d)
{
	int fd = memfd_create("wbpf-strip", MFD_CLOEXEC);
	if (fd < 0)
		return diag_fail(d, errno, "cannot create a memory file: %s", strerror(errno));

	int err = read_all(file, fd, keep_btf, o, d);
	close(fd);
	return err;
}
