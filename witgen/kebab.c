/* SPDX-License-Identifier: BSD-2-Clause */
#include "witgen/kebab.h"

#include <stdbool.h>
#include <stdint.h>
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
	static const char *const names[] = {"restrict", "typeof", "errno", "len",
					    "self",     "into",   "from"};

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

/* What makes two names equal in the sense of the component model; it is in lower case already. */
static char *letters_of(struct arena *texts, const char *name)
{
	char *letters = arena_string(texts, name), *to = letters;

	for (; letters && *name; name++)
		if (*name != '-')
			*to++ = *name;
	if (letters)
		*to = '\0';
	return letters;
}

/* Of a name that is taken, the scope knows the number that a clash with it tries first: those below
 * are taken, too. */
static const char *take(struct kebab_scope *scope, const char *name)
{
	const char *mine = arena_string(&scope->texts, name);
	const char *letters = letters_of(&scope->texts, name);
	void **number = mine && letters ? strmap_put(&scope->taken, letters) : NULL;

	if (!number)
		return NULL;
	*number = (void *)(uintptr_t)2;
	return mine;
}

/* wit-bindgen's C generator calls a list of "head" "list-head", and a list of these
 * "list-list-head". */
static char *list_of(const char *name, unsigned level)
{
	return str_printf("%s%s", level == 2 ? "listlist" : "list", name);
}

static bool is_free(const struct kebab_scope *scope, const char *letters)
{
	bool is = !strmap_find(&scope->taken, letters);

	for (unsigned level = 1; level <= 2 && is && scope->lists; level++) {
		char *list = list_of(letters, level);
		is = list && !strmap_find(&scope->taken, list);
		free(list);
	}
	return is;
}

static const char *take_lists(struct kebab_scope *scope, const char *name)
{
	const char *letters = letters_of(&scope->texts, name);
	bool ok = letters;

	for (unsigned level = 1; level <= 2 && ok; level++) {
		char *list = list_of(letters, level);
		ok = list && take(scope, list);
		free(list);
	}
	return ok ? name : NULL;
}

static const char *take_numbered(struct kebab_scope *scope, const char *base, const char *letters)
{
	uintptr_t n = (uintptr_t)strmap_find(&scope->taken, letters);
	char *name = NULL, *key = NULL;
	const char *taken = NULL;

	if (!n)
		n = 2;
	do {
		free(name);
		free(key);
		name = str_printf("%s-n%zu", base, (size_t)n);
		key = str_printf("%sn%zu", letters, (size_t)n++);
	} while (name && key && !is_free(scope, key));
	if (name && key)
		taken = take(scope, name);
	free(name);
	free(key);
	void **number = taken ? strmap_put(&scope->taken, letters) : NULL;
	if (number)
		*number = (void *)n;
	return number ? taken : NULL;
}

const char *kebab_add(struct kebab_scope *scope, const char *name, const char *suffix)
{
	char *base = kebab_make(name, suffix);
	const char *letters = base ? letters_of(&scope->texts, base) : NULL, *taken = NULL;

	if (letters && !is_free(scope, letters))
		taken = take_numbered(scope, base, letters);
	else if (letters)
		taken = take(scope, base);
	free(base);
	return taken && scope->lists ? take_lists(scope, taken) : taken;
}

void kebab_scope_clear(struct kebab_scope *scope)
{
	strmap_free(&scope->taken);
	arena_free(&scope->texts);
}
