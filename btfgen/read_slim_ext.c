/* SPDX-License-Identifier: BSD-2-Clause */
/* .BTF.ext: function and line information and relocations, and their move to the slimmed BTF. */
#include "btfgen/read_slim.h"

#include <errno.h>
#include <string.h>

#include "base/strbuf.h"

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
	f.type_id = (uint32_t)slim_new_id(s, f.type_id);
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

static int move_relocation(struct slim *s, void *record)
{
	struct bpf_core_relo r;
	struct strbuf access = {0};
	int err;

	memcpy(&r, record, sizeof(r));
	if (slim_is_field_relocation(&r)) {
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
	r.type_id = (uint32_t)slim_new_id(s, r.type_id);
	memcpy(record, &r, sizeof(r));
	return 0;
}

int slim_move_ext(struct slim *s)
{
	const struct ext_header *h = (const void *)s->ext;
	int err = slim_each_record(s, h->func_off, h->func_len, sizeof(struct bpf_func_info),
				   move_string, move_function);

	if (!err)
		err = slim_each_record(s, h->line_off, h->line_len, sizeof(struct bpf_line_info),
				       move_string, move_line);
	if (!err && slim_has_relocations(s))
		err = slim_each_record(s, h->relo_off, h->relo_len, sizeof(struct bpf_core_relo),
				       move_string, move_relocation);
	return err;
}
