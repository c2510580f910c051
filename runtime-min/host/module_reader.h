/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads a core module's binary format (WebAssembly core specification, "Binary Format"): numbers,
 * bytes, sections. Each returns false, and leaves the reader anywhere, at what is not well-formed.
 */
#ifndef WBPF_HOST_MODULE_READER_H
#define WBPF_HOST_MODULE_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Ids of sections. */
enum {
	SECTION_CUSTOM = 0,
	SECTION_TYPE = 1,
	SECTION_IMPORT = 2,
	SECTION_GLOBAL = 6,
	SECTION_DATA = 11,
	SECTION_DATA_COUNT = 12,
};

enum { MODULE_HEADER = 8 /* bytes: magic and version, then sections */ };

struct reader {
	const uint8_t *at, *end;
};

static inline size_t reader_left(const struct reader *r)
{
	return (size_t)(r->end - r->at);
}

/* LEB128 of at most 32 bits. */
static inline bool read_number(struct reader *r, uint32_t *ret)
{
	uint64_t n = 0;

	for (unsigned int shift = 0; shift < 35 && r->at < r->end; shift += 7) {
		uint8_t byte = *r->at++;
		n |= (uint64_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80)) {
			*ret = (uint32_t)n;
			return n <= UINT32_MAX;
		}
	}
	return false;
}

/* A number and as many bytes, in *ret. */
static inline bool read_bytes(struct reader *r, struct reader *ret)
{
	uint32_t len;

	if (!read_number(r, &len) || len > reader_left(r))
		return false;
	*ret = (struct reader){r->at, r->at + len};
	r->at += len;
	return true;
}

/* The next section: its id and what is in it. */
static inline bool read_section(struct reader *r, uint8_t *id, struct reader *ret)
{
	if (r->at >= r->end)
		return false;
	*id = *r->at++;
	return read_bytes(r, ret);
}

#endif
