/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/sections.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "host/component_reader.h"
#include "host/module_reader.h"

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

/* Adds those of a core module to the end of the list. */
static int add_sections(void *ctx, const uint8_t *module, size_t len, struct diag *d)
{
	struct reader r = {module, module + len}, body, name;
	struct section **end = ctx;
	uint8_t id;

	(void)d;
	if (len < MODULE_HEADER)
		return 0;
	r.at += MODULE_HEADER;
	while (*end)
		end = &(*end)->next;
	while (read_section(&r, &id, &body)) {
		if (id != SECTION_CUSTOM || !read_bytes(&body, &name) || !is_ours(&name))
			continue;
		*end = copy(&name, &body);
		if (!*end)
			return -ENOMEM;
		end = &(*end)->next;
	}
	return 0;
}

int sections_read(const void *module, size_t len, struct section **ret)
{
	struct diag d = {0};
	int err;

	*ret = NULL;
	if (component_is(module, len))
		err = component_modules("", module, len, add_sections, ret, &d);
	else
		err = add_sections(ret, module, len, &d);
	if (err) {
		sections_free(*ret);
		*ret = NULL;
	}
	return err;
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
