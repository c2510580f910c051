/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/module_shape.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

#include "host/module_reader.h"

/*
 * Together fewer than Wasmtime can do with; far more than compilers make. Types are counted by
 * their bytes, three at least, as they may come in groups.
 */
enum { MOST_TYPE_BYTES = 48 << 10, MOST_GLOBALS = 5000, MOST_IMPORTS = 1000, MOST_SEGMENTS = 5000 };

/* Segments that far apart become one, with zeros between, as long as that makes not too many bytes.
 */
enum { GAP = 1024, MOST_ZEROS = 64 << 20, MOST_MERGED = 200000 };

/* An active data segment of the one memory, at a constant address. */
struct segment {
	uint32_t at;
	struct reader bytes;
};

static bool read_constant(struct reader *r, uint32_t *ret)
{
	enum { I32_CONST = 0x41, END = 0x0b };
	uint64_t n = 0;
	unsigned int shift = 0;
	uint8_t byte = 0x80;

	if (r->at >= r->end || *r->at++ != I32_CONST)
		return false;
	for (; (byte & 0x80) && shift < 35; shift += 7) {
		if (r->at >= r->end)
			return false;
		byte = *r->at++;
		n |= (uint64_t)(byte & 0x7f) << shift;
	}
	if (shift < 32 && (byte & 0x40)) /* signed */
		n |= ~UINT64_C(0) << shift;
	*ret = (uint32_t)n;
	return !(byte & 0x80) && r->at < r->end && *r->at++ == END;
}

static bool read_segment(struct reader *r, struct segment *ret)
{
	uint32_t flags;

	return read_number(r, &flags) && flags == 0 && read_constant(r, &ret->at) &&
	       read_bytes(r, &ret->bytes);
}

static void add_number(struct strbuf *b, uint32_t n)
{
	do {
		uint8_t byte = n & 0x7f;
		n >>= 7;
		strbuf_putc(b, (char)(n ? byte | 0x80 : byte));
	} while (n);
}

static void add_constant(struct strbuf *b, uint32_t n)
{
	int64_t left = (int32_t)n;

	strbuf_putc(b, 0x41);
	for (;;) {
		uint8_t byte = left & 0x7f;
		left >>= 7;
		bool last = (left == 0 && !(byte & 0x40)) || (left == -1 && (byte & 0x40));
		strbuf_putc(b, (char)(last ? byte : byte | 0x80));
		if (last)
			break;
	}
	strbuf_putc(b, 0x0b);
}

/* The new segments so far; the last one is still gathered. */
struct merged {
	uint32_t count;
	struct span {
		uint64_t start, end;
	} spans[MOST_SEGMENTS];
	struct strbuf bytes; /* of the last one */
	size_t zeros;
};

static void end_segment(struct merged *m, struct strbuf *out)
{
	if (!m->count)
		return;
	strbuf_putc(out, 0);
	add_constant(out, (uint32_t)m->spans[m->count - 1].start);
	add_number(out, (uint32_t)m->bytes.len);
	strbuf_add(out, m->bytes.data, m->bytes.len);
	m->bytes.len = 0;
}

/* Memory is zero at first: zeros where nothing was written yet change nothing. */
static bool is_untouched(const struct merged *m, uint64_t start, uint64_t end)
{
	for (uint32_t i = 0; start < end && i < m->count; i++)
		if (start < m->spans[i].end && m->spans[i].start < end)
			return false;
	return true;
}

/* False: there are too many. Segments stay in their order, in which they are written. */
static bool add_segment(struct merged *m, const struct segment *s, struct strbuf *out)
{
	struct span *last = m->count ? &m->spans[m->count - 1] : NULL;
	size_t len = reader_left(&s->bytes);

	if (!last || s->at < last->end || s->at - last->end > GAP ||
	    !is_untouched(m, last->end, s->at)) {
		end_segment(m, out);
		if (m->count == MOST_SEGMENTS)
			return false;
		last = &m->spans[m->count++];
		*last = (struct span){s->at, s->at};
	}
	for (; last->end < s->at; last->end++, m->zeros++)
		strbuf_putc(&m->bytes, 0);
	strbuf_add(&m->bytes, s->bytes.at, len);
	last->end += len;
	return m->zeros <= MOST_ZEROS;
}

/* False: there are too many, or one is not active and constant. */
static bool merge(struct reader *segments, uint32_t count, struct strbuf *out, uint32_t *ret_count)
{
	struct merged *m = calloc(1, sizeof(*m));
	bool good = m && count <= MOST_MERGED;
	struct segment s;

	for (uint32_t i = 0; i < count && good; i++)
		good = read_segment(segments, &s) && add_segment(m, &s, out);
	if (good)
		end_segment(m, out);
	*ret_count = m ? m->count : 0;
	good = good && !strbuf_error(&m->bytes);
	if (m)
		strbuf_free(&m->bytes);
	free(m);
	return good;
}

/* The module with other contents in its data section. */
static int replace(const uint8_t *module, size_t len, const struct reader *old, uint32_t count,
		   const struct strbuf *segments, struct strbuf *ret)
{
	struct strbuf number = {0};
	const uint8_t *start = old->at;

	add_number(&number, count);
	/* Back over the section's length and id. */
	do
		start--;
	while (start > module && (start[-1] & 0x80));
	start--;
	strbuf_add(ret, module, (size_t)(start - module));
	strbuf_putc(ret, SECTION_DATA);
	add_number(ret, (uint32_t)(number.len + segments->len));
	strbuf_add(ret, number.data, number.len);
	strbuf_add(ret, segments->data, segments->len);
	strbuf_add(ret, old->end, (size_t)(module + len - old->end));
	strbuf_free(&number);
	return strbuf_error(ret) ? -ENOMEM : 0;
}

static int too_many(const char *name, uint32_t n, const char *what, int most, struct diag *d)
{
	return diag_fail(
		d, E2BIG,
		"%s: has %u %s, of which the WebAssembly engine cannot do with more than %d "
		"together with others; build it with fewer",
		name, n, what, most);
}

static int check_data(const char *name, const uint8_t *module, size_t len,
		      const struct reader *section, bool by_number, struct strbuf *ret,
		      struct diag *d)
{
	struct reader r = *section;
	struct strbuf segments = {0};
	uint32_t count, merged = 0;
	int err = 0;

	if (!read_number(&r, &count) || count <= MOST_SEGMENTS)
		return 0;
	/* Instructions that name a segment by its number come with a section that counts them. */
	if (by_number || !merge(&r, count, &segments, &merged))
		err = too_many(name, count, "data segments", MOST_SEGMENTS, d);
	else if (strbuf_error(&segments))
		err = diag_fail(d, ENOMEM, "%s: out of memory", name);
	else if (replace(module, len, section, merged, &segments, ret))
		err = diag_fail(d, ENOMEM, "%s: out of memory", name);
	strbuf_free(&segments);
	return err;
}

int module_shape_check(const char *name, const void *module, size_t len, struct strbuf *ret,
		       struct diag *d)
{
	struct reader r = {module, (const uint8_t *)module + len}, body, data = {0};
	bool by_number = false;
	uint32_t count;
	uint8_t id;

	if (len < MODULE_HEADER)
		return 0;
	r.at += MODULE_HEADER;
	while (read_section(&r, &id, &body)) {
		struct reader start = body;
		if (id == SECTION_TYPE && reader_left(&body) > MOST_TYPE_BYTES)
			return too_many(name, (uint32_t)reader_left(&body), "bytes of types",
					MOST_TYPE_BYTES, d);
		if (id == SECTION_DATA_COUNT)
			by_number = true;
		else if (id == SECTION_DATA && !data.at)
			data = body;
		if ((id == SECTION_GLOBAL || id == SECTION_IMPORT) && read_number(&start, &count)) {
			if (id == SECTION_GLOBAL && count > MOST_GLOBALS)
				return too_many(name, count, "globals", MOST_GLOBALS, d);
			if (id == SECTION_IMPORT && count > MOST_IMPORTS)
				return too_many(name, count, "imports", MOST_IMPORTS, d);
		}
	}
	return data.at ? check_data(name, module, len, &data, by_number, ret, d) : 0;
}
