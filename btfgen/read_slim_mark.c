/* SPDX-License-Identifier: BSD-2-Clause */
/* Which types of an object's BTF are kept, and how much of them. */
#include "btfgen/read_slim.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

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
	enum level level = !name                     ? WHOLE
			   : !strcmp(name, ".ksyms") ? SHELL
			   : !strcmp(name, ".maps")  ? MAPS
						     : WHOLE;

	for (uint32_t i = 0; i < btf_vlen(t); i++)
		push(s, v[i].type, level);
}

static void mark_referred(struct slim *s, const struct btf_type *t, enum level level)
{
	switch (btf_kind(t)) {
	case BTF_KIND_PTR:
		push(s, t->type, level >= MAPS ? level - 1 : SHELL);
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
		push(s, btf_array(t)->type, level == MAPS ? INNER : level);
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
uint32_t slim_strip(const struct slim *s, uint32_t id)
{
	const struct btf_type *t = btf__type_by_id(s->from, id);

	for (uint32_t n = 0; t && (btf_is_mod(t) || btf_is_typedef(t)) && n < s->count; n++) {
		id = t->type;
		t = btf__type_by_id(s->from, id);
	}
	return id;
}

/* A member or an enumerator. */
static int use_part(struct slim *s, uint32_t id, uint32_t count, uint32_t index)
{
	struct mark *m = &s->marks[id];

	if (index >= count)
		return -EINVAL;
	if (!m->used)
		m->used = calloc(count, sizeof(*m->used));
	if (!m->used)
		return -ENOMEM;
	m->used[index] = true;
	return 0;
}

static int use_member(struct slim *s, uint32_t id, const struct btf_type *t, uint32_t index)
{
	int err = use_part(s, id, btf_vlen(t), index);

	if (err)
		return err;
	mark(s, btf_members(t)[index].type, SHELL);
	return s->err;
}

/* One step of an access string. Gives the type that the next step is in. */
int slim_step(struct slim *s, uint32_t *id, uint32_t index)
{
	*id = slim_strip(s, *id);
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
bool slim_next_number(const char **p, uint32_t *ret)
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

bool slim_is_field_relocation(const struct bpf_core_relo *r)
{
	return r->kind <= BPF_CORE_FIELD_RSHIFT_U64;
}

bool slim_is_enum_relocation(const struct bpf_core_relo *r)
{
	return r->kind == BPF_CORE_ENUMVAL_EXISTS || r->kind == BPF_CORE_ENUMVAL_VALUE;
}

static int mark_enumerator(struct slim *s, const struct bpf_core_relo *r)
{
	const char *access = btf__name_by_offset(s->from, r->access_str_off);
	uint32_t index, id = slim_strip(s, r->type_id);
	const struct btf_type *t = btf__type_by_id(s->from, id);

	if (!t || !btf_is_any_enum(t) || !access || !slim_next_number(&access, &index))
		return -EINVAL;
	mark(s, r->type_id, SHELL);
	return s->err ? s->err : use_part(s, id, btf_vlen(t), index);
}

/*
 * Whether a kernel's type is there or how large it is goes by its name and kind. A local one may be
 * given to the kernel; and of types that have to match, every part counts, also behind pointers the
 * enumerators.
 */
static int mark_type(struct slim *s, const struct bpf_core_relo *r)
{
	bool whole = r->kind == BPF_CORE_TYPE_ID_LOCAL || r->kind == BPF_CORE_TYPE_MATCHES;

	s->keep_enumerators |= r->kind == BPF_CORE_TYPE_MATCHES;
	mark(s, r->type_id, whole ? WHOLE : SHELL);
	return s->err;
}

static int mark_relocation(struct slim *s, void *record)
{
	struct bpf_core_relo r;
	uint32_t index;

	memcpy(&r, record, sizeof(r));
	uint32_t id = r.type_id;
	if (slim_is_enum_relocation(&r))
		return mark_enumerator(s, &r);
	if (!slim_is_field_relocation(&r))
		return mark_type(s, &r);
	const char *access = btf__name_by_offset(s->from, r.access_str_off);
	if (!access || !slim_next_number(&access, &index))
		return -EINVAL;
	mark(s, id, SHELL);
	while (!s->err && *access) {
		if (!slim_next_number(&access, &index))
			return -EINVAL;
		int err = slim_step(s, &id, index);
		if (err)
			return err;
	}
	return s->err;
}

static int no_section(struct slim *s, void *record)
{
	return 0;
}

/*
 * "contains:node_data:node" on the head of a list or a tree names the struct of its elements; the
 * kernel looks for that by name.
 */
static bool mark_contained(struct slim *s, uint32_t id)
{
	static const char prefix[] = "contains:";
	const struct btf_type *t = btf__type_by_id(s->from, id);
	const char *tag = btf_is_decl_tag(t) ? btf__name_by_offset(s->from, t->name_off) : NULL;
	char name[128];

	if (!tag || strncmp(tag, prefix, strlen(prefix)) != 0 || !s->marks[t->type].level)
		return false;
	tag += strlen(prefix);
	size_t n = strcspn(tag, ":");
	if (n >= sizeof(name))
		return false;
	memcpy(name, tag, n);
	name[n] = '\0';
	int found = btf__find_by_name_kind(s->from, name, BTF_KIND_STRUCT);
	if (found < 0 || s->marks[found].level >= WHOLE)
		return false;
	mark(s, (uint32_t)found, WHOLE);
	return true;
}

static bool is_text(const struct slim *s, const struct btf_type *t)
{
	const char *name = btf__name_by_offset(s->from, t->name_off);

	return name && slim_is_text_section(name);
}

int slim_mark(struct slim *s)
{
	const struct ext_header *h = (const void *)s->ext;
	bool more = true;

	for (uint32_t id = 1; id < s->count && !s->err; id++) {
		const struct btf_type *t = btf__type_by_id(s->from, id);
		if (btf_is_datasec(t) && !is_text(s, t))
			mark(s, id, WHOLE);
		else if (btf_is_func(t))
			mark(s, id, SHELL);
	}
	if (!s->err && s->ext && slim_has_relocations(s))
		s->err = slim_each_record(s, h->relo_off, h->relo_len, sizeof(struct bpf_core_relo),
					  no_section, mark_relocation);
	while (more && !s->err) {
		more = false;
		for (uint32_t id = 1; id < s->count && !s->err; id++)
			more |= mark_contained(s, id);
	}
	return s->err;
}
