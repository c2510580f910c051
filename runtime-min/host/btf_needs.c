/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/btf_needs.h"

#include <errno.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include "base/strbuf.h"
#include "host/btf_types.h"

enum { MAX_NEEDS = 1 << 16 };

/* An object's types, and what stands behind them in .BTF.ext. */
struct source {
	struct btf_needs *needs;
	struct btf *btf;
	const uint8_t *ext;
	size_t ext_len;
	int err;
};

/* struct btf_ext_header up to the part that is read here, and struct bpf_core_relo. */
struct ext_header {
	uint16_t magic;
	uint8_t version, flags;
	uint32_t hdr_len;
	uint32_t func_info_off, func_info_len;
	uint32_t line_info_off, line_info_len;
	uint32_t core_relo_off, core_relo_len;
};

struct core_relo {
	uint32_t insn_off, type_id, access_str_off, kind;
};

struct ext_section {
	uint32_t sec_name_off, num_info;
};

/* enum bpf_core_relo_kind (linux/bpf.h), as far as its meaning is known here. */
enum {
	RELO_FIELD_LAST = 5,
	RELO_TYPE_ID_LOCAL = 6,
	RELO_TYPE_ID_TARGET = 7,
	RELO_TYPE_EXISTS = 8,
	RELO_TYPE_SIZE = 9,
	RELO_ENUMVAL_EXISTS = 10,
	RELO_ENUMVAL_VALUE = 11,
};

size_t btf_essential_len(const char *name)
{
	size_t n = strlen(name);

	for (size_t i = n >= 5 ? n - 4 : 0; i-- > 0;)
		if (name[i] != '_' && !strncmp(name + i + 1, "___", 3) && name[i + 4] != '_')
			return i + 1;
	return n;
}

bool btf_kinds_fit(uint32_t a, uint32_t b)
{
	bool enums = (a == BTF_KIND_ENUM || a == BTF_KIND_ENUM64) &&
		     (b == BTF_KIND_ENUM || b == BTF_KIND_ENUM64);

	return a == b || enums;
}

static void add(struct source *s, enum btf_need_how how, uint32_t kind, const char *name,
		size_t len)
{
	struct btf_needs *n = s->needs;

	/* Asked for again in a row, as the fields of one struct are. */
	if (s->err ||
	    (n->count && n->all[n->count - 1].how == how && n->all[n->count - 1].kind == kind &&
	     !strncmp(n->all[n->count - 1].name, name, len) && !n->all[n->count - 1].name[len]))
		return;
	if (n->count == MAX_NEEDS) {
		n->whole = true;
		return;
	}
	if (!(n->count & (n->count - 1))) {
		struct btf_need *all =
			realloc(n->all, (n->count ? n->count * 2 : 1) * sizeof(*all));
		if (!all) {
			s->err = -ENOMEM;
			return;
		}
		n->all = all;
	}
	char *copy = strndup(name, len);
	if (!copy)
		s->err = -ENOMEM;
	else
		n->all[n->count++] = (struct btf_need){.how = how, .kind = kind, .name = copy};
}

/* --- CO-RE relocations ------------------------------------------------------------------------ */

static void add_relo(struct source *s, const struct core_relo *r)
{
	const struct btf_type *t = btf__type_by_id(s->btf, r->type_id);
	const char *name = t ? btf__name_by_offset(s->btf, t->name_off) : NULL;

	if (r->kind == RELO_TYPE_ID_LOCAL)
		return;
	if (!name || !*name || r->kind > RELO_ENUMVAL_VALUE) {
		s->needs->whole = true;
		return;
	}
	bool type = r->kind == RELO_TYPE_EXISTS || r->kind == RELO_TYPE_ID_TARGET;
	s->needs->ids |= r->kind == RELO_TYPE_ID_TARGET;
	add(s, type ? BTF_NEED_TYPE : BTF_NEED_FIELDS, btf_kind(t), name, btf_essential_len(name));
}

/* A section's head, then its records, up to the end. False: not as the header says. */
static bool add_relos(struct source *s, const uint8_t *p, size_t len)
{
	uint32_t record;

	if (len < sizeof(record))
		return !len;
	memcpy(&record, p, sizeof(record));
	p += sizeof(record);
	len -= sizeof(record);
	if (record < sizeof(struct core_relo))
		return false;
	while (len) {
		struct ext_section sec;
		if (len < sizeof(sec))
			return false;
		memcpy(&sec, p, sizeof(sec));
		p += sizeof(sec);
		len -= sizeof(sec);
		if (sec.num_info > len / record)
			return false;
		for (uint32_t i = 0; i < sec.num_info; i++) {
			struct core_relo r;
			memcpy(&r, p + (size_t)i * record, sizeof(r));
			add_relo(s, &r);
		}
		p += (size_t)sec.num_info * record;
		len -= (size_t)sec.num_info * record;
	}
	return true;
}

static void read_relos(struct source *s)
{
	struct ext_header h = {0};

	if (!s->ext_len)
		return;
	if (s->ext_len >= 8)
		memcpy(&h, s->ext, s->ext_len < sizeof(h) ? s->ext_len : sizeof(h));
	if (h.hdr_len < 8 || h.hdr_len > s->ext_len) {
		s->needs->whole = true;
		return;
	}
	if (h.hdr_len < sizeof(h))
		return; /* of before CO-RE */
	size_t room = s->ext_len - h.hdr_len;
	if (h.core_relo_off > room || h.core_relo_len > room - h.core_relo_off ||
	    !add_relos(s, s->ext + h.hdr_len + h.core_relo_off, h.core_relo_len))
		s->needs->whole = true;
}

/* --- what is named ---------------------------------------------------------------------------- */

/* Kernel functions by their essential name, variables that have a type by their whole one. */
static void add_ksym(struct source *s, const struct btf_type *t)
{
	const char *name = t ? btf__name_by_offset(s->btf, t->name_off) : NULL;

	if (!name)
		return;
	if (btf_is_func(t)) {
		add(s, BTF_NEED_NAME, BTF_KIND_FUNC, name, btf_essential_len(name));
		s->needs->ids = true;
	} else if (btf_is_var(t)) {
		const struct btf_type *of = btf_types_resolve(s->btf, t->type);
		if (of && btf_kind(of) == BTF_KIND_UNKN)
			return; /* only an address */
		add(s, BTF_NEED_NAME, BTF_KIND_VAR, name, strlen(name));
		s->needs->ids = true;
	}
}

static void add_struct_ops(struct source *s, const struct btf_type *var)
{
	const struct btf_type *t = var ? btf_types_resolve(s->btf, var->type) : NULL;
	const char *name = t ? btf__name_by_offset(s->btf, t->name_off) : "";
	size_t len = name ? btf_essential_len(name) : 0;
	char *value = len ? str_printf("bpf_struct_ops_%.*s", (int)len, name) : NULL;

	if (!len)
		return;
	if (!value) {
		s->err = -ENOMEM;
		return;
	}
	s->needs->ids = true;
	add(s, BTF_NEED_STRUCT_OPS, BTF_KIND_STRUCT, name, len);
	add(s, BTF_NEED_STRUCT_OPS, BTF_KIND_STRUCT, value, strlen(value));
	free(value);
}

static void read_sections(struct source *s)
{
	for (uint32_t id = 1; id < btf__type_cnt(s->btf); id++) {
		const struct btf_type *t = btf__type_by_id(s->btf, id);
		if (!btf_is_datasec(t))
			continue;
		const char *name = btf__name_by_offset(s->btf, t->name_off);
		bool ksyms = name && !strcmp(name, ".ksyms");
		bool struct_ops = name && (!strcmp(name, ".struct_ops") ||
					   !strcmp(name, ".struct_ops.link") ||
					   !strncmp(name, "?.struct_ops", 12));
		for (uint16_t i = 0; i < btf_vlen(t) && (ksyms || struct_ops); i++) {
			const struct btf_type *v =
				btf__type_by_id(s->btf, btf_var_secinfos(t)[i].type);
			if (ksyms)
				add_ksym(s, v);
			else
				add_struct_ops(s, v);
		}
	}
}

const char *btf_target_prefix(const struct bpf_program *p)
{
	switch ((unsigned int)bpf_program__expected_attach_type(p)) {
	case BPF_TRACE_RAW_TP:
		return "btf_trace_";
	case BPF_LSM_MAC:
	case BPF_LSM_CGROUP:
		return "bpf_lsm_";
	case BPF_TRACE_ITER:
		return "bpf_iter_";
	default:
		return "";
	}
}

/* Where a program goes, as its section says; libbpf_find_attach_btf_id(). */
static void add_target(struct source *s, const struct bpf_program *p)
{
	const char *slash = strchr(bpf_program__section_name(p), '/');

	if (!slash)
		return;
	const char *prefix = btf_target_prefix(p);
	bool is_tracepoint = bpf_program__expected_attach_type(p) == BPF_TRACE_RAW_TP;
	char *name = str_printf("%s%s", prefix, slash + 1);
	if (name)
		add(s, BTF_NEED_TARGET, is_tracepoint ? BTF_KIND_TYPEDEF : BTF_KIND_FUNC, name,
		    strlen(name));
	else
		s->err = -ENOMEM;
	free(name);
}

static void read_programs(struct source *s, const struct bpf_object *o)
{
	struct bpf_program *p;

	bpf_object__for_each_program(p, o) {
		enum bpf_prog_type type = bpf_program__type(p);
		if (type == BPF_PROG_TYPE_TRACING || type == BPF_PROG_TYPE_LSM)
			add_target(s, p);
		else if (type == BPF_PROG_TYPE_STRUCT_OPS)
			s->needs->ids = true;
	}
}

/* --- all of it ---------------------------------------------------------------------------------
 */

static void read_elf(struct source *s, Elf *elf)
{
	size_t names;

	if (elf_getshdrstrndx(elf, &names))
		return;
	for (Elf_Scn *scn = elf_nextscn(elf, NULL); scn; scn = elf_nextscn(elf, scn)) {
		GElf_Shdr h;
		const char *name = gelf_getshdr(scn, &h) ? elf_strptr(elf, names, h.sh_name) : NULL;
		bool ext = name && !strcmp(name, ".BTF.ext");
		if (!ext && (!name || strcmp(name, ".BTF")))
			continue;
		const Elf_Data *data = elf_getdata(scn, NULL);
		if (!data || !data->d_buf || data->d_size > UINT32_MAX)
			continue;
		if (ext) {
			s->ext = data->d_buf;
			s->ext_len = data->d_size;
		} else if (!s->btf) {
			s->btf = btf__new(data->d_buf, (uint32_t)data->d_size);
		}
	}
}

static int compare(const void *a, const void *b)
{
	const struct btf_need *x = a, *y = b;

	if (x->how != y->how)
		return x->how < y->how ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return strcmp(x->name, y->name);
}

static void sort(struct btf_needs *n)
{
	size_t kept = 0;

	if (n->count)
		qsort(n->all, n->count, sizeof(*n->all), compare);
	for (size_t i = 0; i < n->count; i++) {
		if (kept && !compare(&n->all[kept - 1], &n->all[i]))
			free(n->all[i].name);
		else
			n->all[kept++] = n->all[i];
	}
	n->count = kept;
}

int btf_needs_read(struct btf_needs *ret, void *bytes, size_t len, const struct bpf_object *o)
{
	struct source s = {.needs = ret};

	*ret = (struct btf_needs){0};
	elf_version(EV_CURRENT);
	Elf *elf = elf_memory(bytes, len);
	if (elf)
		read_elf(&s, elf);
	if (s.btf) {
		read_relos(&s);
		read_sections(&s);
	} else if (s.ext_len) {
		ret->whole = true;
	}
	read_programs(&s, o);
	btf__free(s.btf);
	elf_end(elf);
	sort(ret);
	if (s.err)
		btf_needs_free(ret);
	return s.err;
}

void btf_needs_free(struct btf_needs *n)
{
	for (size_t i = 0; i < n->count; i++)
		free(n->all[i].name);
	free(n->all);
	*n = (struct btf_needs){0};
}
