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
#include "btfgen/read.h"

#include <bpf/btf.h>
#include <errno.h>
#include <libelf.h>
#include <linux/bpf.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* How much of a type is kept; a higher level includes the lower ones. */
enum level {
	DROPPED,
	SHELL, /* structs: name, size and the members in use */
	WHOLE, /* all members; what pointers point to as a shell */
	DEEP,  /* what pointers point to whole as well */
	MAPS, /* map definitions: what pointers point to deep, an inner map's definition among it */
};

struct mark {
	uint8_t level;
	bool *used; /* structs and unions at SHELL: which members are in use; NULL: none */
	uint32_t new_id;
};

struct slim {
	const struct btf *from;
	struct btf *to;
	struct mark *marks; /* by old id */
	uint32_t count;
	struct pending {
		uint32_t id;
		enum level level;
	} *stack;
	size_t depth, cap;
	uint8_t *ext; /* a copy of .BTF.ext, rewritten in place */
	size_t ext_size;
	int err;
};

/* --- .BTF.ext: three tables, each of sections of records -------------------------------------- */

struct ext_header {
	uint16_t magic;
	uint8_t version, flags;
	uint32_t hdr_len;
	uint32_t func_off, func_len, line_off, line_len;
	uint32_t relo_off, relo_len; /* only when hdr_len says so */
};

typedef int (*record_fn)(struct slim *s, void *record);

/* Calls fn for each record of a table; section names are strings too. -EINVAL: damaged. */
static int each_record(struct slim *s, uint32_t off, uint32_t len, size_t least, record_fn section,
		       record_fn fn)
{
	const struct ext_header *h = (const void *)s->ext;
	uint32_t size, n;

	if (!len)
		return 0;
	if ((uint64_t)h->hdr_len + off + len > s->ext_size || len < sizeof(size) ||
	    (h->hdr_len | off) % 4)
		return -EINVAL;
	uint8_t *p = s->ext + h->hdr_len + off, *end = p + len;
	memcpy(&size, p, sizeof(size));
	if (size < least || size % 4)
		return -EINVAL;
	for (p += sizeof(size); p < end;) {
		if (end - p < 8)
			return -EINVAL;
		memcpy(&n, p + 4, sizeof(n));
		int err = section(s, p);
		if (err)
			return err;
		p += 8;
		if ((uint64_t)n * size > (uint64_t)(end - p))
			return -EINVAL;
		for (; n; n--, p += size) {
			err = fn(s, p);
			if (err)
				return err;
		}
	}
	return 0;
}

static bool has_relocations(const struct slim *s)
{
	const struct ext_header *h = (const void *)s->ext;

	return h->hdr_len >= sizeof(*h);
}

static int no_section(struct slim *s, void *record)
{
	return 0;
}

/* --- marking -------------------------------------------------------------------------------- */

static void push(struct slim *s, uint32_t id, enum level level)
{
	if (!id || s->err)
		return;
	if (id >= s->count) {
		s->err = -EINVAL;
		return;
	}
	if (s->depth == s->cap) {
		size_t cap = s->cap ? s->cap * 2 : 256;
		struct pending *stack = realloc(s->stack, cap * sizeof(*stack));
		if (!stack) {
			s->err = -ENOMEM;
			return;
		}
		s->stack = stack;
		s->cap = cap;
	}
	s->stack[s->depth++] = (struct pending){id, level};
}

/* Pointers with these tags in a map's value: the kernel needs the struct behind them. */
static bool is_kptr_tag(const struct slim *s, const struct btf_type *t)
{
	const char *name = btf__name_by_offset(s->from, t->name_off);

	return name && (strstr(name, "kptr") || !strcmp(name, "uptr"));
}

static void mark_members(struct slim *s, const struct btf_type *t, enum level level)
{
	const struct btf_member *m = btf_members(t);

	if (level == SHELL)
		return;
	for (uint32_t i = 0; i < btf_vlen(t); i++)
		push(s, m[i].type, level);
}

static void mark_section(struct slim *s, const struct btf_type *t)
{
	const struct btf_var_secinfo *v = btf_var_secinfos(t);
	const char *name = btf__name_by_offset(s->from, t->name_off);
	/* A kernel's variable or function is found by its name; of its type, only the kind counts.
	 */
	enum level level = !name                     ? DEEP
			   : !strcmp(name, ".ksyms") ? SHELL
			   : !strcmp(name, ".maps")  ? MAPS
						     : DEEP;

	for (uint32_t i = 0; i < btf_vlen(t); i++)
		push(s, v[i].type, level);
}

static void mark_referred(struct slim *s, const struct btf_type *t, enum level level)
{
	switch (btf_kind(t)) {
	case BTF_KIND_PTR:
		push(s, t->type, level >= DEEP ? level - 1 : SHELL);
		break;
	case BTF_KIND_TYPE_TAG:
		push(s, t->type, is_kptr_tag(s, t) ? WHOLE : level);
		break;
	case BTF_KIND_TYPEDEF:
	case BTF_KIND_VOLATILE:
	case BTF_KIND_CONST:
	case BTF_KIND_RESTRICT:
	case BTF_KIND_VAR:
		push(s, t->type, level);
		break;
	case BTF_KIND_FUNC:
		push(s, t->type, SHELL);
		break;
	case BTF_KIND_ARRAY:
		push(s, btf_array(t)->type, level);
		push(s, btf_array(t)->index_type, SHELL);
		break;
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		mark_members(s, t, level);
		break;
	case BTF_KIND_FUNC_PROTO:
		push(s, t->type, SHELL);
		for (uint32_t i = 0; i < btf_vlen(t); i++)
			push(s, btf_params(t)[i].type, SHELL);
		break;
	case BTF_KIND_DATASEC:
		mark_section(s, t);
		break;
	}
}

static void mark(struct slim *s, uint32_t id, enum level level)
{
	push(s, id, level);
	while (s->depth && !s->err) {
		struct pending p = s->stack[--s->depth];
		if (s->marks[p.id].level >= p.level)
			continue;
		s->marks[p.id].level = (uint8_t)p.level;
		mark_referred(s, btf__type_by_id(s->from, p.id), p.level);
	}
}

/* Through modifiers and typedefs, which are kept. */
static uint32_t strip_modifiers(struct slim *s, uint32_t id)
{
	const struct btf_type *t = btf__type_by_id(s->from, id);

	for (uint32_t n = 0; t && (btf_is_mod(t) || btf_is_typedef(t)) && n < s->count; n++) {
		id = t->type;
		t = btf__type_by_id(s->from, id);
	}
	return id;
}

static int use_member(struct slim *s, uint32_t id, const struct btf_type *t, uint32_t index)
{
	struct mark *m = &s->marks[id];

	if (index >= btf_vlen(t))
		return -EINVAL;
	if (!m->used)
		m->used = calloc(btf_vlen(t), sizeof(*m->used));
	if (!m->used)
		return -ENOMEM;
	m->used[index] = true;
	mark(s, btf_members(t)[index].type, SHELL);
	return s->err;
}

/* One step of an access string. Gives the type that the next step is in. */
static int step_into(struct slim *s, uint32_t *id, uint32_t index)
{
	*id = strip_modifiers(s, *id);
	const struct btf_type *t = btf__type_by_id(s->from, *id);

	if (!t)
		return -EINVAL;
	if (btf_is_composite(t)) {
		int err = use_member(s, *id, t, index);
		if (!err)
			*id = btf_members(t)[index].type;
		return err;
	}
	if (!btf_is_array(t))
		return -EINVAL;
	*id = btf_array(t)->type;
	return 0;
}

/* The next number of an access string "0:5:1"; false at its end or when it is malformed. */
static bool next_number(const char **p, uint32_t *ret)
{
	char *end;

	if (!**p)
		return false;
	unsigned long n = strtoul(*p, &end, 10);
	if (end == *p || n > UINT32_MAX || (*end && *end != ':'))
		return false;
	*ret = (uint32_t)n;
	*p = *end ? end + 1 : end;
	return true;
}

static bool is_field_relocation(const struct bpf_core_relo *r)
{
	return r->kind <= BPF_CORE_FIELD_RSHIFT_U64;
}

static int mark_relocation(struct slim *s, void *record)
{
	struct bpf_core_relo r;
	uint32_t index;

	memcpy(&r, record, sizeof(r));
	uint32_t id = r.type_id;
	if (!is_field_relocation(&r)) {
		mark(s, id, WHOLE);
		return s->err;
	}
	const char *access = btf__name_by_offset(s->from, r.access_str_off);
	if (!access || !next_number(&access, &index))
		return -EINVAL;
	mark(s, id, SHELL);
	while (!s->err && *access) {
		if (!next_number(&access, &index))
			return -EINVAL;
		int err = step_into(s, &id, index);
		if (err)
			return err;
	}
	return s->err;
}

static int mark_all(struct slim *s)
{
	const struct ext_header *h = (const void *)s->ext;

	for (uint32_t id = 1; id < s->count && !s->err; id++) {
		const struct btf_type *t = btf__type_by_id(s->from, id);
		if (btf_is_datasec(t))
			mark(s, id, DEEP);
		else if (btf_is_func(t) || btf_is_var(t))
			mark(s, id, SHELL);
	}
	if (!s->err && s->ext && has_relocations(s))
		s->err = each_record(s, h->relo_off, h->relo_len, sizeof(struct bpf_core_relo),
				     no_section, mark_relocation);
	return s->err;
}

/* --- building ------------------------------------------------------------------------------- */

static bool keeps_member(const struct mark *m, uint32_t index)
{
	return m->level >= WHOLE || (m->used && m->used[index]);
}

/* The place of a kept member among the kept ones. */
static uint32_t new_index(const struct mark *m, uint32_t index)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < index; i++)
		n += keeps_member(m, i);
	return n;
}

/* A declaration tag lives as long as what it is on. */
static bool keeps_tag(const struct slim *s, const struct btf_type *t)
{
	const struct btf_type *target = btf__type_by_id(s->from, t->type);
	const struct mark *m = &s->marks[t->type];
	int index = btf_decl_tag(t)->component_idx;

	if (!m->level || !target)
		return false;
	if (index < 0 || !btf_is_composite(target))
		return true;
	return (uint32_t)index < btf_vlen(target) && keeps_member(m, (uint32_t)index);
}

static void number_types(struct slim *s)
{
	uint32_t next = 1;

	for (uint32_t id = 1; id < s->count; id++) {
		const struct btf_type *t = btf__type_by_id(s->from, id);
		if (btf_is_decl_tag(t) && keeps_tag(s, t))
			s->marks[id].level = SHELL;
		if (s->marks[id].level)
			s->marks[id].new_id = next++;
	}
}

static int new_id(const struct slim *s, uint32_t id)
{
	return id < s->count ? (int)s->marks[id].new_id : 0;
}

static int build_composite(struct slim *s, const struct btf_type *t, const char *name,
			   const struct mark *m)
{
	const struct btf_member *member = btf_members(t);
	int id = btf_is_struct(t) ? btf__add_struct(s->to, name, t->size)
				  : btf__add_union(s->to, name, t->size);

	for (uint32_t i = 0; i < btf_vlen(t) && id > 0; i++, member++) {
		if (!keeps_member(m, i))
			continue;
		int err = btf__add_field(s->to, btf__name_by_offset(s->from, member->name_off),
					 new_id(s, member->type), btf_member_bit_offset(t, i),
					 btf_member_bitfield_size(t, i));
		if (err)
			return err;
	}
	return id;
}

static int build_enum(struct slim *s, const struct btf_type *t, const char *name)
{
	int id = btf__add_enum(s->to, name, t->size);
	const struct btf_enum *e = btf_enum(t);

	for (uint32_t i = 0; i < btf_vlen(t) && id > 0; i++) {
		int64_t value = btf_kflag(t) ? (int64_t)e[i].val : (int64_t)(uint32_t)e[i].val;
		int err = btf__add_enum_value(s->to, btf__name_by_offset(s->from, e[i].name_off),
					      value);
		if (err)
			return err;
	}
	return id;
}

static int build_enum64(struct slim *s, const struct btf_type *t, const char *name)
{
	int id = btf__add_enum64(s->to, name, t->size, btf_kflag(t));
	const struct btf_enum64 *e = btf_enum64(t);

	for (uint32_t i = 0; i < btf_vlen(t) && id > 0; i++) {
		int err = btf__add_enum64_value(s->to, btf__name_by_offset(s->from, e[i].name_off),
						btf_enum64_value(&e[i]));
		if (err)
			return err;
	}
	return id;
}

static int build_proto(struct slim *s, const struct btf_type *t)
{
	int id = btf__add_func_proto(s->to, new_id(s, t->type));
	const struct btf_param *p = btf_params(t);

	for (uint32_t i = 0; i < btf_vlen(t) && id > 0; i++) {
		int err = btf__add_func_param(s->to, btf__name_by_offset(s->from, p[i].name_off),
					      new_id(s, p[i].type));
		if (err)
			return err;
	}
	return id;
}

static int build_section(struct slim *s, const struct btf_type *t, const char *name)
{
	int id = btf__add_datasec(s->to, name, t->size);
	const struct btf_var_secinfo *v = btf_var_secinfos(t);

	for (uint32_t i = 0; i < btf_vlen(t) && id > 0; i++) {
		int err = btf__add_datasec_var_info(s->to, new_id(s, v[i].type), v[i].offset,
						    v[i].size);
		if (err)
			return err;
	}
	return id;
}

static int build_tag(struct slim *s, const struct btf_type *t, const char *name)
{
	const struct btf_type *target = btf__type_by_id(s->from, t->type);
	int index = btf_decl_tag(t)->component_idx;

	if (index >= 0 && btf_is_composite(target))
		index = (int)new_index(&s->marks[t->type], (uint32_t)index);
	return btf_kflag(t) ? btf__add_decl_attr(s->to, name, new_id(s, t->type), index)
			    : btf__add_decl_tag(s->to, name, new_id(s, t->type), index);
}

/* Adds one type; gives its id or a negative errno. */
static int build_type(struct slim *s, uint32_t old)
{
	const struct btf_type *t = btf__type_by_id(s->from, old);
	const char *name = btf__name_by_offset(s->from, t->name_off);
	int to = btf_is_any_enum(t) || btf_is_composite(t) ? 0 : new_id(s, t->type);

	switch (btf_kind(t)) {
	case BTF_KIND_INT:
		return btf__add_int(s->to, name, t->size, btf_int_encoding(t));
	case BTF_KIND_FLOAT:
		return btf__add_float(s->to, name, t->size);
	case BTF_KIND_PTR:
		return btf__add_ptr(s->to, to);
	case BTF_KIND_ARRAY:
		return btf__add_array(s->to, new_id(s, btf_array(t)->index_type),
				      new_id(s, btf_array(t)->type), btf_array(t)->nelems);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		return build_composite(s, t, name, &s->marks[old]);
	case BTF_KIND_ENUM:
		return build_enum(s, t, name);
	case BTF_KIND_ENUM64:
		return build_enum64(s, t, name);
	case BTF_KIND_FWD:
		return btf__add_fwd(s->to, name, btf_kflag(t) ? BTF_FWD_UNION : BTF_FWD_STRUCT);
	case BTF_KIND_TYPEDEF:
		return btf__add_typedef(s->to, name, to);
	case BTF_KIND_VOLATILE:
		return btf__add_volatile(s->to, to);
	case BTF_KIND_CONST:
		return btf__add_const(s->to, to);
	case BTF_KIND_RESTRICT:
		return btf__add_restrict(s->to, to);
	case BTF_KIND_TYPE_TAG:
		return btf_kflag(t) ? btf__add_type_attr(s->to, name, to)
				    : btf__add_type_tag(s->to, name, to);
	case BTF_KIND_FUNC:
		return btf__add_func(s->to, name, (enum btf_func_linkage)btf_vlen(t), to);
	case BTF_KIND_FUNC_PROTO:
		return build_proto(s, t);
	case BTF_KIND_VAR:
		return btf__add_var(s->to, name, (int)btf_var(t)->linkage, to);
	case BTF_KIND_DATASEC:
		return build_section(s, t, name);
	case BTF_KIND_DECL_TAG:
		return build_tag(s, t, name);
	default:
		return -ENOTSUP;
	}
}

static int build_types(struct slim *s)
{
	for (uint32_t id = 1; id < s->count; id++) {
		if (!s->marks[id].level)
			continue;
		int got = build_type(s, id);
		if (got < 0)
			return got;
		if ((uint32_t)got != s->marks[id].new_id)
			return -EINVAL;
	}
	return 0;
}

/* --- rewriting .BTF.ext ----------------------------------------------------------------------- */

/* Puts the string that the field at p names into the new BTF and its new offset there. */
static int move_string(struct slim *s, void *p)
{
	uint32_t off;

	memcpy(&off, p, sizeof(off));
	const char *text = btf__name_by_offset(s->from, off);
	int moved = text ? btf__add_str(s->to, text) : -EINVAL;
	if (moved < 0)
		return moved;
	off = (uint32_t)moved;
	memcpy(p, &off, sizeof(off));
	return 0;
}

static int move_function(struct slim *s, void *record)
{
	struct bpf_func_info f;

	memcpy(&f, record, sizeof(f));
	f.type_id = (uint32_t)new_id(s, f.type_id);
	memcpy(record, &f, sizeof(f));
	return f.type_id ? 0 : -EINVAL;
}

static int move_line(struct slim *s, void *record)
{
	int err = move_string(s, (uint8_t *)record + offsetof(struct bpf_line_info, file_name_off));

	return err ? err
		   : move_string(s, (uint8_t *)record + offsetof(struct bpf_line_info, line_off));
}

/* The access string with the members' new places. */
static int new_access(struct slim *s, const struct bpf_core_relo *r, struct strbuf *out)
{
	const char *access = btf__name_by_offset(s->from, r->access_str_off);
	uint32_t index, id = r->type_id;

	if (!next_number(&access, &index))
		return -EINVAL;
	strbuf_printf(out, "%u", index);
	while (next_number(&access, &index)) {
		uint32_t in = strip_modifiers(s, id);
		uint32_t place = index;
		if (btf_is_composite(btf__type_by_id(s->from, in)))
			place = new_index(&s->marks[in], index);
		strbuf_printf(out, ":%u", place);
		id = in;
		int err = step_into(s, &id, index);
		if (err)
			return err;
	}
	return strbuf_error(out);
}

static int move_relocation(struct slim *s, void *record)
{
	struct bpf_core_relo r;
	struct strbuf access = {0};
	int err;

	memcpy(&r, record, sizeof(r));
	if (is_field_relocation(&r)) {
		err = new_access(s, &r, &access);
		int off = err ? err : btf__add_str(s->to, strbuf_str(&access));
		strbuf_free(&access);
		if (off < 0)
			return off;
		r.access_str_off = (uint32_t)off;
	} else {
		err = move_string(s, &r.access_str_off);
		if (err)
			return err;
	}
	r.type_id = (uint32_t)new_id(s, r.type_id);
	memcpy(record, &r, sizeof(r));
	return 0;
}

static int move_ext(struct slim *s)
{
	const struct ext_header *h = (const void *)s->ext;
	int err = each_record(s, h->func_off, h->func_len, sizeof(struct bpf_func_info),
			      move_string, move_function);

	if (!err)
		err = each_record(s, h->line_off, h->line_len, sizeof(struct bpf_line_info),
				  move_string, move_line);
	if (!err && has_relocations(s))
		err = each_record(s, h->relo_off, h->relo_len, sizeof(struct bpf_core_relo),
				  move_string, move_relocation);
	return err;
}

/* --- the file ------------------------------------------------------------------------------- */

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
	int err = mark_all(s);
	if (err)
		return err;
	number_types(s);
	err = build_types(s);
	return err || !s->ext ? err : move_ext(s);
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
