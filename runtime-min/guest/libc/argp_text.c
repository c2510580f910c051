// SPDX-License-Identifier: BSD-2-Clause
#include <stdlib.h>
#include <string.h>

#include "guest/libc/argp.h"

enum { WIDTH = 79 };

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static void write_line(struct argp_text *t, const char *s, size_t len)
{
	fprintf(t->stream, "%*s%.*s\n", len ? (int)t->indent : 0, "", (int)len, s);
}

/* Breaks a line that does not fit before the word that crosses the edge. */
static void write_wrapped(struct argp_text *t, const char *s, size_t len)
{
	while (t->indent + len >= WIDTH) {
		size_t room = t->indent < WIDTH ? WIDTH - t->indent : 0;
		size_t end = room < len ? room : len;
		size_t next;

		while (end && (end == len || !is_blank(s[end])))
			end--;
		if (!end) {
			/* One long word: alone on its line. */
			end = room;
			while (end < len && !is_blank(s[end]))
				end++;
		}
		/* Blanks before the edge go, those behind it stay. */
		next = end < len ? end + 1 : end;
		while (end && is_blank(s[end - 1]))
			end--;
		write_line(t, s, end);
		if (next >= len)
			return;
		s += next;
		len -= next;
		t->indent = t->margin;
	}
	write_line(t, s, len);
}

static void add(struct argp_text *t, char c)
{
	if (t->len == t->cap) {
		size_t cap = t->cap ? 2 * t->cap : 256;
		char *line = realloc(t->line, cap);

		if (!line)
			return;
		t->line = line;
		t->cap = cap;
	}
	t->line[t->len++] = c;
}

void argp_text_add(struct argp_text *t, const char *s, size_t len)
{
	for (; len--; s++) {
		if (*s != '\n') {
			if (!t->len)
				t->indent = t->margin;
			add(t, *s);
			continue;
		}
		write_wrapped(t, t->line ? t->line : "", t->len);
		t->len = 0;
	}
}

void argp_text_puts(struct argp_text *t, const char *s)
{
	argp_text_add(t, s, strlen(s));
}

size_t argp_text_column(const struct argp_text *t)
{
	return t->len ? t->indent + t->len : 0;
}

void argp_text_indent_to(struct argp_text *t, size_t column)
{
	while (argp_text_column(t) < column)
		argp_text_puts(t, " ");
}

void argp_text_end(struct argp_text *t)
{
	if (t->len)
		argp_text_puts(t, "\n");
	free(t->line);
}
