/* SPDX-License-Identifier: BSD-2-Clause */
#include "witgen/kebab.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool breaks_generators(const char *name)
{
	static const char *const names[] = {"restrict", "typeof", "errno", "len", "self"};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

char *kebab_make(const char *name, const char *suffix)
{
	struct strbuf b = {0};
	bool word_ends = false;

	for (const char *p = name; *p; p++) {
		if (!is_upper(*p) && !is_lower(*p) && !is_digit(*p)) {
			word_ends = true;
			continue;
		}
		if (is_upper(*p) && p > name && is_lower(p[-1]))
			word_ends = true;
		/* A word cannot begin with a digit: it stays with the one before it. */
		if (is_digit(*p) && !b.len)
			strbuf_putc(&b, 'n');
		else if (word_ends && b.len && !is_digit(*p))
			strbuf_putc(&b, '-');
		strbuf_putc(&b, is_upper(*p) ? (char)(*p - 'A' + 'a') : *p);
		word_ends = false;
	}
	if (!b.len)
		strbuf_puts(&b, "unnamed");
	if (breaks_generators(strbuf_str(&b)))
		strbuf_printf(&b, "-%s", suffix);
	return strbuf_detach(&b);
}

/* Equal in the sense of the component model; both are in lower case already. */
static bool equal(const char *a, const char *b)
{
	for (;; a++, b++) {
		while (*a == '-')
			a++;
		while (*b == '-')
			b++;
		if (*a != *b)
			return false;
		if (!*a)
			return true;
	}
}

static bool has(const struct kebab_scope *scope, const char *name)
{
	for (size_t i = 0; i < scope->count; i++)
		if (equal(scope->names[i], name))
			return true;
	return false;
}

static bool grow(struct kebab_scope *scope)
{
	if (scope->count < scope->capacity)
		return true;
	size_t capacity = scope->capacity ? scope->capacity * 2 : 16;
	char **names = realloc(scope->names, capacity * sizeof(*names));
	if (!names)
		return false;
	scope->names = names;
	scope->capacity = capacity;
	return true;
}

const char *kebab_add(struct kebab_scope *scope, const char *name, const char *suffix)
{
	char *base = kebab_make(name, suffix);
	char *unique = base ? strdup(base) : NULL;

	for (unsigned n = 2; unique && has(scope, unique); n++) {
		free(unique);
		unique = str_printf("%s-n%u", base, n);
	}
	free(base);
	if (!unique || !grow(scope)) {
		free(unique);
		return NULL;
	}
	scope->names[scope->count++] = unique;
	return unique;
}

void kebab_scope_clear(struct kebab_scope *scope)
{
	for (size_t i = 0; i < scope->count; i++)
		free(scope->names[i]);
	free(scope->names);
	*scope = (struct kebab_scope){0};
}
