/* SPDX-License-Identifier: BSD-2-Clause */
/* What the components of these tests share: a check that fails says where, and what the host said.
 */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>

#include "wbpf_component.h"

#define TEXT(s) s, sizeof(s) - 1

#define CHECK(condition)                                                                           \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			printf("%s:%d: not %s\n", __FILE__, __LINE__, #condition);                 \
			exit(1);                                                                   \
		}                                                                                  \
	} while (0)

static inline void must(const struct wbpf_result *r, int line)
{
	if (!r->failed)
		return;
	printf("line %d: %.*s (%.*s)\n%.*s\n", line, (int)r->error.message.len,
	       (char *)r->error.message.at, (int)r->error.name.len, (char *)r->error.name.at,
	       (int)r->error.log.len, (char *)r->error.log.at);
	exit(1);
}

/* A call that must go well. */
#define OK(call)                                                                                   \
	do {                                                                                       \
		call;                                                                              \
		must(&r, __LINE__);                                                                \
	} while (0)

static inline int has_text(struct wbpf_list l, const char *text)
{
	return l.len && memmem(l.at, l.len, text, strlen(text)) != NULL;
}

/* A call that must fail, with that kind, and these words in the message. */
#define FAILS(call, which, words)                                                                  \
	do {                                                                                       \
		call;                                                                              \
		CHECK(r.failed);                                                                   \
		if (r.error.kind != (which) || !has_text(r.error.message, words)) {                \
			printf("kind %d, ", r.error.kind);                                         \
			must(&r, __LINE__);                                                        \
		}                                                                                  \
		wbpf_error_free(&r.error);                                                         \
	} while (0)

static inline int32_t map_of(int32_t object, const char *name)
{
	struct wbpf_result r;

	OK(wbpf_object_map(object, name, strlen(name), &r));
	return r.resource;
}

static inline int32_t program_of(int32_t object, const char *name)
{
	struct wbpf_result r;

	OK(wbpf_object_program(object, name, strlen(name), &r));
	return r.resource;
}

static inline int32_t open_section(const char *name)
{
	struct wbpf_result r;

	OK(wbpf_object_open_section(name, strlen(name), "", 0, &r));
	return r.resource;
}

#endif
