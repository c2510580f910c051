/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/component_reader.h"

#include <errno.h>
#include <string.h>

#include "host/module_reader.h"

enum { DEEPEST = 100 };

/* Sections of a component that hold more of the kind. */
enum { SECTION_CORE_MODULE = 1, SECTION_COMPONENT = 4 };

bool component_is(const void *bytes, size_t len)
{
	static const uint8_t magic[4] = {0, 'a', 's', 'm'};
	const uint8_t *p = bytes;

	/* Two bytes of version, two of layer. */
	return len >= MODULE_HEADER && !memcmp(p, magic, sizeof(magic)) && p[6] == 1 && !p[7];
}

static int walk(const char *name, struct reader r, int depth,
		int (*fn)(void *ctx, const uint8_t *module, size_t len, struct diag *d), void *ctx,
		struct diag *d)
{
	struct reader body;
	uint8_t id;
	int err = 0;

	if (depth > DEEPEST)
		return diag_fail(d, E2BIG,
				 "%s: components lie within each other, more than %d deep", name,
				 DEEPEST);
	if (reader_left(&r) < MODULE_HEADER)
		return 0;
	r.at += MODULE_HEADER;
	while (!err && read_section(&r, &id, &body)) {
		if (id == SECTION_CORE_MODULE)
			err = fn(ctx, body.at, reader_left(&body), d);
		else if (id == SECTION_COMPONENT)
			err = walk(name, body, depth + 1, fn, ctx, d);
	}
	return err;
}

int component_modules(const char *name, const void *bytes, size_t len,
		      int (*fn)(void *ctx, const uint8_t *module, size_t len, struct diag *d),
		      void *ctx, struct diag *d)
{
	return walk(name, (struct reader){bytes, (const uint8_t *)bytes + len}, 0, fn, ctx, d);
}
