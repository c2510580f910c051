/* SPDX-License-Identifier: BSD-2-Clause */
#include "report.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "base/utf8.h"

static const char *const levels[] = {
	[RUNTIME_ERROR] = "error",
	[RUNTIME_WARN] = "warn",
	[RUNTIME_INFO] = "info",
	[RUNTIME_DEBUG] = "debug",
};

bool report_level(const char *name, enum runtime_level *ret)
{
	for (size_t i = 0; i < sizeof(levels) / sizeof(*levels); i++) {
		if (strcmp(levels[i], name))
			continue;
		*ret = (enum runtime_level)i;
		return true;
	}
	return false;
}

/* Whole, as far as standard error takes it: who reads it gets no two messages mixed. */
static void write_all(struct report *r, const struct strbuf *b)
{
	pthread_mutex_lock(&r->lock);
	for (size_t done = 0; done < b->len;) {
		ssize_t n = write(STDERR_FILENO, b->data + done, b->len - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		done += (size_t)n;
	}
	pthread_mutex_unlock(&r->lock);
}

/* --- JSON ----------------------------------------------------------------------------------- */

struct cJSON *report_string(const char *text, size_t len)
{
	struct strbuf b = {0};

	utf8_add(&b, text, len);
	cJSON *s = cJSON_CreateString(strbuf_str(&b));
	strbuf_free(&b);
	return s;
}

static cJSON *time_now(void)
{
	struct timespec now;
	struct tm tm;
	char text[64];

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &tm);
	size_t n = strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(text + n, sizeof(text) - n, ".%06ldZ", now.tv_nsec / 1000);
	return cJSON_CreateString(text);
}

/* What every line begins with. NULL: no memory. */
static cJSON *begin(const char *level, const char *module, const char *source)
{
	cJSON *line = cJSON_CreateObject();

	cJSON_AddItemToObject(line, "time", time_now());
	cJSON_AddStringToObject(line, "level", level);
	if (module)
		cJSON_AddItemToObject(line, "module", report_string(module, strlen(module)));
	cJSON_AddStringToObject(line, "source", source);
	return line;
}

/* Takes it over. */
static void write_object(struct report *r, cJSON *line)
{
	char *text = cJSON_PrintUnformatted(line);
	struct strbuf b = {0};

	if (text) {
		strbuf_puts(&b, text);
		strbuf_putc(&b, '\n');
		write_all(r, &b);
	}
	strbuf_free(&b);
	cJSON_free(text);
	cJSON_Delete(line);
}

void report_object(struct report *r, const char *source, struct cJSON *object)
{
	cJSON *line = begin(levels[RUNTIME_INFO], NULL, source);

	while (object->child) {
		cJSON *item = cJSON_DetachItemViaPointer(object, object->child);
		cJSON_AddItemToObject(line, item->string, item);
	}
	cJSON_Delete(object);
	write_object(r, line);
}

/* --- text ----------------------------------------------------------------------------------- */

/* What is named in it may come from a hostile file, and goes to terminals. */
static void add_clean(struct strbuf *b, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];
		strbuf_putc(b, (c < ' ' && c != '\t') || c == 0x7f ? '?' : (char)c);
	}
}

/* Lines of others: as they are, but behind the module's name when there are several. */
static void add_lines(struct strbuf *b, const char *module, const char *source, const char *text,
		      size_t len)
{
	for (size_t at = 0; at < len;) {
		const char *end = memchr(text + at, '\n', len - at);
		size_t n = end ? (size_t)(end - (text + at)) : len - at;
		if (module)
			strbuf_printf(b, "%s: ", module);
		if (source && !at)
			strbuf_printf(b, "%s: ", source);
		add_clean(b, text + at, n);
		strbuf_putc(b, '\n');
		at += n + 1;
	}
}

void report_text(struct report *r, enum runtime_level level, const char *module, const char *source,
		 const char *text, size_t len)
{
	bool own = !strcmp(source, "wbpf-run");
	struct strbuf b = {0};

	while (len && text[len - 1] == '\n')
		len--;
	if (r->json) {
		cJSON *line = begin(levels[level], module, source);
		cJSON_AddItemToObject(line, "message", report_string(text, len));
		write_object(r, line);
		return;
	}
	if (own)
		strbuf_printf(&b, "wbpf-run: %s%s", module ? module : "", module ? ": " : "");
	add_lines(&b, !own && r->several ? module : NULL, own ? NULL : source, text, len);
	write_all(r, &b);
	strbuf_free(&b);
}

void report_line(struct report *r, enum runtime_level level, const char *module, const char *format,
		 ...)
{
	struct strbuf b = {0};
	va_list ap;

	if (level > r->level)
		return;
	va_start(ap, format);
	strbuf_vprintf(&b, format, ap);
	va_end(ap);
	report_text(r, level, module, "wbpf-run", strbuf_str(&b), b.len);
	strbuf_free(&b);
}

void report_block(struct report *r, const char *text, size_t len)
{
	struct strbuf b = {0};

	strbuf_add(&b, text, len);
	write_all(r, &b);
	strbuf_free(&b);
}
