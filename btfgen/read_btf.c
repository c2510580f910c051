/* SPDX-License-Identifier: BSD-2-Clause */
#include "btfgen/read.h"

#include <bpf/btf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "btfgen/names.h"

/* Names that are no identifiers (Rust's generics, say) are made ones, and text is made printable;
 * the copies live until the type has been added. */
struct convert {
	const struct btf *btf;
	struct model *m;
	char **copies;
	size_t copy_count;
	void *list;
	bool no_memory;
};

static const char *raw_name(const struct convert *c, uint32_t offset)
{
	const char *name = btf__name_by_offset(c->btf, offset);

	return name ? name : "";
}

static const char *changed_name(struct convert *c, const char *name, void (*change)(char *))
{
	char **copies = realloc(c->copies, (c->copy_count + 1) * sizeof(*copies));
	if (copies)
		c->copies = copies;
	char *copy = copies ? strdup(name) : NULL;
	if (!copy) {
		c->no_memory = true;
		return "";
	}
	c->copies[c->copy_count++] = copy;
	change(copy);
	return copy;
}

static const char *identifier(struct convert *c, uint32_t offset)
{
	const char *name = raw_name(c, offset);

	return !*name || name_is_identifier(name) ? name : changed_name(c, name, name_sanitize);
}

static const char *text(struct convert *c, uint32_t offset)
{
	const char *name = raw_name(c, offset);

	return name_is_printable(name) ? name : changed_name(c, name, name_make_printable);
}

static void *new_list(struct convert *c, size_t count, size_t size)
{
	c->list = calloc(count ? count : 1, size);
	if (!c->list)
		c->no_memory = true;
	return c->list;
}

static void drop_copies(struct convert *c)
{
	while (c->copy_count)
		free(c->copies[--c->copy_count]);
	free(c->list);
	c->list = NULL;
}

/* Without the kind flag, a bitfield's width and place are those of its integer type. */
static void old_bitfield(const struct convert *c, struct member *m)
{
	const struct btf_type *t = btf__type_by_id(c->btf, m->type);

	for (int i = 0; t && i < 32 && (btf_is_mod(t) || btf_is_typedef(t)); i++)
		t = btf__type_by_id(c->btf, t->type);
	if (!t || !btf_is_int(t) || (btf_int_bits(t) == 8 * t->size && !btf_int_offset(t)))
		return;
	m->bit_offset += btf_int_offset(t);
	m->bit_size = btf_int_bits(t);
}

static void convert_members(struct convert *c, const struct btf_type *b, struct type *t)
{
	const struct btf_member *from = btf_members(b);
	struct member *to = new_list(c, t->count, sizeof(*to));

	for (uint32_t i = 0; to && i < t->count; i++) {
		to[i] = (struct member){
			.name = identifier(c, from[i].name_off),
			.type = from[i].type,
			.bit_offset = btf_member_bit_offset(b, i),
			.bit_size = btf_member_bitfield_size(b, i),
		};
		if (!btf_kflag(b))
			old_bitfield(c, &to[i]);
	}
	t->members = to;
}

static void convert_values(struct convert *c, const struct btf_type *b, struct type *t)
{
	struct enumerator *to = new_list(c, t->count, sizeof(*to));

	t->is_signed = btf_kflag(b);
	for (uint32_t i = 0; to && i < t->count; i++) {
		if (btf_is_enum64(b)) {
			const struct btf_enum64 *from = &btf_enum64(b)[i];
			to[i].name = identifier(c, from->name_off);
			to[i].value = btf_enum64_value(from);
		} else {
			const struct btf_enum *from = &btf_enum(b)[i];
			to[i].name = identifier(c, from->name_off);
			/* Old BTF does not say that an enum is signed. */
			t->is_signed |= !btf_kflag(b) && from->val < 0 && t->size < 4;
			to[i].value =
				t->is_signed ? (uint64_t)(int64_t)from->val : (uint32_t)from->val;
		}
	}
	t->values = to;
}

static void convert_params(struct convert *c, const struct btf_type *b, struct type *t)
{
	const struct btf_param *from = btf_params(b);
	struct param *to = new_list(c, t->count, sizeof(*to));

	for (uint32_t i = 0; to && i < t->count; i++)
		to[i] = (struct param){from[i].type};
	t->params = to;
}

static void convert_vars(struct convert *c, const struct btf_type *b, struct type *t)
{
	const struct btf_var_secinfo *from = btf_var_secinfos(b);
	struct section_var *to = new_list(c, t->count, sizeof(*to));

	for (uint32_t i = 0; to && i < t->count; i++)
		to[i] = (struct section_var){from[i].type, from[i].offset, from[i].size};
	t->vars = to;
}

static void convert_int(const struct btf_type *b, struct type *t)
{
	t->size = b->size;
	t->is_signed = btf_int_encoding(b) & BTF_INT_SIGNED;
	t->is_bool = btf_int_encoding(b) & BTF_INT_BOOL;
	t->is_char = btf_int_encoding(b) & BTF_INT_CHAR;
	t->int_bits = btf_int_bits(b);
}

static void convert_fwd(const struct btf_type *b, struct type *t)
{
	t->fwd = btf_kflag(b) ? FWD_UNION : FWD_STRUCT;
}

static enum type_kind kind_of(const struct btf_type *b)
{
	static const enum type_kind kinds[] = {
		[BTF_KIND_INT] = TYPE_INT,           [BTF_KIND_PTR] = TYPE_PTR,
		[BTF_KIND_ARRAY] = TYPE_ARRAY,       [BTF_KIND_STRUCT] = TYPE_STRUCT,
		[BTF_KIND_UNION] = TYPE_UNION,       [BTF_KIND_ENUM] = TYPE_ENUM,
		[BTF_KIND_ENUM64] = TYPE_ENUM,       [BTF_KIND_FWD] = TYPE_FWD,
		[BTF_KIND_TYPEDEF] = TYPE_TYPEDEF,   [BTF_KIND_VOLATILE] = TYPE_VOLATILE,
		[BTF_KIND_CONST] = TYPE_CONST,       [BTF_KIND_RESTRICT] = TYPE_RESTRICT,
		[BTF_KIND_FUNC] = TYPE_FUNC,         [BTF_KIND_FUNC_PROTO] = TYPE_FUNC_PROTO,
		[BTF_KIND_VAR] = TYPE_VAR,           [BTF_KIND_DATASEC] = TYPE_DATASEC,
		[BTF_KIND_FLOAT] = TYPE_FLOAT,       [BTF_KIND_DECL_TAG] = TYPE_DECL_TAG,
		[BTF_KIND_TYPE_TAG] = TYPE_TYPE_TAG,
	};
	unsigned kind = btf_kind(b);

	return kind < sizeof(kinds) / sizeof(kinds[0]) ? kinds[kind] : TYPE_VOID;
}

static enum var_linkage linkage(unsigned value)
{
	return value == BTF_VAR_STATIC             ? VAR_STATIC
	       : value == BTF_VAR_GLOBAL_ALLOCATED ? VAR_GLOBAL
						   : VAR_EXTERN;
}

static void convert(struct convert *c, const struct btf_type *b, struct type *t)
{
	switch (t->kind) {
	case TYPE_INT:
		convert_int(b, t);
		break;
	case TYPE_FLOAT:
		t->size = b->size;
		break;
	case TYPE_STRUCT:
	case TYPE_UNION:
	case TYPE_ENUM:
	case TYPE_DATASEC:
		t->size = b->size;
		t->count = btf_vlen(b);
		if (t->kind == TYPE_ENUM)
			convert_values(c, b, t);
		else if (t->kind == TYPE_DATASEC)
			convert_vars(c, b, t);
		else
			convert_members(c, b, t);
		break;
	case TYPE_ARRAY:
		t->target = btf_array(b)->type;
		t->count = btf_array(b)->nelems;
		break;
	case TYPE_FUNC_PROTO:
		t->target = b->type;
		t->count = btf_vlen(b);
		convert_params(c, b, t);
		break;
	case TYPE_FWD:
		convert_fwd(b, t);
		break;
	default:
		t->target = b->type;
		if (t->kind == TYPE_VAR)
			t->linkage = linkage(btf_var(b)->linkage);
		else if (t->kind == TYPE_FUNC)
			t->linkage = linkage(btf_vlen(b));
		else if (t->kind == TYPE_DECL_TAG)
			t->component = btf_decl_tag(b)->component_idx;
		break;
	}
}

/* Names of these are text, not identifiers: "unsigned int", ".rodata", "user". */
static bool has_text_name(enum type_kind kind)
{
	return kind == TYPE_INT || kind == TYPE_FLOAT || kind == TYPE_DATASEC ||
	       kind == TYPE_TYPE_TAG || kind == TYPE_DECL_TAG;
}

static int add(struct convert *c, uint32_t id, struct diag *d)
{
	const struct btf_type *b = btf__type_by_id(c->btf, id);
	struct type t = {.kind = kind_of(b), .component = -1};

	if (t.kind == TYPE_VOID)
		return diag_fail(d, ENOTSUP,
				 "BTF type %u is of kind %u, which this wbpf-gen is too old for",
				 id, btf_kind(b));
	t.name = has_text_name(t.kind) ? text(c, b->name_off) : identifier(c, b->name_off);
	convert(c, b, &t);
	uint32_t added = c->no_memory ? 0 : model_add(c->m, &t);
	drop_copies(c);
	return added ? 0 : diag_fail(d, ENOMEM, "out of memory");
}

static bool is_pointer(const struct btf *btf, uint32_t id)
{
	const struct btf_type *t = btf__type_by_id(btf, id);

	for (int i = 0; t && i < 32 && (btf_is_mod(t) || btf_is_typedef(t)); i++)
		t = btf__type_by_id(btf, t->type);
	return t && btf_is_ptr(t);
}

/* Is there a field whose pointer has no room for 8 bytes? */
static bool has_narrow_pointer(const struct btf *btf, const struct btf_type *t)
{
	const struct btf_member *m = btf_members(t);

	for (uint32_t i = 0; i < btf_vlen(t); i++) {
		bool last = i + 1 == btf_vlen(t) || btf_is_union(t);
		uint64_t end = last ? 8ULL * t->size : btf_member_bit_offset(t, i + 1);
		if (is_pointer(btf, m[i].type) && btf_member_bit_offset(t, i) + 64ULL > end)
			return true;
	}
	return false;
}

/* libbpf knows the size of pointers from the ELF file or from that of "long"; without either it
 * shows in where they lie. */
static unsigned pointer_size(const struct btf *btf)
{
	size_t known = btf__pointer_size(btf);
	if (known)
		return known == 4 ? 4 : 8;

	for (uint32_t id = 1; id < btf__type_cnt(btf); id++) {
		const struct btf_type *t = btf__type_by_id(btf, id);
		if (btf_is_composite(t) && has_narrow_pointer(btf, t))
			return 4;
	}
	return 8;
}

int read_model(const struct btf *btf, struct model **ret, struct diag *d)
{
	struct convert c = {
		.btf = btf,
		.m = model_new(pointer_size(btf), btf__endianness(btf) == BTF_BIG_ENDIAN),
	};
	int err = c.m ? 0 : diag_fail(d, ENOMEM, "out of memory");

	for (uint32_t id = 1; !err && id < btf__type_cnt(btf); id++)
		err = add(&c, id, d);
	if (!err)
		err = model_check(c.m, d);
	free(c.copies);
	if (err) {
		model_free(c.m);
		return err;
	}
	*ret = c.m;
	return 0;
}
