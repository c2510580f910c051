/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/sections.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* WebAssembly core specification, "Binary Format, Modules": magic and version, then sections. */
enum { HEADER = 8, CUSTOM = 0 };

struct reader {
	const uint8_t *at, *end;
};

/* LEB128 of at most 32 bits. */
static bool read_number(struct reader *r, uint32_t *ret)
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
static bool read_bytes(struct reader *r, struct reader *ret)
{
	uint32_t len;

	if (!read_number(r, &len) || len > (size_t)(r->end - r->at))
		return false;
	*ret = (struct reader){r->at, r->at + len};
	r->at += len;
	return true;
}

static struct section *copy(const struct reader *name, const struct reader *bytes)
{
	size_t name_len = (size_t)(name->end - name->at), len = (size_t)(bytes->end - bytes->at);
	struct section *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->name = strndup((const char *)name->at, name_len);
	s->bytes = malloc(len ? len : 1);
	s->len = len;
	if (s->name && s->bytes) {
		memcpy(s->bytes, bytes->at, len);
		return s;
	}
	sections_free(s);
	return NULL;
}

static bool is_ours(const struct reader *name)
{
	static const char prefix[] = "wbpf.";
	size_t len = (size_t)(name->end - name->at);

	return len > strlen(prefix) && !memcmp(name->at, prefix, strlen(prefix)) &&
	       !memchr(name->at, '\0', len);
}

int sections_read(const void *module, size_t len, struct section **ret)
{
	struct reader r = {module, (const uint8_t *)module + len}, body, name;
	struct section **end = ret;

	*ret = NULL;
	if (len < HEADER)
		return 0;
	r.at += HEADER;
	while (r.at < r.end) {
		uint8_t id = *r.at++;
		if (!read_bytes(&r, &body))
			break;
		if (id != CUSTOM || !read_bytes(&body, &name) || !is_ours(&name))
			continue;
		*end = copy(&name, &body);
		if (!*end) {
			sections_free(*ret);
			*ret = NULL;
			return -ENOMEM;
		}
		end = &(*end)->next;
	}
	return 0;
}

void sections_free(struct section *s)
{
	while (s) {
		struct section *next = s->next;
		free(s->name);
		free(s->bytes);
		free(s);
		s = next;
	}
}

const struct section *sections_find(const struct section *s, const char *name)
{
	while (s && strcmp(s->name, name) != 0)
		s = s->next;
	return s;
}
