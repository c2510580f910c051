/* SPDX-License-Identifier: BSD-2-Clause */
#include "host/log.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <bpf/libbpf.h>

#include "abi/wbpf_abi.h"
#include "base/strbuf.h"

struct log_record {
	struct log_record *next;
	uint32_t level;
	size_t len;
	char text[];
};

/* The only state outside an instance: libbpf's callback is one for the process. */
static _Thread_local struct log *capturing;

_Static_assert(LIBBPF_WARN == (int)WBPF_LOG_WARN && LIBBPF_INFO == (int)WBPF_LOG_INFO &&
		       LIBBPF_DEBUG == (int)WBPF_LOG_DEBUG,
	       "the levels are libbpf's");

void log_init(struct log *l)
{
	*l = (struct log){.level = WBPF_LOG_INFO, .listener.level = -1};
}

void log_clear(struct log *l)
{
	while (l->first)
		log_pop(l);
}

void log_pop(struct log *l)
{
	struct log_record *r = l->first;

	if (!r)
		return;
	l->first = r->next;
	if (!l->first)
		l->last = NULL;
	l->count--;
	l->bytes -= sizeof(*r) + r->len;
	free(r);
}

static void append(struct log *l, uint32_t level, const char *text, size_t len)
{
	struct log_record *r = malloc(sizeof(*r) + len + 1);

	if (!r) {
		l->dropped++;
		return;
	}
	*r = (struct log_record){.level = level, .len = len};
	memcpy(r->text, text, len);
	r->text[len] = '\0';
	if (l->last)
		l->last->next = r;
	else
		l->first = r;
	l->last = r;
	l->count++;
	l->bytes += sizeof(*r) + len;
}

void log_vadd(struct log *l, uint32_t level, const char *fmt, va_list ap)
{
	struct strbuf b = {0};

	if (level == WBPF_LOG_WARN)
		l->warnings++;
	bool queued = level <= l->level, heard = (int)level <= l->listener.level;
	if (!queued && !heard)
		return;
	strbuf_vprintf(&b, fmt, ap);
	if (heard)
		l->listener.hear(l->listener.ctx, level, strbuf_str(&b), b.len);
	if (queued)
		append(l, level, strbuf_str(&b), b.len);
	strbuf_free(&b);
	while (l->bytes > LOG_LIMIT && l->count > 1) {
		log_pop(l);
		l->dropped++;
	}
}

void log_add(struct log *l, uint32_t level, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_vadd(l, level, fmt, ap);
	va_end(ap);
}

void log_move(struct log *l, struct log *from)
{
	for (const struct log_record *r = from->first; r; r = r->next)
		log_add(l, r->level, "%.*s", (int)r->len, r->text);
	log_clear(from);
}

void log_tell_dropped(struct log *l)
{
	struct log_record *r;
	char text[64];

	if (!l->dropped)
		return;
	int len = snprintf(text, sizeof(text), "wbpf: %u earlier messages were dropped\n",
			   l->dropped);
	r = malloc(sizeof(*r) + (size_t)len + 1);
	if (!r)
		return;
	*r = (struct log_record){.next = l->first, .level = WBPF_LOG_WARN, .len = (size_t)len};
	memcpy(r->text, text, (size_t)len + 1);
	l->first = r;
	if (!l->last)
		l->last = r;
	l->count++;
	l->bytes += sizeof(*r) + r->len;
	l->dropped = 0;
}

void log_tell(struct log *l, uint32_t level)
{
	for (const struct log_record *r = l->first; r; r = r->next)
		if (r->level <= level && l->listener.hear && (int)r->level > l->listener.level)
			l->listener.hear(l->listener.ctx, r->level, r->text, r->len);
}

const char *log_peek(const struct log *l, uint32_t *level, size_t *len)
{
	if (!l->first)
		return NULL;
	*level = l->first->level;
	*len = l->first->len;
	return l->first->text;
}

static int captured(enum libbpf_print_level level, const char *fmt, va_list ap)
{
	if (capturing)
		log_vadd(capturing, (uint32_t)level, fmt, ap);
	return 0;
}

void log_capture(struct log *l)
{
	if (l && !capturing)
		libbpf_set_print(captured);
	capturing = l;
}
