/* SPDX-License-Identifier: BSD-2-Clause */
/* .BTF.ext: function and line information and relocations, and their move to the slimmed BTF. */
#include "btfgen/read_slim.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Calls fn for each record of a table; section names are strings too. -EINVAL: damaged. */
int slim_each_record(struct slim *s, uint32_t off, uint32_t len, size_t least, record_fn section,
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

bool slim_has_relocations(const struct slim *s)
{
	const struct ext_header *h = (const void *)s->ext;

	return h->hdr_len >= sizeof(*h);
}

/* A table on its way into the new .BTF.ext. */
struct move {
	struct strbuf *out;
	size_t section; /* where the head of the section under way is in out */
	size_t size;    /* of a record, which is only what is known of it */
	/* Of lines: the section's name, and the record before. */
	uint32_t name, last_file, last_line;
	bool has_last;
};

/* Puts a string into the new BTF and its new offset to *at. */
static int put_string(struct slim *s, const char *text, uint32_t *at)
{
	int moved = text ? btf__add_str(s->to, text) : -EINVAL;

	if (moved < 0)
		return moved;
	*at = (uint32_t)moved;
	return 0;
}

static int move_string(struct slim *s, uint32_t *at)
{
	return put_string(s, btf__name_by_offset(s->from, *at), at);
}

static int add_record(struct slim *s, const void *record)
{
	struct strbuf *out = s->move->out;
	uint32_t n;

	strbuf_add(out, record, s->move->size);
	if (strbuf_error(out))
		return -ENOMEM;
	memcpy(&n, out->data + s->move->section + 4, sizeof(n));
	n++;
	memcpy(out->data + s->move->section + 4, &n, sizeof(n));
	return 0;
}

static int move_section(struct slim *s, void *head)
{
	uint32_t section[2] = {0};

	memcpy(section, head, sizeof(section[0]));
	s->move->name = section[0];
	s->move->has_last = false;
	s->move->section = s->move->out->len;
	int err = move_string(s, &section[0]);
	strbuf_add(s->move->out, section, sizeof(section));
	return err;
}

static int move_function(struct slim *s, void *record)
{
	struct bpf_func_info f;

	memcpy(&f, record, sizeof(f));
	f.type_id = (uint32_t)slim_new_id(s, f.type_id);
	return f.type_id ? add_record(s, &f) : -EINVAL;
}

/* Does a function of the section begin there? */
static bool is_function(const struct slim *s, uint32_t section, uint32_t insn_off)
{
	const struct ext_header *h = (const void *)s->ext;
	const uint8_t *p = s->ext + h->hdr_len + h->func_off, *end = p + h->func_len;
	uint32_t size, head[2], at;

	if (!h->func_len)
		return false;
	memcpy(&size, p, sizeof(size));
	for (p += sizeof(size); p < end; p += (size_t)size * head[1]) {
		memcpy(head, p, sizeof(head));
		p += sizeof(head);
		for (uint32_t i = 0; head[0] == section && i < head[1]; i++) {
			memcpy(&at, p + (size_t)i * size, sizeof(at));
			if (at == insn_off)
				return true;
		}
	}
	return false;
}

/*
 * Of a record the verifier prints the line, without the white space in front, and the file's last
 * name; so what follows with the same line says nothing new, but a function has to begin with one.
 */
static int move_line(struct slim *s, void *record)
{
	struct bpf_line_info l;
	struct move *m = s->move;

	memcpy(&l, record, sizeof(l));
	uint32_t line = BPF_LINE_INFO_LINE_NUM(l.line_col);
	if (m->has_last && m->last_file == l.file_name_off && m->last_line == line &&
	    !is_function(s, m->name, l.insn_off))
		return 0;
	m->has_last = true;
	m->last_file = l.file_name_off;
	m->last_line = line;
	const char *text = btf__name_by_offset(s->from, l.line_off);
	const char *file = btf__name_by_offset(s->from, l.file_name_off);
	const char *slash = file ? strrchr(file, '/') : NULL;
	while (text && isspace((unsigned char)*text))
		text++;
	int err = put_string(s, slash && slash[1] ? slash + 1 : file, &l.file_name_off);
	if (!err)
		err = put_string(s, text, &l.line_off);
	return err ? err : add_record(s, &l);
}

/* The access string with the members' new places. */
static int new_access(struct slim *s, const struct bpf_core_relo *r, struct strbuf *out)
{
	const char *access = btf__name_by_offset(s->from, r->access_str_off);
	uint32_t index, id = r->type_id;

	if (!slim_next_number(&access, &index))
		return -EINVAL;
	strbuf_printf(out, "%u", index);
	while (slim_next_number(&access, &index)) {
		uint32_t in = slim_strip(s, id);
		uint32_t place = index;
		if (btf_is_composite(btf__type_by_id(s->from, in)))
			place = slim_new_index(&s->marks[in], index);
		strbuf_printf(out, ":%u", place);
		id = in;
		int err = slim_step(s, &id, index);
		if (err)
			return err;
	}
	return strbuf_error(out);
}

static int new_enumerator(struct slim *s, const struct bpf_core_relo *r, struct strbuf *out)
{
	const char *access = btf__name_by_offset(s->from, r->access_str_off);
	const struct mark *m = &s->marks[slim_strip(s, r->type_id)];
	uint32_t index;

	if (!slim_next_number(&access, &index))
		return -EINVAL;
	strbuf_printf(out, "%u", s->keep_enumerators ? index : slim_new_index(m, index));
	return strbuf_error(out);
}

static int move_relocation(struct slim *s, void *record)
{
	struct bpf_core_relo r;
	struct strbuf access = {0};
	int err;

	memcpy(&r, record, sizeof(r));
	if (slim_is_field_relocation(&r) || slim_is_enum_relocation(&r)) {
		err = slim_is_field_relocation(&r) ? new_access(s, &r, &access)
						   : new_enumerator(s, &r, &access);
		if (!err)
			err = put_string(s, strbuf_str(&access), &r.access_str_off);
		strbuf_free(&access);
	} else {
		err = move_string(s, &r.access_str_off);
	}
	r.type_id = (uint32_t)slim_new_id(s, r.type_id);
	return err ? err : add_record(s, &r);
}

/* Moves a table to the end of out, and to *off and *len what the header says of it. */
static int move_table(struct slim *s, uint32_t *off, uint32_t *len, size_t size, record_fn fn,
		      struct strbuf *out)
{
	struct move move = {.out = out, .size = size};
	uint32_t record = (uint32_t)size;
	size_t begin = out->len;

	if (*len)
		strbuf_add(out, &record, sizeof(record));
	s->move = &move;
	int err = slim_each_record(s, *off, *len, size, move_section, fn);
	s->move = NULL;
	*off = (uint32_t)(begin - sizeof(struct ext_header));
	*len = (uint32_t)(out->len - begin);
	return err;
}

static int move_tables(struct slim *s, struct ext_header *h, struct strbuf *out)
{
	int err;

	if (!slim_has_relocations(s))
		h->relo_off = h->relo_len = 0;
	err = move_table(s, &h->func_off, &h->func_len, sizeof(struct bpf_func_info), move_function,
			 out);
	if (!err)
		err = move_table(s, &h->line_off, &h->line_len, sizeof(struct bpf_line_info),
				 move_line, out);
	if (!err)
		err = move_table(s, &h->relo_off, &h->relo_len, sizeof(struct bpf_core_relo),
				 move_relocation, out);
	return err;
}

int slim_move_ext(struct slim *s)
{
	struct strbuf out = {0};
	struct ext_header h;

	memcpy(&h, s->ext, sizeof(h));
	strbuf_add(&out, &h, sizeof(h));
	int err = move_tables(s, &h, &out);
	if (!err)
		err = strbuf_error(&out);
	if (err) {
		strbuf_free(&out);
		return err;
	}
	h.hdr_len = sizeof(h);
	memcpy(out.data, &h, sizeof(h));
	s->ext_size = out.len;
	free(s->ext);
	s->ext = (uint8_t *)strbuf_detach(&out);
	return s->ext ? 0 : -ENOMEM;
}
