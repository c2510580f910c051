/* SPDX-License-Identifier: BSD-2-Clause */
/* What calls give a component: records by the definition's names, and errors. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/libbpf.h>

#include "host/component_calls.h"

static const struct {
	const char *record, *name;
} members[] = {
#define WBPF_MEMBER(record, name, type, doc) {#record, #name},
#include "abi/wbpf_component.def"
};
enum { NR_MEMBERS = sizeof(members) / sizeof(*members) };

static const struct {
	int number;
	const char *name, *kind;
} errnos[] = {
#define WBPF_ERRNO(name, kind) {name, #name, #kind},
#include "abi/wbpf_component.def"
};

enum { LOG_MAX = 1 << 20 /* bytes of an error's log: its end is what counts */ };

const char *component_name(const char *name, char *buf, size_t size)
{
	snprintf(buf, size, "%s", name);
	for (char *p = buf; *p; p++)
		if (*p == '_')
			*p = '-';
	return buf;
}

struct record component_record(struct value *v, const char *name)
{
	size_t count = 0;

	for (size_t i = 0; i < NR_MEMBERS; i++)
		count += !strcmp(members[i].record, name);
	value_record(v, count);
	return (struct record){v, name};
}

struct value *component_field(struct record *r, const char *name)
{
	char text[64];
	size_t at = 0;

	for (size_t i = 0; i < NR_MEMBERS; i++) {
		if (strcmp(members[i].record, r->name) != 0)
			continue;
		if (!strcmp(members[i].name, name))
			return value_field(r->value, at, component_name(name, text, sizeof(text)));
		at++;
	}
	abort(); /* the definition has no such record or field */
}

/* What waits in the log, which is empty then. */
static void take_log(struct component *c, struct strbuf *ret)
{
	struct log *l = &c->in->log;
	const char *text;
	uint32_t level;
	size_t len;

	log_tell_dropped(l);
	while ((text = log_peek(l, &level, &len))) {
		strbuf_add(ret, text, len);
		log_pop(l);
	}
}

int component_fail(struct component *c, struct value *result, int err, const char *fmt, ...)
{
	struct record r = component_record(value_error(result), "error");
	const char *name = "", *kind = "other";
	struct strbuf message = {0}, said = {0};
	char text[128];
	va_list ap;

	for (size_t i = 0; i < sizeof(errnos) / sizeof(*errnos); i++) {
		if (errnos[i].number == -err) {
			name = errnos[i].name;
			kind = errnos[i].kind;
		}
	}
	va_start(ap, fmt);
	strbuf_vprintf(&message, fmt, ap);
	va_end(ap);
	libbpf_strerror(-err, text, sizeof(text)); /* it has errors of its own */
	strbuf_printf(&message, ": %s", text);
	take_log(c, &said);
	size_t skip = said.len > LOG_MAX ? said.len - LOG_MAX : 0;

	value_enum(component_field(&r, "kind"), component_name(kind, text, sizeof(text)));
	value_u32(component_field(&r, "errno"), (uint32_t)-err);
	value_string(component_field(&r, "name"), name, strlen(name));
	value_string(component_field(&r, "message"), strbuf_str(&message), message.len);
	value_string(component_field(&r, "log"), strbuf_str(&said) + skip, said.len - skip);
	strbuf_free(&message);
	strbuf_free(&said);
	return 0;
}

int component_done(struct component *c, struct value *result, int err, const char *what,
		   const char *of)
{
	if (err)
		return component_fail(c, result, err, "%s '%s'", what, of);
	value_ok(result, false);
	return 0;
}
