/* SPDX-License-Identifier: BSD-2-Clause */
/* The strings of slimmed BTF and of its .BTF.ext in one table, packed. */
#include "btfgen/read_slim.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "btfgen/strpack.h"

struct packing {
	struct slim *s;
	struct strpack pack;
	const char *strings; /* of the BTF, string_len bytes */
	uint32_t string_len;
};

/* at: where a string's offset is. */
static int add(struct packing *p, uint32_t *at)
{
	if (*at >= p->string_len)
		return -EINVAL;
	return strpack_add(&p->pack, p->strings + *at, at);
}

/* Words behind a type's head: in how many pieces of how many words, whose first names something. */
static void tail_of(const struct btf_type *t, uint32_t *pieces, uint32_t *words, bool *named)
{
	*pieces = 0;
	*words = 1;
	*named = false;
	switch (btf_kind(t)) {
	case BTF_KIND_INT:
	case BTF_KIND_VAR:
	case BTF_KIND_DECL_TAG:
		*pieces = 1;
		break;
	case BTF_KIND_ARRAY:
		*pieces = 3;
		break;
	case BTF_KIND_DATASEC:
		*pieces = 3 * (uint32_t)btf_vlen(t);
		break;
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
	case BTF_KIND_ENUM64:
		*words = 3;
		*pieces = btf_vlen(t);
		*named = true;
		break;
	case BTF_KIND_ENUM:
	case BTF_KIND_FUNC_PROTO:
		*words = 2;
		*pieces = btf_vlen(t);
		*named = true;
		break;
	}
}

static int add_types(struct packing *p, uint32_t *at, const uint32_t *end)
{
	int err = 0;

	while (at < end && !err) {
		uint32_t pieces, words;
		bool named;
		tail_of((const struct btf_type *)at, &pieces, &words, &named);
		err = add(p, at);
		at += sizeof(struct btf_type) / sizeof(*at);
		for (; pieces && !err; pieces--, at += words)
			if (named)
				err = add(p, at);
	}
	return err;
}

/* Of a table of .BTF.ext: the sections' names, and the words of its records at these places. */
static int add_table(struct packing *p, uint32_t off, uint32_t len, const size_t *places,
		     size_t count)
{
	const struct ext_header *h = (const void *)p->s->ext;
	uint8_t *at = p->s->ext + h->hdr_len + off, *end = at + len;
	uint32_t size, n;
	int err = 0;

	if (!len)
		return 0;
	memcpy(&size, at, sizeof(size));
	for (at += sizeof(size); at < end && !err;) {
		memcpy(&n, at + 4, sizeof(n));
		err = add(p, (uint32_t *)(void *)at);
		for (at += 8; n && !err; n--, at += size)
			for (size_t i = 0; i < count && !err; i++)
				err = add(p, (uint32_t *)(void *)(at + places[i]));
	}
	return err;
}

static int add_ext(struct packing *p)
{
	static const size_t line[] = {offsetof(struct bpf_line_info, file_name_off),
				      offsetof(struct bpf_line_info, line_off)};
	static const size_t relo[] = {offsetof(struct bpf_core_relo, access_str_off)};
	const struct ext_header *h = (const void *)p->s->ext;
	int err;

	if (!h)
		return 0;
	err = add_table(p, h->func_off, h->func_len, NULL, 0);
	if (!err)
		err = add_table(p, h->line_off, h->line_len, line, 2);
	return err ? err : add_table(p, h->relo_off, h->relo_len, relo, 1);
}

/* Types stay as they are, with other offsets of their names. */
static int rebuild(struct packing *p, const void *raw, struct strbuf *out)
{
	struct btf_header h;

	memcpy(&h, raw, sizeof(h));
	strbuf_add(out, raw, h.hdr_len);
	strbuf_add(out, (const char *)raw + h.hdr_len + h.type_off, h.type_len);
	int err = strbuf_error(out);
	if (err)
		return err;
	p->strings = (const char *)raw + h.hdr_len + h.str_off;
	p->string_len = h.str_len;
	/* Not appended to while there are pointers into it. */
	struct strbuf strings = {0};
	err = add_types(p, (uint32_t *)(void *)(out->data + h.hdr_len),
			(uint32_t *)(void *)(out->data + out->len));
	if (!err)
		err = add_ext(p);
	if (!err)
		err = strpack_finish(&p->pack, &strings);
	h.type_off = 0;
	h.str_off = h.type_len;
	h.str_len = (uint32_t)strings.len;
	memcpy(out->data, &h, sizeof(h));
	strbuf_add(out, strings.data, strings.len);
	strbuf_free(&strings);
	return err ? err : strbuf_error(out);
}

int slim_pack_strings(struct slim *s, struct strbuf *out)
{
	struct packing p = {.s = s};
	uint32_t size;
	const void *raw = btf__raw_data(s->to, &size);
	int err = raw ? rebuild(&p, raw, out) : -ENOMEM;

	strpack_clear(&p.pack);
	return err;
}
